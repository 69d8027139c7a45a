"""Which calendar entries an event has, and when each of them begins and ends."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.calendars import EntryStatus
from app.domain.invitations import InvitationState
from app.domain.registrations import SeatState

ASSUMED_LENGTH: Final = timedelta(hours=1)
"""How long something lasts that has a start and nothing else to tell its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """When an event or a session is meant to be, as far as that is known.

    `day` stands alone when the hour is not known; `called_off`: cancelled, or postponed without a new date.
    """

    uid: str
    zone: str
    day: date | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    called_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """An entry's place in the calendar; `ends` is exclusive."""

    uid: str
    starts: datetime | date
    ends: datetime | date
    called_off: bool


def place_event(event: Slot, sessions: Sequence[Slot]) -> tuple[Placement, ...]:
    """Return the entries of an event: its timed sessions, else one of its own; none without a date.

    Sessions that were called off keep their entry, so that calendars strike it out.
    """
    timed = sorted((s for s in sessions if s.starts), key=lambda s: (s.starts, s.uid))
    placed = [placement for s in timed if (placement := place_session(s, event=event, sessions=timed))]
    own = None if any(not s.called_off for s in timed) else _place_alone(event)
    return (own, *placed) if own else tuple(placed)


def place_whole(event: Slot, sessions: Sequence[Slot]) -> Placement | None:
    """Return the one entry of an event as a whole: its hours, else those its sessions span, else its day."""
    timed = [s for s in sessions if s.starts and not s.called_off]
    if event.starts is not None or not timed:
        return _place_alone(event)
    placed = [p for s in timed if (p := place_session(s, event=event, sessions=timed))]
    return Placement(
        uid=event.uid,
        starts=min(p.starts for p in placed),
        ends=max(p.ends for p in placed),
        called_off=event.called_off,
    )


def place_session(session: Slot, *, event: Slot, sessions: Sequence[Slot]) -> Placement | None:
    """Return the entry of one session: its hours, else the day of it or of its event, else None."""
    if session.starts is None:
        return _all_day(session, session.day or event.day, called_off=session.called_off or event.called_off)
    return Placement(
        uid=session.uid,
        starts=session.starts,
        ends=session.ends or _assumed_end(session.starts, event, sessions),
        called_off=session.called_off or event.called_off,
    )


def place_chosen(event: Slot, sessions: Sequence[Slot], chosen: Collection[str]) -> tuple[Placement, ...]:
    """Return the entries of somebody who chose some sessions by uid; without a choice those of the event.

    While the chosen ones have no hours, the entry of the event stands for them, else the day.
    """
    whole = place_event(event, sessions)
    own = tuple(p for p in whole if not chosen or p.uid in chosen or p.uid == event.uid)
    if not chosen or any(p.uid == event.uid for p in own):
        return own
    days = (place_session(s, event=event, sessions=sessions) for s in sessions if s.uid in chosen)
    return own + tuple(day for day in days if day and not isinstance(day.starts, datetime))


def status_of_invitation(state: InvitationState) -> EntryStatus:
    """Return how firmly an event stands in the calendar of an institution."""
    if state is InvitationState.DECLINED:
        return EntryStatus.CANCELLED
    return EntryStatus.CONFIRMED if state is InvitationState.ACCEPTED else EntryStatus.TENTATIVE


def status_of_seat(*states: SeatState) -> EntryStatus:
    """Return how firmly something stands in a delegate's calendar: as the least firm of his seats."""
    if SeatState.WITHDRAWN in states:
        return EntryStatus.CANCELLED
    firm = all(state is SeatState.CONFIRMED for state in states)
    return EntryStatus.CONFIRMED if firm else EntryStatus.TENTATIVE


def _place_alone(slot: Slot) -> Placement | None:
    if slot.starts is None:
        return _all_day(slot, slot.day, called_off=slot.called_off)
    ends = slot.ends or slot.starts + ASSUMED_LENGTH
    return Placement(uid=slot.uid, starts=slot.starts, ends=ends, called_off=slot.called_off)


def _all_day(slot: Slot, day: date | None, *, called_off: bool) -> Placement | None:
    if day is None:
        return None
    return Placement(uid=slot.uid, starts=day, ends=day + timedelta(days=1), called_off=called_off)


def _assumed_end(starts: datetime, event: Slot, sessions: Sequence[Slot]) -> datetime:
    """Return the next start of the day, else the end of the event on that day, else an hour later."""
    zone = ZoneInfo(event.zone)
    limits = [s.starts for s in sessions if s.starts and not s.called_off]
    if event.ends:
        limits.append(event.ends)
    day = starts.astimezone(zone).date()
    same_day = (m for m in limits if m > starts and m.astimezone(zone).date() == day)
    return min(same_day, default=starts + ASSUMED_LENGTH)
