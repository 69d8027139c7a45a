"""Punctuation is that of the reader's language."""

import pytest
from jinja2 import Environment

from app.i18n import jinja


@pytest.mark.parametrize(
    ("language", "line"),
    [("vi", "Thời gian: 14:00"), ("en", "Time: 14:00"), ("ru", "Время: 14:00"), ("fr", "Heure\u00a0: 14:00")],
)
def test_a_french_colon_stands_apart_from_its_word(language, line):
    words = Environment(autoescape=True)
    jinja.install(words, lambda: language)
    assert words.from_string("{{ _('Time') }}{{ colon() }} 14:00").render() == line
