"""What has to be done about events that are under way, each thing with its one act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from app.db import db
from app.domain.approvals import Approver
from app.domain.events import EventStatus, Missing, is_over
from app.domain.first_steps import FirstStep
from app.domain.invitations import SILENT, InvitationState, effective_deadline
from app.domain.languages import missing_languages
from app.domain.mail import ATTENTION, MessageState
from app.domain.programme import SPEAKERS, SessionStatus
from app.domain.registrations import SeatState
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.models.people import Person
from app.models.programme import Appointment, Session, at_desk, for_guests
from app.models.registrations import Delegate
from app.queries import approvals, change_requests, event_facts, event_tallies, inbound, speaking

_NEAR = timedelta(days=7)
_OPEN = frozenset({EventStatus.PUBLISHED, EventStatus.CLOSED})


class TaskKind(StrEnum):
    """Why something has to be done."""

    APPROVE = "approve"
    CHANGE = "change"
    FLOOR = "floor"
    ANSWER = "answer"
    INVITE = "invite"
    ADDRESS = "address"
    PREPARE = "prepare"
    RELEASE = "release"
    DECIDE = "decide"
    BOUNCED = "bounced"
    CHASE = "chase"
    TWICE = "twice"
    SPEAKER = "speaker"
    TRANSLATE = "translate"
    COMPLETE = "complete"
    PUBLISH = "publish"


STEPS = frozenset(
    TaskKind(kind) for kind in ("invite", "address", "prepare", "release", "complete", "publish")
)
"""What the first steps of an event say as well."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do about one event: how many of what, what is missing, or which name is concerned."""

    kind: TaskKind
    event: Event
    count: int = 0
    missing: tuple[Missing, ...] = ()
    languages: tuple[str, ...] = ()
    deadline: datetime | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """An event that is under way or being prepared, in numbers."""

    event: Event
    numbers: event_tallies.Tally


def list_tasks(running: Sequence[Running], *, now: datetime) -> Sequence[Task]:
    """Return what waits about these events; the statements grow neither with them nor with their guests.

    First stands what others asked for and wait to hear about.
    """
    ids = [one.event.id for one in running]
    letters, silent = _letters(ids), _without_speaker(ids)
    twice, texts = _registered_twice(ids), _untranslated(running)
    found = _to_decide(running)
    for one in running:
        event = one.event
        over = is_over(event.date, event.starts_at, event.ends_at, now=now)
        found += [*(_to_invite(one) if not over else ()), *_about_letters(one, letters, now)]
        if event.status is not EventStatus.DRAFT and over:
            continue
        if double := twice.get(event.id):
            found.append(Task(TaskKind.TWICE, event, double[0], name=double[1]))
        if sessions := silent.get(event.id):
            found.append(Task(TaskKind.SPEAKER, event, sessions))
        if lacking := texts.get(event.id):
            found.append(Task(TaskKind.TRANSLATE, event, languages=lacking))
        if event.status is EventStatus.DRAFT:
            missing = event_facts.missing(event)
            found.append(Task(TaskKind.COMPLETE if missing else TaskKind.PUBLISH, event, missing=missing))
    return found


def _about_letters(one: Running, letters: Mapping[tuple[int, bool], int], now: datetime) -> list[Task]:
    event, answers, found = one.event, one.numbers.invitations, []
    if waiting := letters.get((event.id, False)):
        found.append(Task(TaskKind.RELEASE, event, waiting))
    if doubtful := letters.get((event.id, True)):
        found.append(Task(TaskKind.DECIDE, event, doubtful))
    if bounced := answers.get(InvitationState.UNDELIVERABLE):
        found.append(Task(TaskKind.BOUNCED, event, bounced))
    silent, deadline = sum(answers.get(state, 0) for state in SILENT), effective_deadline(None, event)
    if silent and deadline and event.status is EventStatus.PUBLISHED and now <= deadline <= now + _NEAR:
        found.append(Task(TaskKind.CHASE, event, silent, deadline=deadline))
    return found


def _to_invite(one: Running) -> list[Task]:
    """Return what is next until everybody has his letter."""
    if one.event.status is not EventStatus.PUBLISHED:
        return []
    if not one.numbers.invited:
        return [Task(TaskKind.INVITE, one.event)]
    counts = {TaskKind.ADDRESS: one.numbers.unaddressed, TaskKind.PREPARE: one.numbers.unwritten}
    return [Task(kind, one.event, count) for kind, count in counts.items() if count]


def first_steps(one: Running, *, now: datetime) -> Mapping[FirstStep, bool]:
    """Return which steps to the first letter are done; none once a letter has left, or where none will."""
    event, numbers = one.event, one.numbers
    is_closed = event.status not in {EventStatus.DRAFT, EventStatus.PUBLISHED}
    is_late = is_over(event.date, event.starts_at, event.ends_at, now=now)
    if event.is_archive or is_closed or is_late or numbers.sent:
        return {}
    return {
        FirstStep.FACTS: not event_facts.missing(event),
        FirstStep.PROGRAMME: numbers.sessions > 0,
        FirstStep.GUESTS: numbers.invited > 0,
        FirstStep.PUBLISH: event.status is EventStatus.PUBLISHED,
        FirstStep.LETTERS: numbers.drafts > 0 and not numbers.unwritten,
        FirstStep.RELEASE: False,
    }


def _to_decide(running: Sequence[Running]) -> list[Task]:
    """Return what others asked for, and wait to hear about."""
    ids = [one.event.id for one in running]
    asked = {
        TaskKind.APPROVE: approvals.count_awaiting(ids, Approver.SECRETARIAT),
        TaskKind.CHANGE: change_requests.count_open(ids),
        TaskKind.FLOOR: speaking.count_open(ids),
        TaskKind.ANSWER: inbound.count_held_of(ids),
    }
    return [
        Task(kind, one.event, count)
        for one in running
        for kind, counts in asked.items()
        if (count := counts.get(one.event.id))
    ]


def _letters(event_ids: Sequence[int]) -> Mapping[tuple[int, bool], int]:
    """Count letters by event: those that wait for release (False), those that wait for a decision (True)."""
    doubtful = OutboxMessage.state.in_(ATTENTION)
    query = (
        sa.select(OutboxMessage.event_id, doubtful, sa.func.count())
        .where(OutboxMessage.event_id.in_(event_ids))
        .where(OutboxMessage.state.in_((*ATTENTION, MessageState.DRAFT)))
        .group_by(OutboxMessage.event_id, doubtful)
    )
    rows = db.session.execute(query).all()
    return {(event_id, bool(state)): count for event_id, state, count in rows if event_id}


def _without_speaker(event_ids: Sequence[int]) -> Mapping[int, int]:
    """Count the planned sessions in which nobody speaks, by event."""
    speaks = sa.exists().where(Appointment.session_id == Session.id, Appointment.role.in_(SPEAKERS))
    query = (
        sa.select(Session.event_id, sa.func.count())
        .where(Session.event_id.in_(event_ids), at_desk(Session))
        .where(Session.status == SessionStatus.PLANNED, ~speaks)
        .group_by(Session.event_id)
    )
    return dict(db.session.execute(query).all())


def _registered_twice(event_ids: Sequence[int]) -> Mapping[int, tuple[int, str]]:
    """Return by event how many names stand among its delegates more than once, and the first of them."""
    names = (
        sa.select(Delegate.event_id, Person.full_name)
        .join(Person, Person.id == Delegate.person_id)
        .where(Delegate.event_id.in_(event_ids), Delegate.state != SeatState.WITHDRAWN)
        .group_by(Delegate.event_id, Person.full_name)
        .having(sa.func.count() > 1)
        .subquery()
    )
    query = sa.select(names.c.event_id, sa.func.count(), sa.func.min(names.c.full_name))
    rows = db.session.execute(query.group_by(names.c.event_id)).all()
    return {event_id: (count, name) for event_id, count, name in rows}


def _untranslated(running: Sequence[Running]) -> Mapping[int, tuple[str, ...]]:
    """Return by event the languages of its guests in which its title, or that of a session, is missing."""
    ids = [one.event.id for one in running if one.event.status in _OPEN]
    read = sa.select(Invitation.event_id, Invitation.language).where(Invitation.event_id.in_(ids)).distinct()
    titled = sa.select(Session.event_id, Session.titles).where(
        Session.event_id.in_(ids), for_guests(Session), Session.status == SessionStatus.PLANNED
    )
    texts: dict[int, list[Mapping[str, str]]] = {one.event.id: [one.event.titles] for one in running}
    wanted: dict[int, set[str]] = {}
    for event_id, language in db.session.execute(read):
        wanted.setdefault(event_id, set()).add(language)
    for event_id, titles in db.session.execute(titled):
        texts[event_id].append(titles)
    found = {event_id: missing_languages(texts[event_id], read_in) for event_id, read_in in wanted.items()}
    return {event_id: lacking for event_id, lacking in found.items() if lacking}
