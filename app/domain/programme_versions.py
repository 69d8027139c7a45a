"""Versions of a programme: what was released, what differs since, and whom it concerns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.domain.calendar_slots import Placement, Slot, place_event, place_whole
from app.domain.errors import Conflict
from app.domain.languages import Translated


class LineKind(StrEnum):
    """What a line of the programme is."""

    EVENT = "event"
    SESSION = "session"
    ITEM = "item"


class Change(StrEnum):
    """How a line differs from the version before."""

    ADDED = "added"
    REMOVED = "removed"
    CALLED_OFF = "called_off"
    RESTORED = "restored"
    MOVED = "moved"
    MINUTES = "minutes"
    PLACE = "place"
    ORDER = "order"
    TITLE = "title"
    PEOPLE = "people"
    DETAILS = "details"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A session, an agenda item or the event as a whole, as everybody may read it; moments in ISO format.

    `session` is the key of the session that an item belongs to, `people` are names as printed, `details` a
    digest of all else that is shown of it; empty where an older version did not keep it.
    """

    kind: LineKind
    key: str
    session: str | None = None
    place: int = 0
    titles: Translated = field(default_factory=dict)
    starts: str | None = None
    ends: str | None = None
    room: str = ""
    minutes: int | None = None
    is_off: bool = False
    people: tuple[str, ...] = ()
    details: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One line that differs, with how it was and how it is; one of them is None where it came or went."""

    changes: tuple[Change, ...]
    before: Line | None
    after: Line | None

    @property
    def line(self) -> Line:
        """Return the line as it is, else as it was."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a difference is about a line")
        return found


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whom the differences concern: everybody, or those in these sessions (by key), or institutions.

    With `must_be_told` entries in calendars would go on showing hours that are no longer so.
    """

    everybody: bool
    sessions: frozenset[str]
    institutions: bool = False
    must_be_told: bool = False


@dataclass(frozen=True, slots=True)
class News:
    """What one state of a programme has that the state before had not, and whom it concerns."""

    differences: tuple[Difference, ...]
    concerned: Concerned


def news(before: Sequence[Line], after: Sequence[Line], *, zone: str) -> News:
    """Return what differs, and whom it concerns: those whose part differs, and whose entry has other hours.

    A session without an end lasts until the next begins; institutions have the event as one entry.
    """
    differences = compare(before, after)
    by_part, was, now = concerned(differences), _placed(before, zone), _placed(after, zone)
    moved = {key for key in was | now if was.get(key) != now.get(key)}
    return News(
        differences,
        Concerned(
            by_part.everybody,
            by_part.sessions | (moved - {_WHOLE}),
            institutions=_WHOLE in moved,
            must_be_told=bool(moved),
        ),
    )


def compare(before: Sequence[Line], after: Sequence[Line]) -> tuple[Difference, ...]:
    """Return the lines that differ, in the order of the programme as it is; what was removed stands last."""
    was = {(line.kind, line.key): line for line in before}
    known = {(line.kind, line.key) for line in after}
    moved = _moved(before, after)
    found = [
        Difference(_changes(was.get(key), line, is_moved=key in moved), was.get(key), line)
        for line in after
        for key in [(line.kind, line.key)]
    ]
    gone = [Difference((Change.REMOVED,), line, None) for key, line in was.items() if key not in known]
    return tuple(one for one in (*found, *gone) if one.changes)


def concerned(differences: Sequence[Difference]) -> Concerned:
    """Return whom differences concern; what belongs to no session concerns everybody.

    A new session concerns nobody yet, for nobody has a seat in it.
    """
    sessions: set[str] = set()
    everybody = False
    for one in differences:
        if one.line.kind is LineKind.SESSION:
            sessions |= {one.line.key} if one.before else set()
        elif one.line.session:
            sessions.add(one.line.session)
        else:
            everybody = True
    return Concerned(everybody, frozenset(sessions))


def next_number(last: int | None, differences: Sequence[Difference]) -> int:
    """Return the number of the next version; raise Conflict("version_unchanged") where nothing differs."""
    if last is not None and not differences:
        raise Conflict("version_unchanged", number=last)
    return (last or 0) + 1


def line_of(kept: Mapping[str, Any]) -> Line:
    """Return a line out of what a version keeps of it."""
    return Line(**{**kept, "kind": LineKind(kept["kind"]), "people": tuple(kept["people"])})


_WHOLE = ""
"""The key of the event as one entry; no session has it."""


def _placed(lines: Sequence[Line], zone: str) -> dict[str, Placement]:
    """Return the calendar entries of a programme by the keys of their sessions."""
    slots = {line.key: _slot(line, zone) for line in lines if line.kind is LineKind.SESSION}
    event = next((_slot(line, zone) for line in lines if line.kind is LineKind.EVENT), None)
    if event is None:
        return {}
    whole = place_whole(event, list(slots.values()))
    placed = {one.uid: one for one in place_event(event, list(slots.values())) if one.uid in slots}
    return {**placed, _WHOLE: whole} if whole else placed


def _slot(line: Line, zone: str) -> Slot:
    return Slot(
        uid=line.key, zone=zone, starts=_moment(line.starts), ends=_moment(line.ends), called_off=line.is_off
    )


def _moment(at: str | None) -> datetime | None:
    return datetime.fromisoformat(at) if at else None


def _moved(before: Sequence[Line], after: Sequence[Line]) -> set[tuple[LineKind, str]]:
    """Return what stands elsewhere among those of its kind in its session; items go with their session."""
    was, now = _orders(before), _orders(after)
    found: set[tuple[LineKind, str]] = set()
    for group in was.keys() & now.keys():
        stayed = [key for key in was[group] if key in now[group]]
        places = [key for key in now[group] if key in was[group]]
        found |= {(group[0], key) for key, other in zip(places, stayed, strict=True) if key != other}
    return found


def _orders(lines: Sequence[Line]) -> dict[tuple[LineKind, str | None], list[str]]:
    found: dict[tuple[LineKind, str | None], list[str]] = {}
    for line in lines:
        found.setdefault((line.kind, line.session), []).append(line.key)
    return found


def _changes(was: Line | None, line: Line, *, is_moved: bool) -> tuple[Change, ...]:
    if was is None:
        return (Change.ADDED,)
    found = {
        Change.CALLED_OFF: line.is_off and not was.is_off,
        Change.RESTORED: was.is_off and not line.is_off,
        Change.MOVED: (was.starts, was.ends) != (line.starts, line.ends),
        Change.MINUTES: was.minutes != line.minutes,
        Change.PLACE: (was.room, was.session) != (line.room, line.session),
        Change.ORDER: is_moved,
        Change.TITLE: dict(was.titles) != dict(line.titles),
        Change.PEOPLE: was.people != line.people,
        Change.DETAILS: "" not in (was.details, line.details) and was.details != line.details,
    }
    return tuple(change for change, is_so in found.items() if is_so)
