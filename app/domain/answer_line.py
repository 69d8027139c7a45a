"""Answers over time: how many institutions had answered by the end of each day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Step:
    """A day on which answers came: how many, and how many there were by its end."""

    day: date
    came: int
    so_far: int


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """The steps between the first letter and the deadline, or today where that is later or there is none."""

    first: date
    last: date
    deadline: date | None
    today: date
    invited: int
    steps: tuple[Step, ...]

    @property
    def days(self) -> int:
        """Return how many days the line spans, at least one."""
        return max((self.last - self.first).days, 1)

    @property
    def left(self) -> int | None:
        """Return the days until the deadline; None without one, negative after it."""
        return (self.deadline - self.today).days if self.deadline else None


def draw(
    *,
    sent: Iterable[datetime],
    answered: Iterable[datetime],
    invited: int,
    deadline: datetime | None,
    zone: str,
    now: datetime,
) -> AnswerLine | None:
    """Return the line in the days of the event's zone; None while no letter left and no answer came."""
    came = Counter(_day(at, zone) for at in answered)
    begun = [*came, *(_day(at, zone) for at in sent)]
    if not begun:
        return None
    today, until = _day(now, zone), _day(deadline, zone) if deadline else None
    so_far, steps = 0, []
    for day in sorted(came):
        so_far += came[day]
        steps.append(Step(day, came[day], so_far))
    last = max(filter(None, (until, today if until is None else None, *came, min(begun))))
    return AnswerLine(min(begun), last, until, today, invited, tuple(steps))


def _day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()
