"""Who waits for a place, of the event or of a session, in which order; and who was offered one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import db
from app.domain.registrations import SeatState
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.people import Person
from app.models.programme import Session
from app.models.registrations import Delegate, Seat

_Row = tuple[Delegate, SeatState, datetime | None, datetime | None]
_QUEUED = (SeatState.OFFERED, SeatState.WAITING)
_WHO = (
    orm.joinedload(Delegate.person, innerjoin=True).joinedload(Person.organization),
    orm.joinedload(Delegate.invitation).joinedload(Invitation.side),
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One who waits, with his `place` in the order; who was offered a place has none, but an end of it.

    Whoever waits for the event as well has his turn in a session only after that.
    """

    delegate: Delegate
    place: int | None
    since: datetime | None
    until: datetime | None
    waits_for_event: bool = False


@dataclass(frozen=True, slots=True)
class Queue:
    """A waiting list: of a session, or of the event as a whole."""

    session: Session | None
    turns: Sequence[Turn]


def list_queues(event: Event) -> list[Queue]:
    """Return the waiting lists that are not empty: the event's first, then those of the sessions."""
    whole = [Queue(None, _turns(_in_event(event), is_session=False))]
    return [queue for queue in whole + _of_sessions(event) if queue.turns]


def _in_event(event: Event) -> list[_Row]:
    found = db.session.scalars(
        sa.select(Delegate)
        .where(Delegate.event_id == event.id, Delegate.state.in_(_QUEUED))
        .options(*_WHO)
        .order_by(Delegate.state, Delegate.queued_at, Delegate.id)
    )
    return [(row, row.state, row.queued_at, row.offer_expires_at) for row in found]


def _of_sessions(event: Event) -> list[Queue]:
    seats = db.session.scalars(
        sa.select(Seat)
        .join(Seat.delegate)
        .where(
            Delegate.event_id == event.id,
            Seat.state.in_(_QUEUED),
            sa.or_(Seat.state == SeatState.WAITING, Delegate.state != SeatState.OFFERED),
        )
        .options(orm.contains_eager(Seat.delegate).options(*_WHO))
        .order_by(Seat.state, Seat.created_at, Seat.delegate_id)
    ).all()
    return [
        Queue(
            planned,
            _turns(
                [
                    (seat.delegate, seat.state, seat.created_at, seat.offer_expires_at)
                    for seat in seats
                    if seat.session_id == planned.id
                ],
                is_session=True,
            ),
        )
        for planned in event.sessions
    ]


def _turns(rows: Sequence[_Row], *, is_session: bool) -> list[Turn]:
    offered = sum(state is SeatState.OFFERED for _, state, _, _ in rows)
    return [
        Turn(
            delegate,
            None if state is SeatState.OFFERED else number - offered,
            since,
            until,
            waits_for_event=is_session and delegate.state is SeatState.WAITING,
        )
        for number, (delegate, state, since, until) in enumerate(rows, 1)
    ]
