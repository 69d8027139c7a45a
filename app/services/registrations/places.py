"""Places of events, quotas and sessions: every change of a counter happens here.

Each use-case first locks the event (SQLite: the whole database), so that people are seated one after the
other; the guard in each UPDATE is the second wall. Order of locks: event, invitation, sessions.
"""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import Base
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
_WITH_PERSON = (
    orm.joinedload(Delegate.person).joinedload(Person.organization),
    orm.joinedload(Delegate.invitation),
    orm.selectinload(Delegate.seats),
)
# Statements are built once: a registration says six of them while others wait for its lock.
_ID: sa.BindParameter[int] = sa.bindparam("number")
_IDS: sa.BindParameter[Any] = sa.bindparam("numbers", expanding=True)
_EVENT = (
    sa.select(Event)
    .outerjoin(Event.sessions)
    .options(orm.contains_eager(Event.sessions))
    .order_by(Session.position)
    .with_for_update(of=Event, key_share=True)
    .execution_options(**_FRESH)
)
_EVENT_OF_ID = _EVENT.where(Event.id == _ID)
_PUBLIC_EVENT = _EVENT.where(Event.slug == sa.bindparam("slug"), Event.status.in_(PUBLIC))
_INVITATION = (
    sa.select(Invitation)
    .select_from(Event)
    .join(Invitation, Invitation.event_id == Event.id)
    .join(Invitation.organization)
    .outerjoin(Event.sessions)
    .where(Invitation.id == _ID)
    .options(
        orm.contains_eager(Invitation.event).contains_eager(Event.sessions),
        orm.contains_eager(Invitation.organization),
    )
    .order_by(Session.position)
    .with_for_update(of=(Event, Invitation), key_share=True)
    .execution_options(**_FRESH)
)
_event, _invitation, _session = (
    Base.metadata.tables[model.__tablename__] for model in (Event, Invitation, Session)
)
_TAKE_EVENT = (
    _event.update()
    .where(_event.c.id == _ID, sa.or_(_event.c.capacity.is_(None), _event.c.taken < _event.c.capacity))
    .values(taken=_event.c.taken + 1)
)
_TAKE_QUOTA = (
    _invitation.update()
    .where(_invitation.c.id == _ID, _invitation.c.taken < _invitation.c.quota)
    .values(taken=_invitation.c.taken + 1)
)
_TAKE_SESSIONS = (
    _session.update()
    .where(
        _session.c.id.in_(_IDS),
        _session.c.status == SessionStatus.PLANNED,
        sa.or_(_session.c.capacity.is_(None), _session.c.taken < _session.c.capacity),
    )
    .values(taken=_session.c.taken + 1)
    .returning(_session.c.id)
)
_GIVE_BACK_EVENT = _event.update().where(_event.c.id == _ID).values(taken=_event.c.taken - 1)
_GIVE_BACK_QUOTA = _invitation.update().where(_invitation.c.id == _ID).values(taken=_invitation.c.taken - 1)
_GIVE_BACK_SESSIONS = _session.update().where(_session.c.id.in_(_IDS)).values(taken=_session.c.taken - 1)


def lock_event(session: orm.Session, event_id: int) -> Event:
    """Lock an event and return it, with its sessions, as it is now."""
    return session.scalars(_EVENT_OF_ID, {"number": event_id}).unique().one()


def lock_public_event(session: orm.Session, slug: str) -> Event:
    """Lock a published event and return it as lock_event() does."""
    event = session.scalars(_PUBLIC_EVENT, {"slug": slug}).unique().one_or_none()
    if event is None:
        raise NotFound("event_unknown")
    return event


def lock_invitation(session: orm.Session, invitation_id: int) -> Invitation:
    """Lock an event and one of its invitations; return the latter as it is now."""
    return session.scalars(_INVITATION, {"number": invitation_id}).unique().one()


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
    return _change(session, _TAKE_EVENT, event_id)


def take_quota(session: orm.Session, invitation: Invitation) -> None:
    """Take a place of an institution's quota; raise Conflict("quota_full") when none is left."""
    if not _change(session, _TAKE_QUOTA, invitation.id):
        raise Conflict("quota_full", field="role", quota=invitation.quota)


def take_sessions(session: orm.Session, sessions: Collection[int]) -> set[int]:
    """Take a place in each session; return those that had one."""
    if not sessions:
        return set()
    return set(session.scalars(_TAKE_SESSIONS, {"numbers": sessions}))


def give_back_event(session: orm.Session, event_id: int) -> None:
    """Give a place of the event back."""
    _change(session, _GIVE_BACK_EVENT, event_id)


def give_back_quota(session: orm.Session, invitation_id: int | None) -> None:
    """Give a place of a quota back; people who came alone hold none."""
    if invitation_id is not None:
        _change(session, _GIVE_BACK_QUOTA, invitation_id)


def give_back_sessions(session: orm.Session, sessions: Collection[int]) -> None:
    """Give one place back in each session."""
    if sessions:
        session.execute(_GIVE_BACK_SESSIONS, {"numbers": sessions})


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


def _change(session: orm.Session, statement: sa.Update, number: int) -> bool:
    result = session.execute(statement, {"number": number})
    return bool(result.rowcount)  # type: ignore[attr-defined]  # an UPDATE answers with a CursorResult
