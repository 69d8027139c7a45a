"""Who uses an organisation: the events it had a part in, and when its contacts were last written to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from app.db import db
from app.domain.policy import Actor
from app.domain.programme import AppointmentRole
from app.models.directory import Contact, Organization
from app.models.events import Event, EventOrganizer
from app.models.invitations import Invitation
from app.models.people import Person
from app.models.programme import Appointment, at_desk
from app.models.registrations import Delegate
from app.queries import organizations as lookup
from app.queries import scope


@dataclass
class Part:
    """What an organisation had to do with one event."""

    event: Event
    invitation: Invitation | None = None
    carries: bool = False
    roles: list[AppointmentRole] = field(default_factory=list)
    people: int = 0
    attended: int = 0


@dataclass(frozen=True)
class ContactUse:
    """How many invitations went to a contact, and when the last one left."""

    invitations: int
    last: datetime | None


def list_parts(organization: Organization, actor: Actor) -> list[Part]:
    """Return the events an organisation had a part in and the actor may see, the newest first."""
    invited = {row.event_id: row for row in lookup.list_invitations(organization, actor)}
    roles, carried = _roles(organization), _carried(organization)
    people, attended = _people(organization), _attended(organization)
    numbers = {*invited, *roles, *carried, *people, *attended}
    wanted = scope.events(actor).where(Event.id.in_(numbers))
    return [
        Part(
            event=event,
            invitation=invited.get(event.id),
            carries=event.id in carried,
            roles=roles.get(event.id, []),
            people=people[event.id],
            attended=attended[event.id],
        )
        for event in db.session.scalars(wanted.order_by(Event.date.desc(), Event.id.desc()))
    ]


def list_contact_uses(organization: Organization) -> dict[int, ContactUse]:
    """Return by the number of a contact how it was used; those never written to are left out."""
    rows = db.session.execute(
        sa.select(Contact.id, sa.func.count(), sa.func.max(Invitation.sent_at))
        .join(Invitation, Invitation.contact_id == Contact.id)
        .where(Contact.organization_id == organization.id)
        .group_by(Contact.id)
    )
    return {number: ContactUse(count, last) for number, count, last in rows}


def count_contact_use(contact: Contact) -> int:
    """Count the invitations that name a contact."""
    wanted = sa.select(sa.func.count()).where(Invitation.contact_id == contact.id)
    return db.session.scalar(wanted) or 0


def _roles(organization: Organization) -> dict[int, list[AppointmentRole]]:
    rows = db.session.execute(
        sa.select(Appointment.event_id, Appointment.role)
        .where(Appointment.organization_id == organization.id, at_desk(Appointment))
        .order_by(Appointment.position)
    )
    found: dict[int, list[AppointmentRole]] = {}
    for event_id, role in rows:
        if role not in found.setdefault(event_id, []):
            found[event_id].append(role)
    return found


def _carried(organization: Organization) -> Sequence[int]:
    wanted = sa.select(EventOrganizer.event_id).where(EventOrganizer.organization_id == organization.id)
    return db.session.scalars(wanted).all()


def _people(organization: Organization) -> Counter[int]:
    return _counted(
        sa.select(Person.event_id, sa.func.count())
        .where(Person.organization_id == organization.id)
        .group_by(Person.event_id)
    )


def _attended(organization: Organization) -> Counter[int]:
    """Count who was there: of the delegations of its invitations."""
    return _counted(
        sa.select(Delegate.event_id, sa.func.count())
        .join(Invitation, Invitation.id == Delegate.invitation_id)
        .where(Invitation.organization_id == organization.id, Delegate.attended.is_(True))
        .group_by(Delegate.event_id)
    )


def _counted(query: sa.Select[int, int]) -> Counter[int]:
    found: Counter[int] = Counter()
    for event_id, count in db.session.execute(query):
        found[event_id] = count
    return found
