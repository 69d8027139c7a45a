"""People of an event: a snapshot is made once and corrected later; the directory moves on without it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain.errors import Conflict, NotFound
from app.domain.people import PersonDetails, sort_name
from app.domain.policy import Actor, Permission, require
from app.domain.text import searched
from app.models.directory import Organization
from app.models.events import Event
from app.models.people import Person
from app.models.programme import Appointment
from app.models.registrations import Delegate
from app.models.reports import Statement
from app.queries import organizations
from app.services import audit
from app.services.transaction import unit_of_work


def edit_person(
    *, actor: Actor, slug: str, person_id: str, revision: int, command: PersonDetails, now: datetime
) -> str:
    """Correct how a person is printed at this event; return his public id.

    Forms that are open on him as a delegate are outdated by it.
    """
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        person = session.scalar(
            sa.select(Person)
            .join(Event, Event.id == Person.event_id)
            .where(Event.slug == slug, Person.public_id == person_id)
        )
        if person is None:
            raise NotFound("not_found")
        if person.revision != revision:
            raise Conflict("changed_meanwhile")
        describe(person, command)
        session.execute(
            sa.update(Delegate).where(Delegate.person_id == person.id).values(revision=Delegate.revision + 1)
        )
        audit.record(
            actor=actor,
            act="person.edit",
            subject=person,
            name=person.full_name,
            now=now,
            event_id=person.event_id,
        )
        return person.public_id


def describe(person: Person, details: PersonDetails, organization: Organization | None = None) -> None:
    """Put what is known of a person into the row; `organization` stands in where none is named."""
    named = (
        organizations.get_named(details.organization, field="organization") if details.organization else None
    )
    person.organization = named or (None if details.organization_name else organization)
    person.organization_name = details.organization_name
    person.full_name, person.native_name = details.full_name, details.native_name
    person.form_of_address = details.form_of_address
    person.ranks, person.posts = dict(details.ranks), dict(details.posts)
    person.precedence, person.country = details.precedence, details.country
    person.timezone, person.language = details.timezone, details.language
    person.email, person.phone = details.email, details.phone
    index(person)


def index(person: Person) -> None:
    """Bring the sort name and the words for search up to date."""
    person.sort_name = sort_name(person.full_name, person.country)
    person.search = searched(person.full_name, person.native_name, person.email, person.organization_name)


def drop_unused(session: orm.Session, person_id: int | None) -> None:
    """Remove a person who has neither seat nor appointment nor statement any more."""
    if person_id is None:
        return
    session.flush()
    uses = [
        sa.exists().where(Delegate.person_id == person_id),
        sa.exists().where(Appointment.person_id == person_id),
        sa.exists().where(Statement.person_id == person_id),
    ]
    if not session.scalar(sa.select(sa.or_(*uses))):
        session.execute(sa.delete(Person).where(Person.id == person_id))
