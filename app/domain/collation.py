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
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_DIGITS_36 = "0123456789abcdefghijklmnopqrstuvwxyz"
_LONGEST = 99
"""So many letters are compared: the key stays within 300 characters."""


def collation_key(text: str) -> str:
    """Return a key of digits and small letters that sorts like a Vietnamese dictionary.

    Letters first (a ă â, d đ, e ê, o ô ơ, u ư), then tones (ngang, huyền, hỏi, ngã, sắc, nặng; the order of
    CLDR). Case and punctuation do not count; punctuation separates words. Latin comes before Cyrillic.
    """
    weights: list[int] = []
    tones: list[int] = []
    for base, tone in _letters(text):
        weight = _weight(base)
        if weight == _PUNCTUATION and (not weights or weights[-1] == _PUNCTUATION):
            continue
        weights.append(weight)
        tones.append(tone)
    first = "".join(_DIGITS_36[weight // 36] + _DIGITS_36[weight % 36] for weight in weights[:_LONGEST])
    second = "".join(map(str, tones[:_LONGEST])).rstrip("0")
    return f"{first.removesuffix('01')}00{second}"


def _letters(text: str) -> list[tuple[str, int]]:
    """Split into letters (with the marks that make them letters of their own) and tones."""
    found: list[tuple[str, int]] = []
    for char in unicodedata.normalize("NFD", text.casefold()):
        if not unicodedata.combining(char):
            found.append((char, 0))
        elif found and char in _TONES and found[-1][0] in _WEIGHTS:
            found[-1] = (found[-1][0], _TONES[char])
        elif found and (marked := unicodedata.normalize("NFC", found[-1][0] + char)) in _WEIGHTS:
            found[-1] = (marked, found[-1][1])
    return found


def _weight(char: str) -> int:
    if char in _WEIGHTS:
        return _WEIGHTS[char]
    if not char.isalnum():
        return _PUNCTUATION
    return _OTHER + ord(char) % 1000
