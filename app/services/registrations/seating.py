"""Seat people: confirmed where there is room, on the waiting list where not, moved up first come first."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import orm

from app.domain.registrations import OCCUPYING, Departure, SeatState, is_counted
from app.models.programme import Session
from app.models.registrations import Delegate, Seat
from app.services.registrations import places


def enter(
    session: orm.Session,
    delegate: Delegate,
    chosen: Sequence[Session],
    now: datetime,
    granted: SeatState = SeatState.CONFIRMED,
) -> None:
    """Give a new delegate his places, in the state `granted` (confirmed or pending), or let him wait."""
    delegate.state = _state_in_event(session, delegate, granted)
    choose(session, delegate, chosen, now)


def choose(session: orm.Session, delegate: Delegate, chosen: Sequence[Session], now: datetime) -> list[int]:
    """Take seats in the chosen sessions alone; return the sessions in which a place became free."""
    wanted = {planned.id for planned in chosen}
    dropped = [seat for seat in delegate.seats if seat.session_id not in wanted]
    free = _counted_sessions(delegate, dropped)
    places.give_back_sessions(session, free)
    for seat in dropped:
        delegate.seats.remove(seat)
    new = sorted(wanted - {seat.session_id for seat in delegate.seats})
    confirmed = _confirm(session, delegate, new)
    for number in new:
        state = delegate.state if number in confirmed else SeatState.WAITING
        delegate.seats.append(Seat(session_id=number, state=state, created_at=now))
    return free


def change_role(session: orm.Session, delegate: Delegate, *, was_counted: bool, now: datetime) -> list[int]:
    """Take or give back places after a change of role; return the sessions in which one became free."""
    if was_counted == is_counted(delegate.role):
        return []
    if was_counted:
        free = _give_back(session, delegate)
        delegate.state = SeatState.CONFIRMED
        for seat in delegate.seats:
            seat.state = SeatState.CONFIRMED
        return free
    if delegate.invitation is not None:
        places.take_quota(session, delegate.invitation)
    delegate.state = _state_in_event(session, delegate)
    confirmed = _confirm(session, delegate, [seat.session_id for seat in delegate.seats])
    for seat in delegate.seats:
        seat.state = SeatState.CONFIRMED if seat.session_id in confirmed else SeatState.WAITING
        seat.created_at = now
    return []


def confirm(delegate: Delegate) -> None:
    """Make everything that is held for him, pending or offered, his own."""
    if delegate.state in OCCUPYING:
        delegate.state, delegate.offer_expires_at = SeatState.CONFIRMED, None
    for seat in delegate.seats:
        if seat.state in OCCUPYING:
            seat.state, seat.offer_expires_at = SeatState.CONFIRMED, None


def leave(
    session: orm.Session, delegate: Delegate, now: datetime, why: Departure = Departure.WITHDRAWN
) -> list[int]:
    """Give everything back; return the sessions in which a place became free."""
    free = _give_back(session, delegate) if is_counted(delegate.role) else []
    delegate.state, delegate.departure = SeatState.WITHDRAWN, why
    delegate.withdrawn_at = delegate.changed_at = now
    for seat in delegate.seats:
        seat.state = SeatState.WITHDRAWN
    return free


def move_up(session: orm.Session, event_id: int, sessions: Iterable[int]) -> list[Delegate]:
    """Fill free places from the waiting lists of the event and of these sessions; return who moved up."""
    moved = []
    for delegate in places.list_next(session, event_id):
        if places.take_event(session, event_id):
            delegate.state = SeatState.CONFIRMED
            moved.append(delegate)
    theirs = {seat.session_id for delegate in moved for seat in delegate.seats}
    for number in sorted({*sessions, *theirs}):
        for seat in places.list_next_seats(session, number):
            if places.take_sessions(session, [number]):
                seat.state = SeatState.CONFIRMED
                moved.append(seat.delegate)
    return list(dict.fromkeys(moved))


def _state_in_event(
    session: orm.Session, delegate: Delegate, granted: SeatState = SeatState.CONFIRMED
) -> SeatState:
    if not is_counted(delegate.role) or places.take_event(session, delegate.event_id):
        return granted
    return SeatState.WAITING


def _confirm(session: orm.Session, delegate: Delegate, sessions: Collection[int]) -> set[int]:
    """Return in which sessions there is a place for him; who waits for the event waits everywhere."""
    if delegate.state not in OCCUPYING:
        return set()
    return places.take_sessions(session, sessions) if is_counted(delegate.role) else set(sessions)


def _give_back(session: orm.Session, delegate: Delegate) -> list[int]:
    if delegate.state in OCCUPYING:
        places.give_back_event(session, delegate.event_id)
    places.give_back_quota(session, delegate.invitation_id)
    free = [seat.session_id for seat in delegate.seats if seat.state in OCCUPYING]
    places.give_back_sessions(session, free)
    return free


def _counted_sessions(delegate: Delegate, seats: Iterable[Seat]) -> list[int]:
    counted = is_counted(delegate.role)
    return [seat.session_id for seat in seats if counted and seat.state in OCCUPYING]
