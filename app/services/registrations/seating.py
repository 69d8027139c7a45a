"""Seat people: a place where there is room, the waiting list where not; each state of one person's places.

Whoever has a place of the event holds his seats in the same state: confirmed, pending or offered. Whoever
waits for the event waits in all his sessions.
"""

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
    *,
    has_quota: bool = False,
) -> None:
    """Give a new delegate his places, in the state `granted` (confirmed or pending), or let him wait.

    `has_quota`: his place of the institution's quota is taken already. Raises Conflict("quota_full").
    """
    _place_in_event(session, delegate, granted, now, has_quota=has_quota)
    choose(session, delegate, chosen, now)


def choose(session: orm.Session, delegate: Delegate, chosen: Sequence[Session], now: datetime) -> list[int]:
    """Take seats in the chosen sessions alone; return the sessions in which a place became free."""
    wanted = {planned.id for planned in chosen}
    held = {seat.session_id for seat in delegate.seats if seat.state is not SeatState.WITHDRAWN}
    dropped = [seat for seat in delegate.seats if seat.session_id in held - wanted]
    free = _occupied(delegate, dropped)
    places.give_back_sessions(session, free)
    for seat in dropped:
        delegate.seats.remove(seat)
    again = {seat.session_id: seat for seat in delegate.seats}
    new = sorted(wanted - held)
    for number in new:
        if number not in again:
            delegate.seats.append(Seat(session_id=number, state=SeatState.WAITING, created_at=now))
    _place_in_sessions(session, delegate, [seat for seat in delegate.seats if seat.session_id in new], now)
    return free


def change_role(session: orm.Session, delegate: Delegate, *, was_counted: bool, now: datetime) -> list[int]:
    """Take or give back places after a change of role; return the sessions in which one became free."""
    if was_counted == is_counted(delegate.role):
        return []
    present = [seat for seat in delegate.seats if seat.state is not SeatState.WITHDRAWN]
    free = []
    if was_counted:
        free = _give_back(session, delegate)
    granted = SeatState.PENDING if delegate.state is SeatState.PENDING else SeatState.CONFIRMED
    _place_in_event(session, delegate, granted, now, has_quota=False)
    _place_in_sessions(session, delegate, present, now)
    return free


def confirm(delegate: Delegate, granted: SeatState = SeatState.CONFIRMED) -> None:
    """Make everything that is held for him, pending or offered, his own; or let it await approval."""
    if delegate.state in OCCUPYING:
        delegate.state, delegate.offer_expires_at = granted, None
    for seat in delegate.seats:
        if seat.state in OCCUPYING:
            confirm_seat(seat, granted)


def confirm_seat(seat: Seat, granted: SeatState = SeatState.CONFIRMED) -> None:
    """Make a seat that is held for somebody his own; or let it await approval."""
    seat.state, seat.offer_expires_at = granted, None


def leave(
    session: orm.Session, delegate: Delegate, now: datetime, why: Departure = Departure.WITHDRAWN
) -> list[int]:
    """Give everything back; return the sessions in which a place became free."""
    free = _give_back(session, delegate) if is_counted(delegate.role) else []
    mark_left(delegate, now, why)
    return free


def mark_left(delegate: Delegate, now: datetime, why: Departure = Departure.WITHDRAWN) -> None:
    """Withdraw somebody who has given everything back."""
    delegate.state, delegate.departure, delegate.offer_expires_at = SeatState.WITHDRAWN, why, None
    delegate.withdrawn_at = delegate.changed_at = now
    for seat in delegate.seats:
        seat.state, seat.offer_expires_at = SeatState.WITHDRAWN, None


def leave_session(session: orm.Session, seat: Seat, now: datetime) -> None:
    """Give one seat back; the person stays with the others, and the seat as a trace."""
    places.give_back_sessions(session, _occupied(seat.delegate, [seat]))
    seat.state, seat.offer_expires_at = SeatState.WITHDRAWN, None
    seat.delegate.changed_at = now


def _place_in_event(
    session: orm.Session, delegate: Delegate, granted: SeatState, now: datetime, *, has_quota: bool
) -> None:
    delegate.offer_expires_at = None
    take = places.take if has_quota else places.take_with_quota
    if not is_counted(delegate.role) or take(session, delegate):
        delegate.state = granted
    else:
        delegate.state, delegate.queued_at = SeatState.WAITING, now


def _place_in_sessions(
    session: orm.Session, delegate: Delegate, seats: Collection[Seat], now: datetime
) -> None:
    taken = _take_sessions(session, delegate, [seat.session_id for seat in seats])
    for seat in seats:
        seat.created_at, has_place = now, seat.session_id in taken
        seat.state = delegate.state if has_place else SeatState.WAITING
        seat.offer_expires_at = delegate.offer_expires_at if has_place else None


def _take_sessions(session: orm.Session, delegate: Delegate, sessions: Collection[int]) -> set[int]:
    """Return in which sessions there is a place for him; who waits for the event waits everywhere."""
    if delegate.state not in OCCUPYING:
        return set()
    return places.take_sessions(session, sessions) if is_counted(delegate.role) else set(sessions)


def _give_back(session: orm.Session, delegate: Delegate) -> list[int]:
    """Give back what a counted person holds: quota, event, side, sessions."""
    places.give_back_quota(session, delegate.invitation_id)
    if delegate.state in OCCUPYING:
        places.give_back(session, delegate)
    free = [seat.session_id for seat in delegate.seats if seat.state in OCCUPYING]
    places.give_back_sessions(session, free)
    return free


def _occupied(delegate: Delegate, seats: Iterable[Seat]) -> list[int]:
    counted = is_counted(delegate.role)
    return [seat.session_id for seat in seats if counted and seat.state in OCCUPYING]
