"""Tests of the line (kiểm tra đường truyền): a bridge with slots of equal length, bookings, results (C05)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from app.domain import local_time
from app.domain.errors import Conflict, InvalidInput
from app.domain.local_time import Hours
from app.domain.text import fold

LEAST_MINUTES, MOST_MINUTES = 5, 240


class BookingState(StrEnum):
    """A test: booked, given back by who had booked it, or done, with a result."""

    BOOKED = "booked"
    GIVEN_BACK = "given_back"
    DONE = "done"


class Quality(StrEnum):
    """How sound, picture or line were found."""

    GOOD = "good"
    WEAK = "weak"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeDetails:
    """A day on which a bridge takes tests, typed in the event's zone; `minutes` is the length of a slot."""

    name: str
    day: date
    starts: time
    ends: time
    minutes: int

    def __post_init__(self) -> None:
        """Refuse slots too short or too long to test anything."""
        if not LEAST_MINUTES <= self.minutes <= MOST_MINUTES:
            raise InvalidInput("slot_length", field="minutes", least=LEAST_MINUTES, most=MOST_MINUTES)


@dataclass(frozen=True, slots=True)
class Window:
    """A bridge's hours as moments in UTC, cut into slots of so many minutes."""

    starts_at: datetime
    ends_at: datetime
    minutes: int

    @property
    def step(self) -> timedelta:
        """Return how long a slot lasts."""
        return timedelta(minutes=self.minutes)

    @property
    def slots(self) -> list[datetime]:
        """Return when the slots begin; what is left at the end and shorter than a slot is none."""
        count = (self.ends_at - self.starts_at) // self.step
        return [self.starts_at + place * self.step for place in range(count)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A slot as somebody chose it: a bridge by public id, and when it begins."""

    bridge: str
    starts_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LineResult:
    """What a test showed; `tested_by` is who sat at the other end, `latency_ms` the round trip."""

    sound: Quality
    picture: Quality
    line: Quality
    latency_ms: int | None = None
    note: str = ""
    tested_by: str = ""


def window_of(details: BridgeDetails, zone: str | None) -> Window:
    """Return the hours as moments; raise InvalidInput at the field that contradicts another."""
    hours = Hours(day=details.day, starts=details.starts, ends=details.ends)
    starts, ends = local_time.moments(hours, zone)
    if starts is None or ends is None:
        raise InvalidInput("end_missing", field="ends")
    window = Window(starts, ends, details.minutes)
    if not window.slots:
        raise InvalidInput("no_slot_fits", field="ends")
    return window


def require_apart(name: str, window: Window, others: Sequence[tuple[str, Window]]) -> None:
    """Raise Conflict("bridge_overlaps") where a bridge of this name takes tests in these hours already."""
    for other, taken in others:
        overlaps = window.starts_at < taken.ends_at and taken.starts_at < window.ends_at
        if overlaps and fold(other) == fold(name):
            raise Conflict("bridge_overlaps", field="name", name=other)


def require_kept(window: Window, booked: Collection[datetime], minutes: int) -> None:
    """Raise Conflict("slots_are_booked") where other hours would leave a booked slot without its place."""
    is_same = not booked or window.minutes == minutes
    if not is_same or not set(booked) <= set(window.slots):
        raise Conflict("slots_are_booked", field="starts", n=len(booked))


def require_slot(window: Window, starts_at: datetime, taken: Collection[datetime], now: datetime) -> None:
    """Raise unless this is a slot of the window, ahead, and free."""
    if starts_at not in window.slots:
        raise InvalidInput("slot_unknown", field="slot")
    if starts_at <= now:
        raise Conflict("slot_past", field="slot")
    if starts_at in taken:
        raise Conflict("slot_taken", field="slot")


def is_passed(result: LineResult) -> bool:
    """Tell whether the line may be called tested: nothing of it failed."""
    return Quality.FAILED not in {result.sound, result.picture, result.line}
