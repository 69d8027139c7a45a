"""Text is cleaned once, at input; names stay as printed (SECURITY sections 2.5 and 3, rows 75 and 76)."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.text import clean_line, clean_paragraph, fold


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Nguyễn  Triều Thương ", "Nguyễn Triều Thương"),
        (unicodedata.normalize("NFD", "Nguyễn Triều Thương"), "Nguyễn Triều Thương"),
        ("Quảng\u202eTrị", "QuảngTrị"),
        ("Quảng\u200b Trị", "Quảng Trị"),
        ("một\x0bhai\x0cba\x85bốn\u2028năm\u2029sáu", "một hai ba bốn năm sáu"),
        ("tên\x00\x08\x1b", "tên"),
        ("+84 233 3550383", "+84 233 3550383"),
        ("👩‍💻", "👩‍💻"),
        ("Grigoriev Семён", "Grigoriev Семён"),
    ],
)
def test_a_line_is_clean_and_otherwise_as_typed(typed: str, kept: str) -> None:
    """Controls, line separators, bidi marks and zero-width tricks go; the letters stay."""
    assert clean_line(typed) == kept


def test_a_paragraph_keeps_its_line_breaks() -> None:
    """Windows, old Mac and Unicode breaks become one kind."""
    assert clean_paragraph("một\r\nhai\rba\u2028bốn") == "một\nhai\nba\nbốn"


@example("a\u202e\u0301")
@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    """What is clean stays byte for byte."""
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_paragraph(clean_paragraph(text)) == clean_paragraph(text)


@given(st.text())
def test_a_clean_line_can_stand_in_any_header_and_cell(text: str) -> None:
    """No character that breaks a mail header, a spreadsheet cell or a calendar line."""
    line = clean_line(text)
    assert line.splitlines() in ([line], [])
    assert unicodedata.is_normalized("NFC", line)
    assert not any(unicodedata.category(char) == "Cc" for char in line)


def test_search_needs_no_diacritics() -> None:
    """ "quang tri" finds "Quảng Trị", "dong thap" finds "Đồng Tháp", "семен" finds "Семён"."""
    assert fold("Quảng Trị") == fold("quang tri") == "quang tri"
    assert fold("Đồng Tháp") == "dong thap"
    assert fold("Семён") == fold("семен")
