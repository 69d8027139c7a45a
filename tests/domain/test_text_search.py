"""Search forms: what people type without diacritics finds what was written with them."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from app.domain.text import fold, words


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_folding_does_not_depend_on_composition(text):
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert fold(composed) == fold(decomposed)


@given(st.text())
def test_words_are_folded_and_hold_no_white_space(text):
    found = words(text)
    assert all(word == fold(word) and word == "".join(word.split()) for word in found)


def test_names_agree_with_what_is_typed_for_them():
    for written, typed in {
        "Quảng Trị": "quang tri", "ĐẮK LẮK": "dak lak", "Bà Rịa - Vũng Tàu": "ba ria vung tau",
        "TP.HCM": "tp hcm", "Орёл": "орел",
    }.items():  # fmt: skip
        assert words(written) == words(typed)
