"""The hours of an event on the clocks of places, for the picture of the day."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from app.i18n import moments


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the picture: start and length in hours of that place's day, and what else is said of it."""

    city: str
    offset: str
    start: float
    length: float
    words: str
    people: str = ""
    state: str = ""


def place(
    starts: datetime, ends: datetime, zone: str, language: str, *, people: str = "", state: str = ""
) -> Place:
    """Return the event on the clock of a zone; `people` sit there, `state` is the part of their day."""
    local = starts.astimezone(ZoneInfo(zone))
    midnight = datetime.combine(local.date(), time(), local.tzinfo)
    words = moments.format_clock(starts, ends, zone)
    return Place(
        city=moments.city(zone, language),
        offset=moments.offset(zone, starts),
        start=(local - midnight).total_seconds() / 3600,
        length=(ends - starts).total_seconds() / 3600,
        words=f"{moments.format_short_date(local.date(), language)}, {words}",
        people=people,
        state=state,
    )
