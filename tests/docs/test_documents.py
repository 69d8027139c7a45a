"""What the documents say is so: options, commands, targets, files."""

import re
import tomllib

import click

import config
from app.cli import main
from tests.architecture.tree import ROOT

_DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_readme_lists_every_option_with_its_meaning():
    table = re.findall(r"^\| `(BANTRON_\w+)` \| (.*) \|$", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert table == [(option.name, option.help) for option in config.OPTIONS]


def test_the_documents_name_no_variable_that_does_not_exist():
    known = {option.name for option in config.OPTIONS}
    for document in _DOCUMENTS:
        named = set(re.findall(r"BANTRON_(?!TEST_)\w+", document.read_text()))
        assert (document.name, named - known) == (document.name, set())


def test_every_link_between_documents_leads_somewhere():
    broken = [
        (document.name, target)
        for document in _DOCUMENTS
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text())
        if not (document.parent / target).exists()
    ]
    assert broken == []


def test_the_readme_shows_all_twelve_pictures():
    shown = set(re.findall(r"docs/screenshots/(\w+\.png)", (ROOT / "README.md").read_text()))
    assert len(shown) == 12
    assert shown == {path.name for path in (ROOT / "docs" / "screenshots").iterdir()}


def test_every_make_target_that_is_named_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {
        name
        for document in _DOCUMENTS
        for name in re.findall(r"`(?:\w+=\S+ )?make ([a-z]+)", document.read_text())
    }
    assert named - targets == set()


def test_every_command_that_is_named_exists():
    named = {
        words
        for document in _DOCUMENTS
        for words in re.findall(
            r"\bbantron ((?:[a-z]+ ?)+?)(?= -|`|$| +#)", document.read_text(), re.MULTILINE
        )
    }
    unknown = {words for words in named if _find_command(words.split()) is None}
    assert named
    assert unknown == set()


def _find_command(words):
    command = main
    for word in words:
        command = command.commands.get(word) if isinstance(command, click.Group) else None
    return command


def test_decisions_are_numbered_without_gaps():
    decisions = sorted((ROOT / "docs" / "adr").glob("*.md"))
    titles = [decision.read_text().splitlines()[0] for decision in decisions]
    assert [int(decision.name[:4]) for decision in decisions] == list(range(1, len(decisions) + 1))
    assert [re.match(r"# (\d+)\. \S", title)[1] for title in titles] == [
        str(n) for n in range(1, len(decisions) + 1)
    ]


def test_the_project_metadata_points_to_files_that_exist():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert (ROOT / project["readme"]).is_file()
    assert project["name"] == "bantron"
