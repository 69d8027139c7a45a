"""Load what a use-case changes: the event in the version that the organiser saw, and its programme."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import db
from app.domain.errors import Conflict
from app.domain.policy import Actor, Permission, require
from app.models.events import Event
from app.models.programme import AgendaItem, Session, at_desk, for_guests
from app.queries import events


def manageable(actor: Actor, slug: str, *, revision: int | None = None) -> Event:
    """Return the event, for others to wait; raise NotAllowed, NotFound, or Conflict for an older state.

    Without a `revision` (commands, demo) the present version is meant.
    """
    require(actor, Permission.MANAGE_EVENTS)
    event = events.get(slug, actor)
    db.session.execute(sa.select(Event.id).where(Event.id == event.id).with_for_update(key_share=True))
    db.session.refresh(event)
    if revision is not None and event.revision != revision:
        raise Conflict("changed_meanwhile")
    return event


def sessions_of(session: orm.Session, event: Event) -> Sequence[Session]:
    """Return the sessions that guests know, in their order."""
    query = sa.select(Session).where(Session.event_id == event.id, for_guests(Session))
    return session.scalars(query.order_by(Session.position)).all()


def planned_sessions_of(session: orm.Session, event: Event) -> Sequence[Session]:
    """Return the sessions that the desk plans, in their order."""
    query = sa.select(Session).where(Session.event_id == event.id, at_desk(Session))
    return session.scalars(query.order_by(Session.position)).all()


def agenda_of(session: orm.Session, event: Event) -> Sequence[AgendaItem]:
    """Return the agenda in its order, for guests and as the desk plans it."""
    query = sa.select(AgendaItem).where(AgendaItem.event_id == event.id)
    return session.scalars(query.order_by(AgendaItem.position, AgendaItem.id)).all()
