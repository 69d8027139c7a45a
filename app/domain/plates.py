"""Name plates: how they are folded and how large their words may be."""

from collections.abc import Iterable
from enum import StrEnum


class PlateSize(StrEnum):
    """The sheet a plate is printed on; folded once it stands, with the name on both faces."""

    A4 = "a4"
    A5 = "a5"


class PlateKind(StrEnum):
    """Whose name stands on the plates."""

    PEOPLE = "people"
    INSTITUTIONS = "institutions"


def keep_whole(name: str, whole: Iterable[str]) -> str:
    """Return a name as it stands on a plate: no line of it ends within the words of `whole`."""
    for words in whole:
        name = name.replace(words, words.replace(" ", "\xa0"))
    return name


def length_class(name: str) -> str:
    """Return in which of three sizes a name is set, so that it stays within its face on one or two lines."""
    return "short" if len(name) <= _SHORT else "middle" if len(name) <= _MIDDLE else "long"


_SHORT, _MIDDLE = 21, 48
