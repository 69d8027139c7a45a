"""The hours of an event on the clocks of its sides: who sits at night, and which start suits all."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

STEP = timedelta(minutes=30)
"""Proposed starts lie this far apart."""
DEFAULT_LENGTH = timedelta(hours=3)
"""Taken for an event whose end is not known."""
_OFFICE = range(8, 18)
_AWAKE = range(7, 22)
_GRAIN = timedelta(minutes=15)


class Band(StrEnum):
    """Parts of somebody's day: the office 8–18, waking hours around it 7–8 and 18–22, the night 22–7."""

    OFFICE = "office"
    WAKING = "waking"
    NIGHT = "night"


@dataclass(frozen=True, slots=True)
class LocalHours:
    """An event on the clock of one zone: `institutions` sit there, `band` is their worst part of it."""

    zone: str
    institutions: int
    starts: datetime
    ends: datetime
    band: Band

    @property
    def passes_midnight(self) -> bool:
        """Tell whether a new day begins there before the event is over."""
        return self.starts.date() != (self.ends - timedelta(minutes=1)).date()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A start in UTC, with what it means in each zone and for how many institutions."""

    starts: datetime
    hours: tuple[LocalHours, ...]

    def count(self, band: Band) -> int:
        """Return how many institutions would sit through such a part of their day."""
        return sum(one.institutions for one in self.hours if one.band is band)


def band_at(clock: time) -> Band:
    """Return the part of the day."""
    if clock.hour in _OFFICE:
        return Band.OFFICE
    return Band.WAKING if clock.hour in _AWAKE else Band.NIGHT


def local_hours(starts: datetime, ends: datetime, zones: Mapping[str, int]) -> tuple[LocalHours, ...]:
    """Return the event in each zone, from where the day is oldest to where it is youngest."""
    found = [_in_zone(starts, ends, zone, count) for zone, count in zones.items()]
    return tuple(sorted(found, key=lambda one: one.starts.replace(tzinfo=None), reverse=True))


def propose(
    day: date, host: str, length: timedelta, zones: Mapping[str, int], *, wanted: time, most: int = 6
) -> tuple[Proposal, ...]:
    """Return the starts on the host's day that suit best, the best first.

    Fewest institutions at night count first, then fewest outside their office hours, then office hours of the
    host, then how near the start lies to the `wanted` clock.
    """
    everybody = {host: 0, **zones}
    offered = [Proposal(at, local_hours(at, at + length, everybody)) for at in _starts(day, host)]
    return tuple(sorted(offered, key=lambda one: _rank(one, host, wanted))[:most])


def at_night(hours: Iterable[LocalHours]) -> tuple[LocalHours, ...]:
    """Return the zones in which somebody would sit at night."""
    return tuple(one for one in hours if one.band is Band.NIGHT and one.institutions)


def _in_zone(starts: datetime, ends: datetime, zone: str, institutions: int) -> LocalHours:
    there = ZoneInfo(zone)
    bands = Counter(band_at(at.astimezone(there).time()) for at in _sample(starts, ends))
    worst = next(band for band in (Band.NIGHT, Band.WAKING, Band.OFFICE) if bands[band])
    return LocalHours(zone, institutions, starts.astimezone(there), ends.astimezone(there), worst)


def _sample(starts: datetime, ends: datetime) -> Iterator[datetime]:
    at = starts
    while at < ends or at == starts:
        yield at
        at += _GRAIN


def _starts(day: date, host: str) -> Iterator[datetime]:
    # Counted on in UTC: an hour that the clocks jump over is not offered, one that comes twice is, twice.
    at = datetime.combine(day, time(), ZoneInfo(host)).astimezone(UTC)
    while at.astimezone(ZoneInfo(host)).date() <= day:
        if at.astimezone(ZoneInfo(host)).date() == day:
            yield at
        at += STEP


def _rank(one: Proposal, host: str, wanted: time) -> tuple[int, int, int, int]:
    own = next(hours for hours in one.hours if hours.zone == host)
    away = abs((own.starts.hour - wanted.hour) * 60 + own.starts.minute - wanted.minute)
    outside = one.count(Band.NIGHT) + one.count(Band.WAKING)
    return one.count(Band.NIGHT), outside, list(Band).index(own.band), away
