"""Who speaks when somebody does not come: his successor, or again nobody by name."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain.policy import Actor
from app.models.events import Event
from app.models.people import Person
from app.models.programme import Appointment
from app.services import audit
from app.services.event_changes import mark_changed


def pass_on(
    session: orm.Session,
    event: Event,
    successors: Mapping[int, Person | None],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Give the appointments of people (by number) to their successors, at once and whatever is released.

    Without a successor the institution or side keeps the place, and names somebody else.
    """
    of_them = sa.select(Appointment).where(
        Appointment.event_id == event.id, Appointment.person_id.in_(successors)
    )
    held = session.scalars(of_them.options(orm.joinedload(Appointment.person))).all()
    recorded: set[str] = set()
    for row in held:
        gone, row.person = row.person, successors[row.person_id or 0]
        if row.public_id in recorded:
            continue  # the same place, as guests know it and as the desk plans it
        recorded.add(row.public_id)
        named = row.person or gone
        audit.record(
            actor=actor,
            act="appointment.name" if row.person else "appointment.release",
            subject=row,
            name=named.full_name if named else "",
            now=now,
            event_id=event.id,
        )
    if held:
        mark_changed(session, event, now)
