"""Answers to offers of a place: yes, no, or none in time; whoever waits next gets what is not wanted."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import db
from app.domain.approvals import granted
from app.domain.errors import Conflict
from app.domain.events import EventStatus
from app.domain.invitations import AnswerSource
from app.domain.policy import SYSTEM, Actor
from app.domain.registrations import AnswerOffer, Departure, SeatState, require_changeable
from app.models.events import Event
from app.models.registrations import Delegate, Seat
from app.services import audit
from app.services.registrations import notices, places, promotion, seating
from app.services.transaction import unit_of_work

_RUNNING = (EventStatus.PUBLISHED, EventStatus.CLOSED)
_ACTS = {True: "delegate.accept_offer", False: "delegate.decline_offer"}


def answer_offer(
    *,
    actor: Actor,
    delegate: Delegate,
    command: AnswerOffer,
    now: datetime,
    source: AnswerSource = AnswerSource.LINK,
) -> str:
    """Take the place that was offered, or leave it to the next one; return the delegate's public id.

    The same answer sent twice is one answer. Raises Conflict("offer_gone") when no such place is kept any
    more, and Conflict("event_not_open").
    """
    number, event_id = delegate.id, delegate.event_id
    with unit_of_work() as session:
        held = places.lock_delegate(session, number, event_id)
        seat = _seat(held, command.session)
        state = held.state if command.session is None else seat and seat.state
        if state is (SeatState.CONFIRMED if command.takes else SeatState.WITHDRAWN):
            return held.public_id
        require_changeable(held.event.status)
        if state is not SeatState.OFFERED:
            raise Conflict("offer_gone")
        _record(held, _ACTS[command.takes], actor, now, source)
        if command.takes:
            _accept(held, seat, now)
        else:
            _refuse(session, held, seat, Departure.DECLINED_OFFER, now)
        return held.public_id


def expire_due(*, now: datetime) -> int:
    """Take back every place that was kept until now, and offer it to the next; return how many there were."""
    due = sa.select(Event.id).where(
        Event.status.in_(_RUNNING), sa.or_(Event.id.in_(_due_delegates(now)), Event.id.in_(_due_seats(now)))
    )
    numbers = db.session.scalars(due.order_by(Event.id)).all()
    db.session.rollback()
    return sum(_expire(number, now) for number in numbers)


def _due_delegates(now: datetime) -> sa.Select[int]:
    return sa.select(Delegate.event_id).where(
        Delegate.state == SeatState.OFFERED, Delegate.offer_expires_at <= now
    )


def _due_seats(now: datetime) -> sa.Select[int]:
    return (
        sa.select(Delegate.event_id)
        .join(Delegate.seats)
        .where(Seat.state == SeatState.OFFERED, Seat.offer_expires_at <= now)
    )


def _expire(event_id: int, now: datetime) -> int:
    with unit_of_work() as session:
        places.lock_event(session, event_id)
        delegates = session.scalars(
            sa.select(Delegate)
            .where(Delegate.id.in_(_due_delegates(now).with_only_columns(Delegate.id)))
            .where(Delegate.event_id == event_id)
            .order_by(Delegate.offer_expires_at, Delegate.id)
            .options(*places.WITH_PERSON)
            .execution_options(**places.FRESH)
        ).all()
        free = [n for delegate in delegates for n in _expire_one(session, delegate, None, now)]
        seats = session.scalars(
            sa.select(Seat)
            .join(Seat.delegate)
            .where(
                Delegate.event_id == event_id,
                Delegate.state != SeatState.OFFERED,
                Seat.state == SeatState.OFFERED,
                Seat.offer_expires_at <= now,
            )
            .order_by(Seat.offer_expires_at, Seat.delegate_id)
            .options(orm.joinedload(Seat.delegate).options(*places.WITH_PERSON))
            .execution_options(**places.FRESH)
        ).all()
        free += [n for seat in seats for n in _expire_one(session, seat.delegate, seat, now)]
        promotion.fill(session, event_id, free, now)
        return len(delegates) + len(seats)


def _expire_one(session: orm.Session, delegate: Delegate, seat: Seat | None, now: datetime) -> list[int]:
    _record(delegate, "delegate.offer_expire", SYSTEM, now, "system")
    return _give_up(session, delegate, seat, Departure.EXPIRED_OFFER, now)


def _accept(delegate: Delegate, seat: Seat | None, now: datetime) -> None:
    if seat is None:
        seating.confirm(delegate, granted(delegate.awaits))
    else:
        seating.confirm_seat(seat, granted(delegate.awaits))
    delegate.changed_at = now
    notices.tell_changed([delegate], now)


def _refuse(
    session: orm.Session, delegate: Delegate, seat: Seat | None, why: Departure, now: datetime
) -> None:
    promotion.fill(session, delegate.event_id, _give_up(session, delegate, seat, why, now), now)


def _give_up(
    session: orm.Session, delegate: Delegate, seat: Seat | None, why: Departure, now: datetime
) -> list[int]:
    """Give back the seat, or with the place of the event everything; return the sessions with room."""
    if seat is None:
        free = seating.leave(session, delegate, now, why)
        notices.tell_withdrawn([delegate], now)
        return free
    seating.leave_session(session, seat, now)
    notices.tell_changed([delegate], now)
    return [seat.session_id]


def _seat(delegate: Delegate, session: str | None) -> Seat | None:
    return next((seat for seat in delegate.seats if seat.session.public_id == session), None)


def _record(delegate: Delegate, act: str, actor: Actor, now: datetime, source: str) -> None:
    audit.record(
        actor=actor,
        act=act,
        subject=delegate,
        name=delegate.person.full_name,
        now=now,
        event_id=delegate.event_id,
        source=source,
    )
