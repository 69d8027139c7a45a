"""The list of requirements names, for each row, the tests that are named after it."""

import os
import re

from tests.architecture.tree import ROOT, functions_of_tests

_LIST = ROOT / "docs" / "requirements.md"
_LAST = {"A": 36, "B": 31, "C": 10}
_NAMED_AFTER = re.compile(r"test_([abc]\d\d(?:_(?:and_)?[abc]\d\d)*)_")
_ROW = re.compile(r"^(\| ([ABC]\d\d) \|.*\| ).*? \|$", re.MULTILINE)
_NONE = "not yet"


def test_the_list_has_every_row_once():
    rows = re.findall(r"^\| ([ABC]\d\d) \|", _LIST.read_text(), re.MULTILINE)
    assert rows == [f"{letter}{number:02}" for letter, last in _LAST.items() for number in range(1, last + 1)]


def test_the_list_names_tests_of_each_row_that_has_any_and_none_that_is_gone():
    listed, tests = _LIST.read_text(), _tests_by_row()
    _bring_in_step(listed, tests)
    named = {row[2]: set(re.findall(r"`(test_\w+)`", row[0])) for row in _ROW.finditer(listed)}
    existing = {row: {name.strip("`") for name in names} for row, names in tests.items()}
    assert {
        row: names - existing.get(row, set())
        for row, names in named.items()
        if names - existing.get(row, set())
    } == {}
    assert [row for row, names in named.items() if not names and row in existing] == []


def _bring_in_step(listed, tests):
    """Write the list anew on a developer's machine; it is looked at and committed with the change."""
    wanted = _ROW.sub(lambda row: f"{row[1]}{'<br>'.join(tests.get(row[2], [_NONE]))} |", listed)
    if wanted != listed and not os.environ.get("CI"):
        _LIST.write_text(wanted)


def _tests_by_row():
    rows = {}
    for name in sorted({function.name for _, function in functions_of_tests()}):
        if match := _NAMED_AFTER.match(name):
            for row in re.findall(r"[abc]\d\d", match[1]):
                rows.setdefault(row.upper(), []).append(f"`{name}`")
    return rows
