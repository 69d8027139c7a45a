"""Fill free places from the waiting lists, first come first: by an offer, or at once.

At once where the organiser wants no offers, where the event is near, and where no letter can be answered.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain.approvals import granted
from app.domain.offers import offered_until
from app.domain.policy import SYSTEM
from app.domain.registrations import OCCUPYING, SeatState
from app.models.events import Event, Side
from app.models.invitations import Invitation
from app.models.programme import Session
from app.models.registrations import Delegate, Seat
from app.queries.places import KEPT_FOR_SIDE, KEPT_IN_EVENT
from app.services import audit
from app.services.registrations import notices, places

_BATCH = 20


def fill(session: orm.Session, event_id: int, sessions: Iterable[int], now: datetime) -> list[Delegate]:
    """Give away what is free in the event and in these sessions; tell everybody, and return whom.

    The event is locked by the caller.
    """
    session.flush()
    moved = _fill_event(session, event_id, now)
    theirs = {seat.session_id for delegate in moved for seat in delegate.seats}
    for number in sorted({*sessions, *theirs}):
        moved += _fill_session(session, number, now)
    everybody = list(dict.fromkeys(moved))
    for delegate in everybody:
        _record(delegate, now)
        if delegate.has_offer:
            notices.tell_offered(delegate, now)
        elif delegate.state is SeatState.CONFIRMED:
            notices.tell_changed([delegate], now)
    return everybody


def _fill_event(session: orm.Session, event_id: int, now: datetime) -> list[Delegate]:
    moved: list[Delegate] = []
    while batch := [row for row in _next_in_event(session, event_id) if places.take(session, row)]:
        for delegate in batch:
            _grant(delegate, delegate, now)
        moved += batch
    return moved


def _fill_session(session: orm.Session, session_id: int, now: datetime) -> list[Delegate]:
    moved: list[Delegate] = []
    for seat in _next_in_session(session, session_id):
        if places.take_sessions(session, [session_id]):
            _give(seat, now)
            moved.append(seat.delegate)
    return moved


def _give(seat: Seat, now: datetime) -> None:
    """Give a seat to somebody who has a place of the event, in the state in which he has that place."""
    delegate = seat.delegate
    if delegate.state is SeatState.OFFERED:
        seat.state, seat.offer_expires_at = delegate.state, delegate.offer_expires_at
    else:
        _grant(seat, delegate, now)


def _grant(place: Delegate | Seat, delegate: Delegate, now: datetime) -> None:
    """Offer a place of the event or of a session; let it await approval where that is still missing."""
    delegate.changed_at = now
    place.offer_expires_at = None if delegate.awaits else _until(delegate, now)
    place.state = SeatState.OFFERED if place.offer_expires_at else granted(delegate.awaits)


def _until(delegate: Delegate, now: datetime) -> datetime | None:
    """Return until when he may think about it; None: he is not asked."""
    if not notices.can_be_asked(delegate):
        return None
    return offered_until(delegate.event.offer_hours, delegate.event, now)


def _next_in_event(session: orm.Session, event_id: int) -> Sequence[Delegate]:
    """Return the first of those who wait and for whom there is a place: on their side, or kept for them."""
    has_kept = Invitation.reserved > Invitation.seated
    side_has_room = sa.or_(
        Side.capacity.is_(None),
        Side.taken + KEPT_FOR_SIDE < Side.capacity,
        sa.and_(has_kept, Side.taken < Side.capacity),
    )
    event_has_room = sa.or_(
        Event.capacity.is_(None),
        Event.taken + KEPT_IN_EVENT < Event.capacity,
        sa.and_(has_kept, Event.taken < Event.capacity),
    )
    return session.scalars(
        sa.select(Delegate)
        .join(Delegate.event)
        .outerjoin(Delegate.invitation)
        .outerjoin(Invitation.side)
        .where(
            Delegate.event_id == event_id,
            Delegate.state == SeatState.WAITING,
            sa.or_(Side.id.is_(None), side_has_room),
            event_has_room,
        )
        .order_by(Delegate.queued_at, Delegate.id)
        .limit(_BATCH)
        .options(*places.WITH_PERSON, orm.joinedload(Delegate.event))
        .execution_options(**places.FRESH)
    ).all()


def _next_in_session(session: orm.Session, session_id: int) -> Sequence[Seat]:
    """Return which seats may be given: as many as there are free places, first come first."""
    free = session.scalar(
        sa.select(Session.capacity - Session.taken).where(
            Session.id == session_id, Session.capacity.is_not(None)
        )
    )
    waiting = (
        sa.select(Seat)
        .join(Seat.delegate)
        .where(
            Seat.session_id == session_id,
            Seat.state == SeatState.WAITING,
            Delegate.state.in_(OCCUPYING),
        )
    )
    return session.scalars(
        (waiting if free is None else waiting.limit(max(free, 0)))
        .order_by(Seat.created_at, Seat.delegate_id)
        .options(orm.contains_eager(Seat.delegate).options(*places.WITH_PERSON))
        .execution_options(**places.FRESH)
    ).all()


def _record(delegate: Delegate, now: datetime) -> None:
    audit.record(
        actor=SYSTEM,
        act="delegate.offer" if delegate.has_offer else "delegate.move_up",
        subject=delegate,
        name=delegate.person.full_name,
        now=now,
        event_id=delegate.event_id,
        source="system",
    )
