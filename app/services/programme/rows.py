"""Rows of one event's programme as its use-cases load, order and mark them, inside a unit of work."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain.errors import Conflict, NotFound
from app.domain.languages import in_language
from app.domain.policy import Actor
from app.domain.programme import Edition
from app.models.directory import Organization
from app.models.events import Event, Side
from app.models.people import Person
from app.models.programme import AgendaItem, Appointment, Editioned, Session, at_desk
from app.models.registrations import Seat
from app.models.reports import NewsReport, Outcome, Statement
from app.queries import organizations
from app.services import audit
from app.services.event_changes import mark_changed

Child = TypeVar("Child", Session, AgendaItem, Appointment, Side, Person, NewsReport, Statement, Outcome)
Ordered = type[Session] | type[AgendaItem] | type[Appointment] | type[Side] | type[Statement] | type[Outcome]


def event_for_change(session: orm.Session, slug: str) -> Event:
    """Return the event, locked: who else changes its programme waits, who writes letters does not."""
    found = session.scalar(sa.select(Event).where(Event.slug == slug).with_for_update(key_share=True))
    if found is None:
        raise NotFound("event_unknown")
    return found


def child(session: orm.Session, kind: type[Child], event: Event, public_id: str) -> Child:
    """Return a row of this event as the desk plans it; one of another event is not found."""
    query = sa.select(kind).where(kind.public_id == public_id, kind.event_id == event.id)
    found = session.scalar(query.where(at_desk(kind)) if issubclass(kind, Editioned) else query)
    if found is None:
        raise NotFound("not_found")
    return found


def seen(
    session: orm.Session, kind: type[Child], event: Event, public_id: str, revision: int | None
) -> Child:
    """Return a row of this event that is still as the organiser saw it; else raise Conflict.

    Without a `revision` (commands, demo) the present version is meant.
    """
    found = child(session, kind, event, public_id)
    if revision is not None and found.revision != revision:
        raise Conflict("changed_meanwhile")
    return found


def chosen(session: orm.Session, kind: type[Child], event: Event, public_id: str | None) -> Child | None:
    """Return the row that a form chose, None where it chose none."""
    return child(session, kind, event, public_id) if public_id else None


def holder(typed: str) -> Organization | None:
    """Return the organisation that a form names, None where it names none."""
    return organizations.get_named(typed, field="organization") if typed else None


def edition_of_new(event: Event) -> Edition:
    """Return who reads what the desk adds: before the first release everybody, then the desk alone."""
    return Edition.PLANNED if event.keeps_editions else Edition.SHARED


def count_seats(session: orm.Session, row: Session) -> int:
    """Return how many people have or had a seat in a session."""
    return session.scalar(sa.select(sa.func.count()).where(Seat.session_id == row.id)) or 0


def delete_free(session: orm.Session, appointments: sa.Select[Appointment]) -> None:
    """Delete those of the appointments that nobody holds yet."""
    for appointment in session.scalars(appointments):
        if appointment.is_free:
            session.delete(appointment)
    session.flush()


def renumber(session: orm.Session, kind: Ordered, ids: Sequence[int]) -> None:
    """Number the rows 1, 2, 3 … in this order; their revision stays, for nobody's words are changed."""
    if ids:
        session.flush()
        places = sa.case({key: place for place, key in enumerate(ids, 1)}, value=kind.id)
        session.execute(sa.update(kind).where(kind.id.in_(ids)).values(position=places))


def record(
    session: orm.Session,
    event: Event,
    subject: audit.Subject,
    name: Mapping[str, str] | str,
    *,
    actor: Actor,
    act: str,
    now: datetime,
    **details: Any,
) -> None:
    """Record an act, and mark that readers of the event's page see something new, if guests know the row."""
    session.flush()
    if not (isinstance(subject, Editioned) and subject.edition is Edition.PLANNED):
        mark_changed(session, event, now)
    audit.record(
        actor=actor,
        act=act,
        subject=subject,
        name=name if isinstance(name, str) else in_language(name, "vi"),
        now=now,
        event_id=event.id,
        **details,
    )
