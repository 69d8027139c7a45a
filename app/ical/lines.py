"""Content lines of RFC 5545: escaping, parameters, folding.

Written here, not by icalendar, because every feed passes through it: icalendar 7.3 needs over a millisecond
for an entry with a Vietnamese description, this a tenth, and icalendar makes a line break of a typed `\\N`.
The tests read every file back with icalendar, vobject and ical.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.text import clean_line, clean_paragraph

_LONGEST_LINE: Final = 75  # octets, RFC 5545 section 3.1
_UNSAFE: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]")
# 74 octets and the space that continues a line; no cut in a letter, nor after a backslash unless all are.
_PIECE: Final = re.compile(rb".{1,74}(?![\x80-\xbf])(?:(?<!\\)|\Z)|.{1,74}(?![\x80-\xbf])", re.DOTALL)


def fold(lines: Iterable[str]) -> bytes:
    """Return the lines as CRLF-ended UTF-8 of at most 75 octets each, no letter or escape cut in two."""
    folded: list[bytes] = []
    for line in lines:
        raw = line.encode()
        folded.append(raw if len(raw) <= _LONGEST_LINE else b"\r\n ".join(_PIECE.findall(raw)))
    folded.append(b"")
    return b"\r\n".join(folded)


def text(name: str, value: str) -> str:
    """Return a line with a TEXT value."""
    return f"{name}:{_escape(value)}"


def texts(name: str, values: Iterable[str]) -> str:
    """Return a line with a list of TEXT values."""
    return f"{name}:{','.join(_escape(value) for value in values)}"


def uri(name: str, value: str) -> str:
    """Return a line with a URI; anything no URI may hold (controls, spaces) is left out."""
    return f"{name}:{''.join(_UNSAFE.sub('', value).split())}"


def moment(name: str, value: datetime | date, zone: ZoneInfo | None = None) -> str:
    """Return a line with a date, or with a moment as local time of `zone`, in UTC without one.

    The second 02:30 of a night in autumn has no local form (RFC 5545 section 3.3.5): it is written in UTC.
    """
    if not isinstance(value, datetime):
        return f"{name};VALUE=DATE:{value:%Y%m%d}"
    if zone is not None and zone.key != "UTC":
        local = value.astimezone(zone)
        if not local.fold:
            return f"{name};TZID={zone.key}:{local:%Y%m%dT%H%M%S}"
    return f"{name}:{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def parameter(value: str) -> str:
    """Return a quoted parameter value without quotation marks, semicolons and backslashes inside.

    RFC 6868 has escapes for them, but libical 3, vobject, node-ical and others show those as they stand.
    """
    value = clean_line(value).replace(";", ",").replace("\\", "/")
    opening, *rest = value.split('"')
    marks = "“”" * len(rest)
    return f'"{opening}{"".join(mark + part for mark, part in zip(marks, rest, strict=False))}"'


def _escape(value: str) -> str:
    if _UNSAFE.search(value):
        value = clean_paragraph(value)
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
