"""What an actor finds by a few words, anywhere at the desk: roundtables, institutions, people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

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

Row = TypeVar("Row", Contact, Delegate)
MOST = 8
"""How many of each kind are shown."""
_AT_ONCE = 500


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
    wanted = words(text)
    if not wanted:
        return Found((), (), (), ())
    return Found(
        events=events.list_events(actor, EventCriteria(words=text), now=now, limit=MOST),
        organizations=_organizations(text, today),
        contacts=_load(Contact, _first(_contacts(), wanted), Contact.organization),
        delegates=_load(Delegate, _first(_delegates(actor), wanted), Delegate.person, Delegate.event),
    )


def _organizations(text: str, today: date) -> Sequence[Organization]:
    """Return those that exist before those that ended."""
    existing = directory.search(text, on=today, limit=MOST)
    known = {row.id for row in existing}
    others = [row for row in directory.search(text, limit=2 * MOST) if row.id not in known]
    return [*existing, *others][:MOST]


def _contacts() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(Contact.id, Contact.full_name, Contact.post, Contact.email)
        .where(Contact.archived_at.is_(None))
        .order_by(Contact.full_name, Contact.id)
    )


def _delegates(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    """Select whoever was registered, those of the latest event first."""
    seen = scope.events(actor).subquery()
    return (
        sa.select(Delegate.id, Person.full_name, Person.native_name, Person.email, Person.organization_name)
        .join(Person, Person.id == Delegate.person_id)
        .join(seen, seen.c.id == Delegate.event_id)
        .order_by(seen.c.date.desc().nulls_last(), Person.sort_name, Delegate.id)
    )


def _first(query: sa.Select[*tuple[Any, ...]], wanted: Sequence[str]) -> list[int]:
    """Return the numbers of the first rows whose words begin with the wanted ones.

    Names are kept as printed, without a search form beside them: rows are read until enough are found.
    """
    found: list[int] = []
    with db.session.execute(query.execution_options(yield_per=_AT_ONCE)) as rows:
        for number, *texts in rows:
            known = words(" ".join(text for text in texts if text))
            if all(any(word.startswith(part) for word in known) for part in wanted):
                found.append(number)
            if len(found) == MOST:
                break
    return found


def _load(kind: type[Row], numbers: Sequence[int], *with_them: Any) -> Sequence[Row]:
    query = sa.select(kind).where(kind.id.in_(numbers)).options(*map(orm.joinedload, with_them))
    return sorted(db.session.scalars(query), key=lambda row: numbers.index(row.id))
