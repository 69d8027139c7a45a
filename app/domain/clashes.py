"""What does not fit in a programme: warnings, never walls."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.calendar_slots import ASSUMED_LENGTH
from app.domain.text import fold


class WarningCode(StrEnum):
    """Kinds of warning."""

    ROOM_TAKEN = "room_taken"
    LINK_TAKEN = "link_taken"
    PERSON_OVERLAPS = "person_overlaps"
    ORGANIZATION_OVERLAPS = "organization_overlaps"
    OUTSIDE_EVENT = "outside_event"
    OUT_OF_ORDER = "out_of_order"
    AGENDA_TOO_LONG = "agenda_too_long"
    ITEM_TOO_EARLY = "item_too_early"
    ITEM_OVERLAPS = "item_overlaps"
    ITEM_RUNS_OVER = "item_runs_over"


@dataclass(frozen=True, slots=True)
class ProgrammeWarning:
    """Something to look at in one session; a value of `params` may be a text per language."""

    code: WarningCode
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who is busy in a session: a named person, or an organisation that will name somebody.

    `organization` identifies it (None: only words are known), `name` is shown.
    """

    organization: int | None = None
    person: str = ""
    name: str | Mapping[str, str] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupancy:
    """A session as it occupies hours, a room, a link and people; `event` and `key` identify it."""

    key: str
    event: str
    event_title: Mapping[str, str]
    number: int
    title: Mapping[str, str]
    starts: datetime | None
    ends: datetime | None
    room: str = ""
    link: str = ""
    holders: tuple[Holder, ...] = ()
    agenda_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The hours of the event, or its day alone, in its zone."""

    zone: str | None
    day: date | None = None
    starts: datetime | None = None
    ends: datetime | None = None


def find_warnings(
    sessions: Sequence[Occupancy], elsewhere: Iterable[Occupancy], frame: Frame
) -> dict[str, tuple[ProgrammeWarning, ...]]:
    """Return the warnings of each session of one event, by key; sessions stand in their order.

    `elsewhere` are sessions of other events at about the same time; called-off ones are left out of both.
    """
    others = [*sessions, *elsewhere]
    found = {}
    for place, session in enumerate(sessions):
        warnings = [*_alone(session, frame), *_in_order(session, sessions[:place])]
        for other in others:
            if other.key != session.key and _overlap(session, other):
                warnings.extend(_between(session, other))
        if warnings:
            found[session.key] = tuple(warnings)
    return found


def _alone(session: Occupancy, frame: Frame) -> Iterable[ProgrammeWarning]:
    if session.starts and _is_outside(session, frame):
        yield ProgrammeWarning(WarningCode.OUTSIDE_EVENT)
    if session.starts and session.ends:
        length = int((session.ends - session.starts) / timedelta(minutes=1))
        if session.agenda_minutes > length:
            yield ProgrammeWarning(
                WarningCode.AGENDA_TOO_LONG, {"planned": session.agenda_minutes, "available": length}
            )


def _in_order(session: Occupancy, before: Sequence[Occupancy]) -> Iterable[ProgrammeWarning]:
    later = next((s for s in before if s.starts and session.starts and s.starts > session.starts), None)
    if later:
        yield ProgrammeWarning(WarningCode.OUT_OF_ORDER, {"number": later.number, "session": later.title})


def _between(session: Occupancy, other: Occupancy) -> Iterable[ProgrammeWarning]:
    where = {"session": other.title, "event": other.event_title if other.event != session.event else ""}
    if session.room and fold(session.room) == fold(other.room):
        yield ProgrammeWarning(WarningCode.ROOM_TAKEN, {"room": session.room, **where})
    if session.link and session.link == other.link:
        yield ProgrammeWarning(WarningCode.LINK_TAKEN, where)
    for code, name in _shared(session.holders, other.holders):
        yield ProgrammeWarning(code, {"name": name, **where})


def _shared(
    mine: Sequence[Holder], theirs: Sequence[Holder]
) -> Iterable[tuple[WarningCode, str | Mapping[str, str]]]:
    """Yield each person who is in both, and each organisation that has fewer names than places."""
    people = {fold(holder.person): holder for holder in mine if holder.person}
    busy = {fold(holder.person) for holder in theirs if holder.person}
    for folded in people.keys() & busy:
        yield WarningCode.PERSON_OVERLAPS, people[folded].person
    unnamed = Counter(holder.organization for holder in (*mine, *theirs) if not holder.person)
    in_both = {holder.organization for holder in mine} & {holder.organization for holder in theirs}
    names = {holder.organization: holder.name for holder in mine}
    for organization in sorted(in_both - {None}, key=str):
        if unnamed[organization]:
            yield WarningCode.ORGANIZATION_OVERLAPS, names[organization]


def _overlap(one: Occupancy, other: Occupancy) -> bool:
    if one.starts is None or other.starts is None:
        return False
    return one.starts < _end(other, other.starts) and other.starts < _end(one, one.starts)


def _end(session: Occupancy, starts: datetime) -> datetime:
    return session.ends or starts + ASSUMED_LENGTH


def _is_outside(session: Occupancy, frame: Frame) -> bool:
    if session.starts is None:
        return False
    if frame.starts is not None:
        too_late = frame.ends is not None and _end(session, session.starts) > frame.ends
        return session.starts < frame.starts or (too_late and session.ends is not None)
    if frame.day is None or frame.zone is None:
        return False
    return session.starts.astimezone(ZoneInfo(frame.zone)).date() != frame.day
