"""Speaking slots of a side: give one to an institution, or free it again (A30)."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain.errors import Conflict, NotFound
from app.domain.languages import in_language
from app.domain.policy import Actor, Permission, require
from app.domain.programme import AppointmentRole
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.programme import Appointment
from app.services import people
from app.services.programme import rows
from app.services.transaction import unit_of_work


def give_slot(*, actor: Actor, slug: str, slot: str, invitation: str, now: datetime) -> None:
    """Give a free slot to an invited institution of its side; its person is named later.

    Raises Conflict("slot_given") when somebody holds it, NotFound for an institution of another side.
    """
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        row = _slot(session, event, slot)
        if not row.is_free:
            raise Conflict("slot_given")
        found = session.scalar(
            sa.select(Invitation).where(
                Invitation.event_id == event.id,
                Invitation.public_id == invitation,
                Invitation.side_id == row.side_id,
            )
        )
        if found is None:
            raise NotFound("not_found")
        row.organization = found.organization
        name = in_language(found.organization.names, "vi")
        rows.record(session, event, row, {"vi": name}, actor=actor, act="slot.give", now=now)


def free_slot(*, actor: Actor, slug: str, slot: str, now: datetime) -> None:
    """Take a slot back: it stays with its side, and somebody else can have it."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        row = _slot(session, event, slot)
        names = row.organization.names if row.organization else row.labels
        before, row.person, row.organization, row.labels = row.person_id, None, None, {}
        people.drop_unused(session, before)
        rows.record(session, event, row, names, actor=actor, act="slot.free", now=now)


def _slot(session: orm.Session, event: Event, public_id: str) -> Appointment:
    row = rows.child(session, Appointment, event, public_id)
    if row.side_id is None or row.role is not AppointmentRole.SPEAKER:
        raise NotFound("not_found")
    return row
