"""Give one session back and stay with the others: by the delegate's page, or by declining in a calendar."""

from datetime import datetime

from sqlalchemy import orm

from app.domain.errors import Conflict
from app.domain.invitations import AnswerSource
from app.domain.policy import Actor
from app.domain.registrations import SeatState, require_changeable
from app.models.registrations import Delegate, Seat
from app.queries import registrations
from app.services import audit
from app.services.registrations import notices, places, promotion, seating
from app.services.transaction import unit_of_work


def leave_session(
    *,
    actor: Actor,
    delegate: Delegate,
    session_id: str,
    now: datetime,
    source: AnswerSource = AnswerSource.LINK,
) -> str:
    """Give the seat in a session (public id) back; doing it twice does it once; return the delegate's id.

    Raises Conflict("last_session") where it is his only one: then he withdraws from the event.
    """
    number, event_id = delegate.id, delegate.event_id
    with unit_of_work() as session:
        held = places.lock_delegate(session, number, event_id)
        require_changeable(held.event.status)
        seat = registrations.get_seat(held, session_id)
        if SeatState.WITHDRAWN in {held.state, seat.state}:
            return held.public_id
        if registrations.list_live_seats(held) == [seat]:
            raise Conflict("last_session")
        give_back(session, held, seat, actor=actor, source=source, now=now)
        return held.public_id


def give_back(
    session: orm.Session, held: Delegate, seat: Seat, *, actor: Actor, source: AnswerSource, now: datetime
) -> None:
    """Give a seat back within the caller's unit of work, to the first who waits; the event is locked."""
    if held.attended:
        raise Conflict("delegate_attended")
    number = seat.session_id
    seating.leave_session(session, seat, now)
    audit.record(
        actor=actor,
        act="delegate.leave_session",
        subject=held,
        name=held.person.full_name,
        now=now,
        event_id=held.event_id,
        source=source,
        session=seat.session.public_id,
    )
    notices.tell_changed([held], now, by_calendar=source is AnswerSource.CALENDAR)
    promotion.fill(session, held.event_id, [number], now)
