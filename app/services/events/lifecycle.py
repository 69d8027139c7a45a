"""Publish an event, close and reopen its registration, file it in the archive."""

from datetime import datetime

import sqlalchemy as sa

from app.domain.errors import Conflict
from app.domain.events import EventStatus, change_status, is_over, require_complete
from app.domain.languages import DEFAULT, in_language
from app.domain.policy import Actor
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.models.registrations import Delegate
from app.queries import event_facts
from app.services import audit
from app.services.events.access import manageable
from app.services.transaction import unit_of_work


def publish(*, actor: Actor, slug: str, now: datetime, revision: int | None = None) -> EventStatus:
    """Show a draft to the public; a record of the past goes to the archive at once. Return the new status.

    Raises InvalidInput("event_incomplete"), which names what is missing.
    """
    with unit_of_work():
        event = manageable(actor, slug, revision=revision)
        require_complete(event_facts.missing(event))
        to = EventStatus.ARCHIVED if event.is_archive else EventStatus.PUBLISHED
        if event.status is not EventStatus.DRAFT:
            raise Conflict("event_status", now=event.status, to=to)
        _change(actor, event, to, "event.publish", now)
        return to


def discard(*, actor: Actor, slug: str, now: datetime, revision: int | None = None) -> None:
    """Delete a draft with its programme; raise Conflict("draft_has_guests") once others are concerned."""
    with unit_of_work() as session:
        event = manageable(actor, slug, revision=revision)
        if event.status is not EventStatus.DRAFT:
            raise Conflict("event_status", now=event.status)
        for table in (Invitation, Delegate, OutboxMessage):
            if session.scalar(sa.select(table.id).where(table.event_id == event.id).limit(1)):
                raise Conflict("draft_has_guests")
        name = in_language(event.titles, DEFAULT)
        audit.record(actor=actor, act="event.discard", subject=event, name=name, now=now)
        session.execute(sa.update(Event).where(Event.parent_id == event.id).values(parent_id=None))
        session.execute(sa.delete(Event).where(Event.id == event.id))


def close(*, actor: Actor, slug: str, now: datetime, revision: int | None = None) -> None:
    """Admit no more answers; what was answered stays."""
    with unit_of_work():
        event = manageable(actor, slug, revision=revision)
        _change(actor, event, EventStatus.CLOSED, "event.close", now)


def reopen(*, actor: Actor, slug: str, now: datetime, revision: int | None = None) -> None:
    """Admit answers again."""
    with unit_of_work():
        event = manageable(actor, slug, revision=revision)
        if event.status is not EventStatus.CLOSED:
            raise Conflict("event_status", now=event.status, to=EventStatus.PUBLISHED)
        _change(actor, event, EventStatus.PUBLISHED, "event.reopen", now)


def archive(*, actor: Actor, slug: str, now: datetime, revision: int | None = None) -> None:
    """File an event that took place; raise Conflict("event_not_over") while it lies ahead."""
    with unit_of_work():
        event = manageable(actor, slug, revision=revision)
        require_complete(event_facts.missing(event))
        if not event.is_archive and not is_over(event.date, event.starts_at, event.ends_at, now=now):
            raise Conflict("event_not_over")
        _change(actor, event, EventStatus.ARCHIVED, "event.archive", now)


def restore(*, actor: Actor, slug: str, now: datetime, revision: int | None = None) -> None:
    """Take an event out of the archive again; it stays closed."""
    with unit_of_work():
        event = manageable(actor, slug, revision=revision)
        if event.status is not EventStatus.ARCHIVED:
            raise Conflict("event_status", now=event.status, to=EventStatus.CLOSED)
        _change(actor, event, EventStatus.CLOSED, "event.restore", now)


def _change(actor: Actor, event: Event, to: EventStatus, act: str, now: datetime) -> None:
    event.status = change_status(event.status, to)
    event.changed_at = now
    name = in_language(event.titles, DEFAULT)
    audit.record(actor=actor, act=act, subject=event, name=name, now=now, event_id=event.id, status=to)
