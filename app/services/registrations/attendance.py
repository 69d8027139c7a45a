"""Note who was really there."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain.errors import Conflict
from app.domain.policy import Actor, Permission, require
from app.domain.registrations import SeatState
from app.models.events import Event
from app.models.registrations import Delegate
from app.services import audit
from app.services.registrations import places
from app.services.transaction import unit_of_work


def mark_attended(*, actor: Actor, delegate: Delegate, attended: bool | None, now: datetime) -> str:
    """Note whether a delegate attended (None: not known), and return his public id."""
    require(actor, Permission.MANAGE_EVENTS)
    number, event_id = delegate.id, delegate.event_id
    with unit_of_work() as session:
        held = places.lock_delegate(session, number, event_id)
        if held.state is SeatState.WITHDRAWN:
            raise Conflict("delegate_withdrawn")
        _mark(held, attended, actor, now)
        return held.public_id


def mark_several(
    *, actor: Actor, event: Event, delegates: Collection[str], attended: bool | None, now: datetime
) -> int:
    """Note it for the chosen ones (public ids); withdrawn and unknown ones are left out. Return how many."""
    require(actor, Permission.MANAGE_EVENTS)
    number = event.id
    with unit_of_work() as session:
        places.lock_event(session, number)
        chosen = session.scalars(
            sa.select(Delegate)
            .where(
                Delegate.event_id == number,
                Delegate.public_id.in_(delegates),
                Delegate.state != SeatState.WITHDRAWN,
            )
            .options(orm.joinedload(Delegate.person, innerjoin=True))
            .execution_options(populate_existing=True)
        ).all()
        for delegate in chosen:
            _mark(delegate, attended, actor, now)
        return len(chosen)


def _mark(delegate: Delegate, attended: bool | None, actor: Actor, now: datetime) -> None:
    delegate.attended = attended
    audit.record(
        actor=actor,
        act="delegate.attend" if attended else "delegate.not_attend",
        subject=delegate,
        name=delegate.person.full_name,
        now=now,
        event_id=delegate.event_id,
    )
