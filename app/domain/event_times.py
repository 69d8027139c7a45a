"""When an event is: as typed in its own zone, and as moments; what is not known stays unknown."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from app.domain import local_time
from app.domain.errors import InvalidInput
from app.domain.events import PartOfDay

HOME_ZONE: Final = "Asia/Ho_Chi_Minh"
"""The zone of an event that states none."""
_MIDNIGHT = time()
_END_OF_DAY = time(23, 59)


class Kept(StrEnum):
    """What stays of hours that are not typed anew when their zone is changed."""

    CLOCK = "clock"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Days and clocks as typed in `zone`; `last_day` where the end lies on another day than the start.

    `part_of_day` says what no clock says; `later` is the answer for an hour that the clocks show twice.
    """

    day: date | None = None
    part_of_day: PartOfDay | None = None
    starts: time | None = None
    ends: time | None = None
    last_day: date | None = None
    zone: str | None = None
    later: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The same as the database keeps it: moments in UTC."""

    day: date | None
    part_of_day: PartOfDay | None
    starts_at: datetime | None
    ends_at: datetime | None
    timezone: str | None


def times_of(schedule: Schedule) -> Times:
    """Return the times; raise InvalidInput at the field that is missing or contradicts another.

    No hour is invented: a date alone stays a date alone (A05). Where a clock speaks, no part of day does.
    """
    starts = ends = None
    if schedule.starts is not None:
        starts, ends = _moments(schedule, schedule.starts)
    elif schedule.ends is not None:
        raise InvalidInput("start_missing", field="starts")
    elif schedule.last_day is not None:
        raise InvalidInput("last_day_without_hours", field="last_day")
    elif schedule.part_of_day is not None and schedule.day is None:
        raise InvalidInput("day_missing", field="day")
    return Times(
        day=schedule.day,
        part_of_day=None if starts else schedule.part_of_day,
        starts_at=starts,
        ends_at=ends,
        timezone=schedule.zone,
    )


def schedule_of(times: Times) -> Schedule:
    """Return the times as somebody would type them in their zone."""
    if times.starts_at is None or times.timezone is None:
        return Schedule(day=times.day, part_of_day=times.part_of_day, zone=times.timezone)
    starts, ends = (at and at.astimezone(ZoneInfo(times.timezone)) for at in (times.starts_at, times.ends_at))
    return Schedule(
        day=starts.date() if starts else None,
        starts=_clock(starts),
        ends=_clock(ends),
        last_day=ends.date() if starts and ends and _is_other_day(starts, ends) else None,
        zone=times.timezone,
        later=next((bool(at.fold) for at in (starts, ends) if at and _comes_twice(at)), None),
    )


def asks_what_stays(schedule: Schedule, before: Times) -> bool:
    """Tell whether only the zone was changed, to one whose clocks show something else then."""
    if before.starts_at is None or before.timezone is None or schedule.zone in {None, before.timezone}:
        return False
    untouched = replace(schedule_of(before), zone=schedule.zone, later=schedule.later)
    return schedule == untouched and times_of(schedule).starts_at != before.starts_at


def rezoned(schedule: Schedule, before: Times, kept: Kept | None) -> Times:
    """Return the times that are meant where the hours were left as they are and the zone was not.

    Raises InvalidInput("zone_changed") while nobody said what stays.
    """
    if not asks_what_stays(schedule, before):
        return times_of(schedule)
    if kept is None:
        raise InvalidInput("zone_changed", field="kept")
    return times_of(schedule) if kept is Kept.CLOCK else _in_zone(before, schedule.zone)


def deadline_of(day: date | None, clock: time | None, times: Times) -> datetime | None:
    """Return the deadline typed in the event's zone, without a clock the end of the day.

    Raises InvalidInput when it lies after the start.
    """
    if day is None:
        if clock is not None:
            raise InvalidInput("day_missing", field="deadline_date")
        return None
    found = local_time.moment(day, clock or _END_OF_DAY, times.timezone or HOME_ZONE, field="deadline_clock")
    too_late = found > times.starts_at if times.starts_at else times.day is not None and day > times.day
    if too_late:
        raise InvalidInput("deadline_after_start", field="deadline_date")
    return found


def moved(at: datetime, by: timedelta, *, zone: str, to_zone: str) -> datetime:
    """Return the moment whose clock on the wall stands later by so much: daylight saving changes nothing."""
    there = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) + by
    return there.replace(tzinfo=ZoneInfo(to_zone)).astimezone(UTC)


def distance(before: Times, after: Times) -> timedelta | None:
    """Return how far an event was moved, in days and hours on the wall; None when that cannot be said."""
    if before.starts_at and after.starts_at and before.timezone and after.timezone:
        there = after.starts_at.astimezone(ZoneInfo(after.timezone))
        here = before.starts_at.astimezone(ZoneInfo(before.timezone))
        return there.replace(tzinfo=None) - here.replace(tzinfo=None)
    if before.day and after.day:
        return after.day - before.day
    return None


def _in_zone(times: Times, zone: str | None) -> Times:
    day = times.starts_at.astimezone(ZoneInfo(zone)).date() if times.starts_at and zone else times.day
    return replace(times, day=day, timezone=zone)


def _moments(schedule: Schedule, clock: time) -> tuple[datetime, datetime | None]:
    if schedule.day is None:
        raise InvalidInput("day_missing", field="day")
    if schedule.zone is None:
        raise InvalidInput("zone_missing", field="zone")
    starts = local_time.moment(schedule.day, clock, schedule.zone, field="starts", later=schedule.later)
    if schedule.ends is None:
        if schedule.last_day is not None:
            raise InvalidInput("end_missing", field="ends")
        return starts, None
    day = schedule.last_day or _closing_day(schedule.day, schedule.ends)
    ends = local_time.moment(day, schedule.ends, schedule.zone, field="ends", later=schedule.later)
    if ends <= starts:
        raise InvalidInput("ends_before_start", field="ends")
    return starts, ends


def _closing_day(day: date, ends: time) -> date:
    # An end at 00:00 is the midnight that closes the day.
    return day + timedelta(days=1) if ends == _MIDNIGHT else day


def _is_other_day(starts: datetime, ends: datetime) -> bool:
    return ends.date() != _closing_day(starts.date(), ends.time())


def _clock(at: datetime | None) -> time | None:
    return at.time() if at else None


def _comes_twice(at: datetime) -> bool:
    return at.replace(fold=0).utcoffset() != at.replace(fold=1).utcoffset()
