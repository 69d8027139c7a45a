"""Hours as people type them: a day and a clock in a zone; as the database keeps them: aware, in UTC."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from app.domain.errors import InvalidInput

_MIDNIGHT = time()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When something happens, as typed in the event's zone; every part may be missing (B19).

    `ends` 00:00 is the midnight that closes the day.
    """

    day: date | None = None
    starts: time | None = None
    ends: time | None = None


@lru_cache(maxsize=1_000)  # anybody may type names
def is_zone(name: str) -> bool:
    """Tell whether this is the name of an IANA time zone."""
    try:
        return ZoneInfo(name).key == name
    except (KeyError, ValueError, OSError):
        return False


def moment(
    day: date, clock: time, zone: str, *, field: str | None = None, later: bool | None = False
) -> datetime:
    """Return the moment in UTC; raise InvalidInput("hour_does_not_exist") for one that clocks jump over.

    Of an hour that comes twice the first is meant, or the `later` one; with None the question is put:
    InvalidInput("hour_comes_twice").
    """
    there = ZoneInfo(zone)
    typed = datetime.combine(day, clock, there)
    found = typed.replace(fold=int(bool(later))).astimezone(UTC)
    if found.astimezone(there).replace(tzinfo=None, fold=0) != datetime.combine(day, clock):
        raise InvalidInput("hour_does_not_exist", field=field, clock=f"{clock:%H:%M}")
    if later is None and typed.utcoffset() != typed.replace(fold=1).utcoffset():
        raise InvalidInput("hour_comes_twice", field=field, clock=f"{clock:%H:%M}")
    return found


def moments(hours: Hours, zone: str | None) -> tuple[datetime | None, datetime | None]:
    """Return start and end in UTC; raise InvalidInput at the field that is missing or contradicts."""
    if hours.starts is None:
        if hours.ends is not None:
            raise InvalidInput("start_missing", field="starts")
        return None, None
    if hours.day is None:
        raise InvalidInput("day_missing", field="day")
    if zone is None:
        raise InvalidInput("zone_missing", field="starts")
    starts = moment(hours.day, hours.starts, zone, field="starts")
    if hours.ends is None:
        return starts, None
    last_day = hours.day + timedelta(days=1) if hours.ends == _MIDNIGHT else hours.day
    ends = moment(last_day, hours.ends, zone, field="ends")
    if ends <= starts:
        raise InvalidInput("ends_before_start", field="ends")
    return starts, ends


def hours(starts: datetime | None, ends: datetime | None, zone: str | None, day: date | None) -> Hours:
    """Return moments as they are typed in the zone; `day` stands in where there is no start."""
    if starts is None or zone is None:
        return Hours(day=day)
    there = starts.astimezone(ZoneInfo(zone))
    until = ends.astimezone(ZoneInfo(zone)).time() if ends else None
    return Hours(day=there.date(), starts=there.time(), ends=until)
