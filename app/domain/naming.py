"""Read the name of an organisation: what it is, of what rank, and the words that are its own."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.domain.naming_words import (
    ABBREVIATIONS,
    ASSOCIATION,
    COUNTRY_NAMES,
    FAMILY_PHRASES,
    FILLERS,
    FIRM,
    LEGAL_FORMS,
    PLACE,
    PLACED,
    RANKS_AROUND,
    RANKS_BEFORE,
    SENT,
    STATE_FORMS,
)
from app.domain.text import fold, words

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SPLIT = re.compile(r"[()]")
_WORD = re.compile(r"\w+")
_CYRILLIC = re.compile(r"[а-я]")
_LONGEST_COUNTRY = 12
"""Words of a country's name with its form of state."""

Countries = Mapping[tuple[str, ...], str]
"""Folded words of a country's name -> its code."""


@dataclass(frozen=True)
class Name:
    """A name as read: `own` are the letters that are its own, `written` the same with their tones."""

    text: str
    family: str | None
    rank: str | None
    own: str
    written: str
    sound: str
    """Latin letters that Cyrillic and Latin spellings share; "" where there is nothing foreign to spell."""

    @property
    def is_cyrillic(self) -> bool:
        """Tell whether it is written in Cyrillic."""
        return bool(_CYRILLIC.search(self.own))


def country_words(names: Mapping[str, str]) -> Countries:
    """Return the names of countries (name -> code), with and without a form of state, to read names with."""
    named = {tuple(words(name)): code for name, code in {**names, **COUNTRY_NAMES}.items()}
    forms = [(), *(tuple(words(form)) for form in STATE_FORMS)]
    return {(*form, *name): code for form in reversed(forms) for name, code in named.items() if name}


def read(text: str, family: str | None, countries: Countries) -> list[Name]:
    """Return what a name says, whole and by its brackets; `family` where the words name none."""
    parts = [part for part in (text, *_SPLIT.split(text)) if part.strip()]
    names = (_read(part, family, countries) for part in dict.fromkeys(parts))
    return [name for name in names if name.own]


def agree(one: Name, other: Name) -> bool:
    """Tell whether two names mean the same: letter by letter, never nearly."""
    if one.family and other.family and one.family != other.family:
        return False
    if one.rank and other.rank and one.rank != other.rank:
        return False
    if one.own == other.own:
        return one.written == other.written or one.own in (one.written, other.written)
    return bool(one.sound) and one.sound == other.sound and one.is_cyrillic != other.is_cyrillic


def _read(text: str, family: str | None, countries: Countries) -> Name:
    read_words = _expanded(text)
    read_words, found = _take(read_words, _FAMILIES)
    family, rank = found or family, None
    if family is None or family in PLACED:
        read_words, rank = _take([word for word in read_words if word != "of"], _RANKS)
        family = family or (PLACE if rank else None)
    else:
        read_words = _without_forms(read_words, family, countries)
    own = "".join(map(_folded, read_words))
    sound = _sound(own) if family is None or family in PLACED else ""
    return Name(text, family, rank, own, "".join(map(_toned, read_words)), sound)


def _without_forms(read_words: list[str], family: str, countries: Countries) -> list[str]:
    """Leave out legal forms and fillers; a country becomes its code wherever it is called."""
    if family == FIRM:
        read_words, _ = _take(read_words, _LEGAL)
    if family in SENT or family == ASSOCIATION:
        read_words = _with_codes(read_words, countries)
    return [word for word in read_words if word not in FILLERS]


def _expanded(text: str) -> list[str]:
    """Return the words of a text, small, abbreviations in full."""
    raw = _WORD.findall(unicodedata.normalize("NFC", text).casefold())
    return [part for word in raw for part in ABBREVIATIONS.get(_folded(word), word).split()]


def _take(read_words: list[str], phrases: Iterable["_Phrase"]) -> tuple[list[str], str | None]:
    """Take the first phrase that is there out of the words, and return what it means."""
    present = set(map(_folded, read_words))
    for phrase in phrases:
        if phrase.folded[0] not in present:
            continue
        places = phrase.places(len(read_words))
        if (place := next((p for p in places if phrase.stands_at(read_words, p)), None)) is not None:
            return read_words[:place] + read_words[place + len(phrase.folded) :], phrase.meaning
    return read_words, None


def _with_codes(read_words: list[str], countries: Countries) -> list[str]:
    """Put "@RU" where a country is called by any of its names."""
    folded, found, place = [_folded(word) for word in read_words], list[str](), 0
    while place < len(folded):
        ends = range(min(len(folded), place + _LONGEST_COUNTRY), place, -1)
        end = next((end for end in ends if tuple(folded[place:end]) in countries), None)
        found.append(f"@{countries[tuple(folded[place:end])]}" if end else read_words[place])
        place = end or place + 1
    return found


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    return fold(word)


@lru_cache(maxsize=20_000)
def _toned(word: str) -> str:
    """Return a word with its tone at the end: "hòa" and "hoà" are one spelling."""
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(char for char in letters if char in _TONES)
    return unicodedata.normalize("NFC", "".join(char for char in letters if char not in _TONES)) + tones


@dataclass(frozen=True)
class _Phrase:
    """Words that mean something: in front, at both ends, or anywhere in a name."""

    folded: tuple[str, ...]
    toned: tuple[str, ...]
    meaning: str
    where: str

    def places(self, length: int) -> Iterable[int]:
        """Return where it may begin in so many words."""
        last = length - len(self.folded)
        if last < 0:
            return ()
        return {"front": (0,), "ends": (0, last), "anywhere": range(last + 1)}[self.where]

    def stands_at(self, read_words: Sequence[str], place: int) -> bool:
        """Tell whether it stands there, with its own tones or with none ("Tĩnh Gia" is no "tỉnh")."""
        there = read_words[place : place + len(self.folded)]
        return all(
            _folded(word) == folded and (word == folded or _toned(word) == toned)
            for word, folded, toned in zip(there, self.folded, self.toned, strict=True)
        )


def _phrases(meanings: Mapping[str, str], where: str) -> list[_Phrase]:
    """Return phrases, the longest first."""
    split = ((_WORD.findall(phrase), meaning) for phrase, meaning in meanings.items())
    made = (_Phrase(tuple(map(_folded, p)), tuple(map(_toned, p)), meaning, where) for p, meaning in split)
    return sorted(made, key=lambda phrase: -len(phrase.folded))


_FAMILIES = _phrases(FAMILY_PHRASES, "anywhere")
_RANKS = [*_phrases(RANKS_BEFORE, "front"), *_phrases(RANKS_AROUND, "ends")]
_LEGAL = _phrases(dict.fromkeys(LEGAL_FORMS, ""), "ends")


_TRANSLITERATED = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "i", "ь": "", "э": "e",
    "ю": "iu", "я": "ia",
}  # fmt: skip
_SAME_SOUND = (("y", "i"), ("j", "i"), ("ie", "e"), ("ks", "x"), ("kh", "h"), ("ts", "c"))


def _sound(own: str) -> str:
    """Return a spelling that transliterations share: "якутия", "yakutiya" and "iakutiia" agree."""
    latin = "".join(_TRANSLITERATED.get(char, char) for char in own)
    for written, heard in _SAME_SOUND:
        latin = latin.replace(written, heard)
    return re.sub(r"i+", "i", latin)
