"""VTIMEZONE for the dates in use.

The range is narrow because readers take the whole history of a zone wrong: with it Horde is an hour early in
Hà Nội, ical.js an hour off in Moscow. One observance per change, no RDATE list, is read alike by all of them.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

_BEFORE: Final = timedelta(days=1)
_AFTER: Final = timedelta(days=365)
_DAY: Final = timedelta(days=1)


@lru_cache(maxsize=256)
def vtimezone(zone: str, first: date, last: date) -> tuple[str, ...]:
    """Return the lines of a VTIMEZONE that holds from the day before `first` to a year after `last`."""
    info = ZoneInfo(zone)
    start = datetime.combine(first - _BEFORE, datetime.min.time(), info)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}", *_observance(start, start.replace(tzinfo=None), start)]
    end = datetime.combine(last + _AFTER, datetime.min.time(), info)
    for before, after in _changes(start, end):
        lines += _observance(before, _onset(before, after), after)
    return (*lines, "END:VTIMEZONE")


def _changes(start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the last second before and the first second after every change of the offset."""
    zone = start.tzinfo
    early = start.astimezone(UTC)
    while early < end:
        late = early + _DAY
        if early.astimezone(zone).utcoffset() != late.astimezone(zone).utcoffset():
            low, high = early, late
            while high - low > timedelta(seconds=1):
                middle = (low + (high - low) / 2).replace(microsecond=0)
                if middle.astimezone(zone).utcoffset() == early.astimezone(zone).utcoffset():
                    low = middle
                else:
                    high = middle
            yield low.astimezone(zone), high.astimezone(zone)
        early = late


def _onset(before: datetime, after: datetime) -> datetime:
    """Return the local time of a change on the clock that was right until then (RFC 5545 section 3.6.5)."""
    return (after.astimezone(UTC) + (before.utcoffset() or timedelta())).replace(tzinfo=None)


def _observance(before: datetime, onset: datetime, after: datetime) -> list[str]:
    kind = "DAYLIGHT" if after.dst() else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{onset:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{before:%z}",
        f"TZOFFSETTO:{after:%z}",
        f"TZNAME:{after:%Z}",
        f"END:{kind}",
    ]
