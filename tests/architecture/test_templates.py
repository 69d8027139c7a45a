"""Every template parses, with the environment it is rendered in, and brings no code of its own."""

import re

import jinja2
import pytest

from tests.architecture.tree import ROOT

_TEMPLATES = sorted(
    path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.*")
)
_PAGES = [name for name in _TEMPLATES if name.endswith(".html") and not name.startswith("email/")]
# A block of data in a page (JSON-LD) is not run, and no policy has to let it.
_INLINE = re.compile(
    r"<style|\sstyle=|<script(?![^>]*(?:\bsrc=|application/ld\+json))|\son\w+=[\"']|javascript:",
    re.IGNORECASE,
)

_CARRIED_SHEET = "<style>{{ sheet }}</style>"
"""Our own file, which the policy names by its digest (app.web.stylesheet)."""


@pytest.mark.databases("sqlite")
def test_every_template_parses_where_an_unknown_name_is_an_error(app):
    assert app.jinja_env.undefined is jinja2.StrictUndefined
    assert [name for name in _TEMPLATES if app.jinja_env.get_template(name).name != name] == []


def test_no_form_stands_in_a_paragraph():
    """A form ends a paragraph that is open: its classes would hold nothing."""
    forms = re.compile(r"<p\b[^>]*>(?:(?!</p>|<div).)*\{\{ forms\.post\(", re.DOTALL)
    assert [name for name in _PAGES if forms.search((ROOT / "templates" / name).read_text())] == []


def test_no_page_has_inline_style_or_script():
    texts = {name: (ROOT / "templates" / name).read_text().replace(_CARRIED_SHEET, "") for name in _PAGES}
    found = {name: _INLINE.findall(text) for name, text in texts.items()}
    assert {name: inline for name, inline in found.items() if inline} == {}
