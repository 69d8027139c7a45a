"""Pictures of an event's overview in words and coordinates: answers over time, hours across zones."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.domain.answer_line import AnswerLine
from app.domain.day_bands import DEFAULT_LENGTH, LocalHours, at_night, local_hours
from app.domain.event_times import HOME_ZONE
from app.i18n import moments
from app.i18n.catalogue import NN_, texts
from app.i18n.numbers import format_number
from app.web import languages
from app.web.places import Place, place

if TYPE_CHECKING:
    from app.models.events import Event

_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 350, 12, 130
_INSTITUTIONS = NN_("{n} institution", "{n} institutions")


@dataclass(frozen=True, slots=True)
class StepPicture:
    """The step line in the units of its SVG; `until` is where answers are due, None without deadline."""

    path: str
    until: float | None
    line: AnswerLine


def step_picture(line: AnswerLine | None) -> StepPicture | None:
    """Return the line as a path: level until the day of an answer, then up."""
    if line is None:
        return None
    parts = [f"M{_x(line, line.first)} {_BOTTOM}"]
    parts += [f"H{_x(line, step.day)}V{_y(line, step.so_far)}" for step in line.steps]
    reached = max(line.first, line.today, *(step.day for step in line.steps))
    parts.append(f"H{_x(line, min(reached, line.last))}")
    return StepPicture("".join(parts), _x(line, line.deadline) if line.deadline else None, line)


def hours_of(event: "Event", zones: Mapping[str | None, int]) -> tuple[LocalHours, ...]:
    """Return the event on the clocks of its institutions and of its host; nothing without hours."""
    if event.starts_at is None:
        return ()
    known = {event.timezone or HOME_ZONE: 0} | {zone: count for zone, count in zones.items() if zone}
    return local_hours(event.starts_at, event.ends_at or event.starts_at + DEFAULT_LENGTH, known)


def places(hours: tuple[LocalHours, ...]) -> list[Place]:
    """Return the rows of the picture, zones whose clocks agree in one."""
    return [
        place(
            group[0].starts,
            group[0].ends,
            _fullest(group).zone,
            languages.current(),
            people=institutions(sum(one.institutions for one in group)),
            state=group[0].band,
        )
        for group in grouped(hours)
    ]


def grouped(hours: tuple[LocalHours, ...]) -> list[list[LocalHours]]:
    """Return the zones in groups whose clocks agree, in their order."""
    groups: dict[timedelta | None, list[LocalHours]] = {}
    for one in hours:
        groups.setdefault(one.starts.utcoffset(), []).append(one)
    return list(groups.values())


def cities(hours: tuple[LocalHours, ...]) -> str:
    """Return the cities of these zones in one line."""
    return ", ".join(moments.city(one.zone, languages.current()) for one in hours)


def asleep(hours: tuple[LocalHours, ...]) -> tuple[int, str]:
    """Return how many institutions would sit at night, and in which cities."""
    found = at_night(hours)
    return sum(one.institutions for one in found), cities(found)


def institutions(count: int) -> str:
    """Return "5 cơ quan"; nothing for none."""
    if not count:
        return ""
    language = languages.current()
    return texts(language).ngettext(*_INSTITUTIONS, count).format(n=format_number(count, language))


def _fullest(group: list[LocalHours]) -> LocalHours:
    return max(group, key=lambda one: one.institutions)


def _x(line: AnswerLine, day: date) -> float:
    return round(_LEFT + (_RIGHT - _LEFT) * (day - line.first).days / line.days, 1)


def _y(line: AnswerLine, count: int) -> float:
    return round(_BOTTOM - (_BOTTOM - _TOP) * count / max(line.invited, 1), 1)
