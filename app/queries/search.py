"""What an actor finds by a few words, anywhere at the desk: roundtables, institutions, people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import db
from app.domain.event_facts import EventCriteria
from app.domain.policy import Actor
from app.domain.text import words
from app.models.directory import Contact, Organization
from app.models.events import Event
from app.models.people import Person
from app.models.registrations import Delegate
from app.queries import directory, events, scope

MOST = 8
"""How many of each kind are shown."""


@dataclass(frozen=True, slots=True)
class Found:
    """The first of each kind that have all the words."""

    events: Sequence[Event]
    organizations: Sequence[Organization]
    contacts: Sequence[Contact]
    delegates: Sequence[Delegate]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was found."""
        return not (self.events or self.organizations or self.contacts or self.delegates)


def find(actor: Actor, text: str, *, now: datetime, today: date) -> Found:
    """Return what the actor may see and what has all the words, without diacritics; nothing for no words."""
    if not words(text):
        return Found((), (), (), ())
    return Found(
        events=events.list_events(actor, EventCriteria(words=text), now=now, limit=MOST),
        organizations=_organizations(text, today),
        contacts=_contacts(text),
        delegates=_delegates(actor, text),
    )


def _organizations(text: str, today: date) -> Sequence[Organization]:
    """Return those that exist before those that ended."""
    existing = directory.search(text, on=today, limit=MOST)
    known = {row.id for row in existing}
    others = [row for row in directory.search(text, limit=2 * MOST) if row.id not in known]
    return [*existing, *others][:MOST]


def _contacts(text: str) -> Sequence[Contact]:
    found = (
        sa.select(Contact)
        .where(Contact.archived_at.is_(None), directory.matching(text, Contact.search))
        .order_by(Contact.full_name, Contact.id)
        .options(orm.joinedload(Contact.organization))
    )
    return db.session.scalars(found.limit(MOST)).all()


def _delegates(actor: Actor, text: str) -> Sequence[Delegate]:
    """Return who was registered, those of the latest event first."""
    seen = scope.events(actor).subquery()
    found = (
        sa.select(Delegate)
        .join(Delegate.person)
        .join(seen, seen.c.id == Delegate.event_id)
        .where(directory.matching(text, Person.search))
        .order_by(seen.c.date.desc().nulls_last(), Person.sort_name, Delegate.id)
        .options(orm.contains_eager(Delegate.person), orm.joinedload(Delegate.event))
    )
    return db.session.scalars(found.limit(MOST)).all()
