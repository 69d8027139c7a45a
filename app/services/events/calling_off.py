"""Postpone an event to a new date or without one, resume it, cancel it. Registrations are kept (C08)."""

from datetime import datetime
from typing import Any

from sqlalchemy import orm

from app.domain.errors import Conflict, InvalidInput
from app.domain.event_facts import NewDate
from app.domain.event_times import deadline_of, times_of
from app.domain.events import EventStatus, change_status
from app.domain.languages import DEFAULT, Translated, in_language
from app.domain.mail import MessageKind
from app.domain.policy import Actor
from app.models.events import Event
from app.queries import event_facts
from app.services import audit
from app.services.events import facts, moving, notices, revisions
from app.services.events.access import manageable, sessions_of
from app.services.transaction import unit_of_work

_ADMITS_MOVING = {EventStatus.PUBLISHED, EventStatus.CLOSED}


def move(*, actor: Actor, slug: str, command: NewDate, now: datetime, revision: int | None = None) -> int:
    """Postpone to a new date: the programme moves along; return how many notices wait as drafts."""
    with unit_of_work() as session:
        event = manageable(actor, slug, revision=revision)
        if event.status not in _ADMITS_MOVING:
            raise Conflict("event_status", now=event.status, to=EventStatus.POSTPONED)
        return _to_new_date(session, event, command, MessageKind.EVENT_POSTPONED, actor, "event.move", now)


def postpone(*, actor: Actor, slug: str, note: Translated, now: datetime, revision: int | None = None) -> int:
    """Postpone without a new date: calendars strike the old one out. Return how many notices wait."""
    return _call_off(actor, slug, EventStatus.POSTPONED, note, now, revision)


def resume(*, actor: Actor, slug: str, command: NewDate, now: datetime, revision: int | None = None) -> int:
    """Give a postponed event its new date; return how many notices wait as drafts."""
    with unit_of_work() as session:
        event = manageable(actor, slug, revision=revision)
        if event.status is not EventStatus.POSTPONED:
            raise Conflict("event_status", now=event.status, to=EventStatus.PUBLISHED)
        return _to_new_date(session, event, command, MessageKind.EVENT_CHANGED, actor, "event.resume", now)


def cancel(*, actor: Actor, slug: str, note: Translated, now: datetime, revision: int | None = None) -> int:
    """Cancel for good; return how many notices wait as drafts."""
    return _call_off(actor, slug, EventStatus.CANCELLED, note, now, revision)


def _call_off(
    actor: Actor, slug: str, to: EventStatus, note: Translated, now: datetime, revision: int | None
) -> int:
    is_cancelled = to is EventStatus.CANCELLED
    kind = MessageKind.EVENT_CANCELLED if is_cancelled else MessageKind.EVENT_POSTPONED
    with unit_of_work() as session:
        event = manageable(actor, slug, revision=revision)
        sessions = sessions_of(session, event)
        said = revisions.revisions(event, sessions)
        event.status = change_status(event.status, to)
        event.public_notes = dict(note)
        revisions.raise_sequences(event, sessions, said, now=now)
        drafted = notices.draft(session, event, kind, event_facts.times(event), now=now)
        _record(actor, event, "event.cancel" if is_cancelled else "event.postpone", now, letters=drafted)
        return drafted


def _to_new_date(
    session: orm.Session,
    event: Event,
    command: NewDate,
    kind: MessageKind,
    actor: Actor,
    act: str,
    now: datetime,
) -> int:
    sessions = sessions_of(session, event)
    said, before = revisions.revisions(event, sessions), event_facts.times(event)
    after = times_of(command.schedule)
    if after.day is None:
        raise InvalidInput("day_missing", field="day")
    if after == before and event.status is not EventStatus.POSTPONED:
        raise InvalidInput("same_date", field="day")
    facts.set_times(event, after)
    moving.move_deadlines(session, event, before)
    if command.deadline_date:
        event.registration_deadline = deadline_of(command.deadline_date, command.deadline_clock, after)
    if event.status is EventStatus.POSTPONED:
        event.status = EventStatus.PUBLISHED
    event.public_notes = dict(command.note)
    moving.move_programme(session, event, sessions, before)
    revisions.raise_sequences(event, sessions, said, now=now)
    drafted = notices.draft(session, event, kind, before, now=now)
    _record(actor, event, act, now, letters=drafted, date=str(after.day), old_date=str(before.day))
    return drafted


def _record(actor: Actor, event: Event, act: str, now: datetime, **details: Any) -> None:
    name = in_language(event.titles, DEFAULT)
    audit.record(actor=actor, act=act, subject=event, name=name, now=now, event_id=event.id, **details)
