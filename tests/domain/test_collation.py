"""Vietnamese order: letters, then tones, alike on every database."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.documents.directory import DATA, read_organizations
from app.domain.collation import collation_key

_ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
_SYLLABLES = st.text(alphabet=_ALPHABET + "áàảãạấầẩẫậéẽíịóọốơớúứýỳ ", min_size=1, max_size=12)


def test_letters_follow_the_vietnamese_alphabet():
    assert sorted(_ALPHABET, key=collation_key) == list(_ALPHABET)


def test_tones_decide_only_between_equal_letters():
    words = ["ma", "mà", "mả", "mã", "má", "mạ", "man", "măn", "mân"]
    assert sorted(words, key=collation_key) == words
    assert sorted(["Cao Bằng", "Cà Mau", "Cần Thơ"], key=collation_key) == ["Cà Mau", "Cao Bằng", "Cần Thơ"]


def test_both_generations_of_localities_stand_in_the_order_of_the_source():
    for file in ("localities_63.csv", "localities_34.csv"):
        names = [facts.short_names["vi"] for facts in read_organizations((DATA / file).read_bytes(), file)]
        assert sorted(names, key=collation_key) == names


def test_other_scripts_come_after_latin_in_their_own_order():
    words = ["10 năm", "Amur", "Ямал", "Якутия", "Ёлка", "Ель"]
    assert sorted(words, key=collation_key) == ["10 năm", "Amur", "Ель", "Ёлка", "Якутия", "Ямал"]


@given(st.text())
@example("e\u0301" * 300)
def test_the_key_is_made_of_digits_and_small_letters_and_fits_the_column(text):
    key = collation_key(text)
    assert len(key) <= 300
    assert key.isascii()
    assert key == key.lower()
    assert all(char.isalnum() for char in key)


@given(_SYLLABLES)
def test_the_key_does_not_depend_on_case_or_composition(text):
    assert collation_key(text) == collation_key(text.upper())
    assert collation_key(text) == collation_key(unicodedata.normalize("NFD", text))


@given(_SYLLABLES, _SYLLABLES)
def test_a_word_stands_before_every_longer_word_it_begins(first, rest):
    word = first.strip()
    if word and rest.strip():
        assert collation_key(word) < collation_key(word + "a" + rest)


@given(_SYLLABLES, _SYLLABLES)
def test_the_first_different_letter_decides(left, right):
    common = "hà nội "
    letters = [_plain(side) for side in (left, right)]
    if (
        letters[0]
        and letters[1]
        and letters[0][0] != letters[1][0]
        and " " not in {letters[0][0], letters[1][0]}
    ):
        order = _ALPHABET.index(letters[0][0]) < _ALPHABET.index(letters[1][0])
        assert (collation_key(common + left) < collation_key(common + right)) == order


def _plain(text):
    """Take the tones away and leave the letters."""
    marks = "\u0300\u0309\u0303\u0301\u0323"
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in marks)).strip()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", ["An Giang", "Âu Lạc", "Dubai", "Đà Nẵng", "Huế"]),
        ("en", ["Czechia", "Da Nang", "Đà Nẵng", "Denmark", "Ecuador"]),
        ("fr", ["coeur", "cœur", "Corée", "Côte", "Égypte", "Espagne", "États-Unis", "Ethiopie", "Etna"]),
        ("ru", ["Германия", "Египет", "Ёлкино", "Еревань"]),
    ],
)
def test_marks_make_letters_in_vietnamese_and_count_last_elsewhere(language, words):
    shuffled = words[::-1]
    assert sorted(shuffled, key=lambda word: collation_key(word, language)) == words
