"""Places of an event that are kept for an institution until its deadline."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import db
from app.domain.errors import Conflict
from app.domain.events import EventStatus
from app.domain.invitations import effective_deadline
from app.domain.languages import in_language
from app.domain.policy import SYSTEM, Actor
from app.models.events import Event, Side
from app.models.invitations import Invitation
from app.queries.places import KEPT_FOR_SIDE, KEPT_IN_EVENT
from app.services import audit
from app.services.registrations import places, promotion
from app.services.transaction import unit_of_work

_RUNNING = (EventStatus.PUBLISHED, EventStatus.CLOSED)


def require_room(session: orm.Session, event_id: int) -> None:
    """Raise Conflict("reserved_beyond_capacity") when event or a side keeps more than it has, all counted."""
    session.flush()
    of_event = sa.select(Event.taken + KEPT_IN_EVENT - Event.capacity).where(Event.id == event_id)
    of_sides = sa.select(sa.func.max(Side.taken + KEPT_FOR_SIDE - Side.capacity)).where(
        Side.event_id == event_id
    )
    beyond = max(session.scalar(of_event) or 0, session.scalar(of_sides) or 0)
    if beyond > 0:
        raise Conflict("reserved_beyond_capacity", field="reserved", n=beyond)


def release(invitation: Invitation, *, actor: Actor, source: str, now: datetime) -> None:
    """Keep nothing for this institution any more; the caller fills what is free by it."""
    if not invitation.reserved:
        return
    audit.record(
        actor=actor,
        act="invitation.release_places",
        subject=invitation,
        name=in_language(invitation.organization.names, "vi"),
        now=now,
        event_id=invitation.event_id,
        source=source,
        places=max(invitation.reserved - invitation.seated, 0),
    )
    invitation.reserved = 0


def release_lapsed(*, now: datetime) -> int:
    """Give up what was kept for institutions whose deadline has passed; return for how many."""
    due = [row for row in _list_keeping() if _is_lapsed(row, now)]
    numbers = sorted({row.event_id for row in due})
    db.session.rollback()
    return sum(_release_in(number, now) for number in numbers)


def _list_keeping(event_id: int | None = None) -> list[Invitation]:
    found = (
        sa.select(Invitation)
        .join(Invitation.event)
        .where(Invitation.reserved > sa.literal_column("0"), Event.status.in_(_RUNNING))
        .options(orm.contains_eager(Invitation.event), orm.joinedload(Invitation.organization))
        .order_by(Invitation.position)
        .execution_options(**places.FRESH)
    )
    return list(db.session.scalars(found if event_id is None else found.where(Event.id == event_id)))


def _is_lapsed(invitation: Invitation, now: datetime) -> bool:
    deadline = effective_deadline(invitation.deadline, invitation.event)
    return deadline is not None and deadline < now


def _release_in(event_id: int, now: datetime) -> int:
    with unit_of_work() as session:
        places.lock_event(session, event_id)
        lapsed = [row for row in _list_keeping(event_id) if _is_lapsed(row, now)]
        for row in lapsed:
            release(row, actor=SYSTEM, source="system", now=now)
        promotion.fill(session, event_id, (), now)
        return len(lapsed)
