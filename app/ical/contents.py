"""The bytes of a calendar part as text, whatever its character set: unfolded, the lines that count."""

import codecs
import re
from collections.abc import Iterator
from typing import Final

from app.domain import charsets

MAX_BYTES: Final = 1024 * 1024
MAX_LINES: Final = 20_000
MAX_COMPONENTS: Final = 200
MAX_LINE: Final = 8_000
"""Characters of a line that counts; what is longer is cut, and cannot be read then."""
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_MOMENT = re.compile(r"(DTSTAMP|DTSTART|DTEND|RECURRENCE-ID)[;:]", re.IGNORECASE)
_LONGEST_MOMENT: Final = 120
"""The name of a zone in it is looked up as that of a file, and those must not be too long."""
_FOLD = re.compile(rb"\n[ \t]")
_WANTED = re.compile(
    r"(BEGIN|END|METHOD|UID|ATTENDEE|ORGANIZER|SEQUENCE|DTSTAMP|COMMENT|RECURRENCE-ID|DTSTART|DTEND)[;:]",
    re.I,
)
_COMPONENTS = frozenset({"VCALENDAR", "VEVENT"})
_WRAPPED = re.compile(r"(BEGIN|END):\s*([\w-]+)\s*", re.I)


class TooLarge(Exception):
    """More than any calendar writes as an answer."""


def lines_that_count(content: bytes, charset: str) -> list[str]:
    """Return the lines of entries that an answer is made of; time zones, alarms and texts are left out.

    What is not handed to the parser costs nothing there. Raises TooLarge.
    """
    if len(content) > MAX_BYTES:
        raise TooLarge
    lines = [line for line in _text(content, charset).split("\n") if line.strip()]
    begun = sum(line[:6].upper() == "BEGIN:" for line in lines)
    if len(lines) > MAX_LINES or begun > MAX_COMPONENTS:
        raise TooLarge
    return list(_of_entries(lines))


def _of_entries(lines: list[str]) -> Iterator[str]:
    """Yield the wanted lines of calendars and entries; components within others are left out."""
    inside: list[str] = []
    for line in lines:
        wrapped = _WRAPPED.fullmatch(line[:200])
        if wrapped is None:
            if _is_open(inside) and _WANTED.match(line):
                yield line[: _LONGEST_MOMENT if _MOMENT.match(line) else MAX_LINE]
        elif wrapped[1].upper() == "BEGIN":
            inside.append(wrapped[2].upper())
            if _is_open(inside):
                yield f"BEGIN:{inside[-1]}"
        elif inside:
            was_open, name = _is_open(inside), inside.pop()
            if was_open:
                yield f"END:{name}"


def _is_open(inside: list[str]) -> bool:
    return bool(inside) and all(name in _COMPONENTS for name in inside)


def _text(content: bytes, charset: str) -> str:
    """Return the text, unfolded: before decoding, for old programs fold between the bytes of a letter."""
    for mark, name in _BOMS:
        if content.startswith(mark):
            charset = name
    name = charsets.known(charset)
    if name.startswith("utf-16"):
        content, name = content.decode(name, "replace").encode(), "utf-8"
    content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return charsets.decode(_FOLD.sub(b"", content), name).removeprefix("\ufeff")
