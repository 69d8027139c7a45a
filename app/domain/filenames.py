"""Names of downloaded files, safe on every disk."""

import re
from typing import Final

from app.domain.identifiers import slugify
from app.domain.text import clean_line

_FORBIDDEN: Final = re.compile(r'[\\/:*?"<>|]+')
_LONGEST_STEM: Final = 60  # letters; keeps UTF-8 names below the 255 octets of a file system


def ascii_filename(title: str, extension: str) -> str:
    """Return a name in plain lower-case ASCII ("toa-dam.ics"); "bantron" when no letter is left."""
    stem = slugify(title)[:_LONGEST_STEM].rstrip("-")
    return f"{stem or 'bantron'}.{extension}"


def printed_filename(title: str, extension: str) -> str:
    """Return a name with the title's own letters ("Tọa đàm.ics"), without signs a disk refuses."""
    stem = _shortened(clean_line(_FORBIDDEN.sub(" ", title))).strip(" .–")
    return f"{stem or 'bantron'}.{extension}"


def _shortened(words: str) -> str:
    """Return as much as a name may hold, without a piece of a word where there are several."""
    if len(words) <= _LONGEST_STEM:
        return words
    whole, _, _ = words[: _LONGEST_STEM + 1].rpartition(" ")
    return whole or words[:_LONGEST_STEM]
