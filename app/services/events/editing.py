"""Create and edit an event."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain.errors import InvalidInput
from app.domain.event_facts import EventFacts
from app.domain.events import CALLED_OFF, EventStatus, require_complete
from app.domain.identifiers import new_public_id, slugify
from app.domain.languages import DEFAULT, in_language
from app.domain.policy import Actor, Permission, require
from app.domain.registrations import has_more_room
from app.models.events import Event
from app.queries import event_facts
from app.services import audit
from app.services.events import differences, facts, moving, notices, revisions
from app.services.events.access import manageable, sessions_of
from app.services.registrations import promotion
from app.services.transaction import unit_of_work


def create(*, actor: Actor, command: EventFacts, now: datetime) -> str:
    """Create a draft and return its slug."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        slug = free_slug(session, in_language(command.titles, DEFAULT))
        event = Event(slug=slug, titles={}, created_at=now, changed_at=now)
        facts.apply(session, event, command)
        session.add(event)
        session.flush()
        audit.record(
            actor=actor, act="event.create", subject=event, name=_name(event), now=now, event_id=event.id
        )
    return slug


def edit(*, actor: Actor, slug: str, command: EventFacts, now: datetime, revision: int | None = None) -> int:
    """Change an event; return how many notices wait as drafts because hours, status or link changed.

    What was published stays complete. The programme moves along where the command says so. More seats go to
    those who wait.
    """
    with unit_of_work() as session:
        event = manageable(actor, slug, revision=revision)
        sessions = sessions_of(session, event)
        before, times = differences.columns(event), event_facts.times(event)
        said = revisions.revisions(event, sessions)
        with session.no_autoflush:
            facts.apply(session, event, command)
        if event.status is not EventStatus.DRAFT:
            require_complete(event_facts.missing(event))
        if command.moves_programme:
            moving.move_programme(session, event, sessions, times)
        if event.status in CALLED_OFF and event_facts.times(event) != times:
            raise InvalidInput("called_off_keeps_its_date", field="day")
        is_other_entry = revisions.raise_sequences(event, sessions, said, now=now)
        session.flush()
        drafted = notices.draft_change(session, event, times, now=now) if is_other_entry else 0
        if has_more_room(before["capacity"], event.capacity):
            promotion.fill(session, event.id, (), now)
        audit.record(
            actor=actor,
            act="event.edit",
            subject=event,
            name=_name(event),
            now=now,
            event_id=event.id,
            changed=differences.between(before, differences.columns(event)),
        )
    return drafted


def free_slug(session: orm.Session, title: str) -> str:
    """Return an address made of the title that no event has yet."""
    stem = slugify(title) or new_public_id()
    taken = set(session.scalars(sa.select(Event.slug).where(Event.slug.startswith(stem, autoescape=True))))
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _name(event: Event) -> str:
    return in_language(event.titles, DEFAULT)
