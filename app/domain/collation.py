"""The order of words in Vietnamese lists, as a key that every database compares alike."""

import unicodedata

_PUNCTUATION = 1
_DIGITS = 10
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_WEIGHTS = (
    {str(digit): _DIGITS + digit for digit in range(10)}
    | {letter: 40 + place for place, letter in enumerate(_LETTERS)}
    | {letter: 100 + place for place, letter in enumerate(_CYRILLIC)}
)
_OTHER = 200
_OF_VIETNAMESE = frozenset("ăâđêôơưё")
"""Letters of their own in Vietnamese lists; elsewhere they are a, d, e, o, u, е with a mark."""
_MARK = 6
_LIGATURES = {"œ": "oe", "æ": "ae"}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_DIGITS_36 = "0123456789abcdefghijklmnopqrstuvwxyz"
_LONGEST = 99
"""So many letters are compared: the key stays within 300 characters."""


def collation_key(text: str, language: str = "vi") -> str:
    """Return a key of digits and small letters that sorts like a dictionary of the language.

    In Vietnamese letters first (a ă â, d đ, e ê, o ô ơ, u ư), then tones (ngang, huyền, hỏi, ngã, sắc, nặng;
    the order of CLDR); in other languages marks count only where letters are equal. Case and punctuation do
    not count; punctuation separates words. Latin comes before Cyrillic.
    """
    weights: list[int] = []
    tones: list[int] = []
    for base, tone in _letters(text, is_vietnamese=language == "vi"):
        weight = _weight(base)
        if weight == _PUNCTUATION and (not weights or weights[-1] == _PUNCTUATION):
            continue
        weights.append(weight)
        tones.append(tone)
    first = "".join(_DIGITS_36[weight // 36] + _DIGITS_36[weight % 36] for weight in weights[:_LONGEST])
    second = "".join(map(str, tones[:_LONGEST])).rstrip("0")
    return f"{first.removesuffix('01')}00{second}"


def _letters(text: str, *, is_vietnamese: bool) -> list[tuple[str, int]]:
    """Split into letters (with the marks that make them letters of their own) and tones."""
    found: list[tuple[str, int]] = []
    for char in unicodedata.normalize("NFD", text.casefold()):
        if char in _LIGATURES:
            found += [(letter, _MARK) for letter in _LIGATURES[char]]
        elif not unicodedata.combining(char):
            found.append(("d", _MARK) if char == "đ" and not is_vietnamese else (char, 0))
        elif found and is_vietnamese and char in _TONES and found[-1][0] in _WEIGHTS:
            found[-1] = (found[-1][0], _TONES[char])
        elif found and (marked := unicodedata.normalize("NFC", found[-1][0] + char)) in _WEIGHTS:
            is_letter = is_vietnamese or marked not in _OF_VIETNAMESE
            found[-1] = (marked, found[-1][1]) if is_letter else (found[-1][0], _MARK)
        elif found and not is_vietnamese:
            found[-1] = (found[-1][0], _MARK)
    return found


def _weight(char: str) -> int:
    if char in _WEIGHTS:
        return _WEIGHTS[char]
    if not char.isalnum():
        return _PUNCTUATION
    return _OTHER + ord(char) % 1000
