"""Places of events, quotas and sessions: every change of a counter happens here.

Each use-case first locks the event (SQLite: the whole database), so that people are seated one after the
other; the guard in each UPDATE is the second wall. Order of locks: event, invitation, sessions.
"""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain.errors import Conflict, NotFound
from app.domain.events import PUBLIC
from app.domain.programme import SessionStatus
from app.domain.registrations import SeatState
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.people import Person
from app.models.programme import Session
from app.models.registrations import Delegate, Seat

_FRESH: dict[str, Any] = {"populate_existing": True}
_BLIND: dict[str, Any] = {"synchronize_session": False}
_EVENT = (
    sa.select(Event)
    .outerjoin(Event.sessions)
    .options(orm.contains_eager(Event.sessions))
    .order_by(Session.position)
    .with_for_update(of=Event, key_share=True)
    .execution_options(**_FRESH)
)
_WITH_PERSON = (
    orm.joinedload(Delegate.person).joinedload(Person.organization),
    orm.joinedload(Delegate.invitation),
    orm.selectinload(Delegate.seats),
)


def lock_event(session: orm.Session, event_id: int) -> Event:
    """Lock an event and return it, with its sessions, as it is now."""
    return session.scalars(_EVENT.where(Event.id == event_id)).unique().one()


def lock_public_event(session: orm.Session, slug: str) -> Event:
    """Lock a published event and return it as lock_event() does."""
    found = _EVENT.where(Event.slug == slug, Event.status.in_(PUBLIC))
    event = session.scalars(found).unique().one_or_none()
    if event is None:
        raise NotFound("event_unknown")
    return event


def lock_invitation(session: orm.Session, invitation_id: int) -> Invitation:
    """Lock an event and one of its invitations; return the latter as it is now."""
    return session.scalars(
        sa.select(Invitation)
        .select_from(Event)
        .join(Invitation, Invitation.event_id == Event.id)
        .join(Invitation.organization)
        .outerjoin(Event.sessions)
        .where(Invitation.id == invitation_id)
        .options(
            orm.contains_eager(Invitation.event).contains_eager(Event.sessions),
            orm.contains_eager(Invitation.organization),
        )
        .order_by(Session.position)
        .with_for_update(of=(Event, Invitation), key_share=True)
        .execution_options(**_FRESH)
    ).unique().one()  # fmt: skip


def lock_delegate(session: orm.Session, delegate_id: int, event_id: int) -> Delegate:
    """Lock the event of a delegate; return him as he is now."""
    lock_event(session, event_id)
    found = session.scalar(
        sa.select(Delegate)
        .where(Delegate.id == delegate_id)
        .options(*_WITH_PERSON)
        .execution_options(**_FRESH)
    )
    if found is None:
        raise NotFound("not_found")
    return found


def take_event(session: orm.Session, event_id: int) -> bool:
    """Take a place of the event; False when it is full."""
    return _change(
        session,
        sa.update(Event)
        .where(Event.id == event_id, sa.or_(Event.capacity.is_(None), Event.taken < Event.capacity))
        .values(taken=Event.taken + 1),
    )


def take_quota(session: orm.Session, invitation: Invitation) -> None:
    """Take a place of an institution's quota; raise Conflict("quota_full") when none is left."""
    taken = _change(
        session,
        sa.update(Invitation)
        .where(Invitation.id == invitation.id, Invitation.taken < Invitation.quota)
        .values(taken=Invitation.taken + 1),
    )
    if not taken:
        raise Conflict("quota_full", field="role", quota=invitation.quota)


def take_sessions(session: orm.Session, sessions: Collection[int]) -> set[int]:
    """Take a place in each session; return those that had one."""
    if not sessions:
        return set()
    taken = session.scalars(
        sa.update(Session)
        .where(
            Session.id.in_(sessions),
            Session.status == SessionStatus.PLANNED,
            sa.or_(Session.capacity.is_(None), Session.taken < Session.capacity),
        )
        .values(taken=Session.taken + 1)
        .returning(Session.id),
        execution_options=_BLIND,
    )
    return set(taken)


def give_back_event(session: orm.Session, event_id: int) -> None:
    """Give a place of the event back."""
    _change(session, sa.update(Event).where(Event.id == event_id).values(taken=Event.taken - 1))


def give_back_quota(session: orm.Session, invitation_id: int | None) -> None:
    """Give a place of a quota back; people who came alone hold none."""
    if invitation_id is not None:
        held = sa.update(Invitation).where(Invitation.id == invitation_id)
        _change(session, held.values(taken=Invitation.taken - 1))


def give_back_sessions(session: orm.Session, sessions: Collection[int]) -> None:
    """Give one place back in each session."""
    if sessions:
        held = sa.update(Session).where(Session.id.in_(sessions))
        _change(session, held.values(taken=Session.taken - 1))


def list_next(session: orm.Session, event_id: int) -> Sequence[Delegate]:
    """Return who may move up into the event: as many as there are free places, first come first."""
    free = session.scalar(
        sa.select(Event.capacity - Event.taken).where(Event.id == event_id, Event.capacity.is_not(None))
    )
    waiting = sa.select(Delegate).where(Delegate.event_id == event_id, Delegate.state == SeatState.WAITING)
    return session.scalars(
        (waiting if free is None else waiting.limit(max(free, 0)))
        .order_by(Delegate.id)
        .options(*_WITH_PERSON)
        .execution_options(**_FRESH)
    ).all()


def list_next_seats(session: orm.Session, session_id: int) -> Sequence[Seat]:
    """Return which seats may move up in a session: as many as there are free places, first come first."""
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
            Delegate.state == SeatState.CONFIRMED,
        )
    )
    return session.scalars(
        (waiting if free is None else waiting.limit(max(free, 0)))
        .order_by(Seat.created_at, Seat.delegate_id)
        .options(orm.contains_eager(Seat.delegate).options(*_WITH_PERSON))
        .execution_options(**_FRESH)
    ).all()


def _change(session: orm.Session, statement: sa.Update) -> bool:
    result = session.execute(statement, execution_options=_BLIND)
    return bool(result.rowcount)  # type: ignore[attr-defined]  # an UPDATE answers with a CursorResult
