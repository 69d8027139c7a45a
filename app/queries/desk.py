"""What waits on the organiser's desk: the events that lie ahead, and what has to be done about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from app.db import db
from app.domain.approvals import Approver
from app.domain.event_facts import EventCriteria, Shelf
from app.domain.events import EventStatus, Missing
from app.domain.invitations import SILENT, effective_deadline
from app.domain.mail import ATTENTION, MessageState
from app.domain.policy import Actor
from app.domain.programme import SPEAKERS, SessionStatus
from app.models.directory import Organization
from app.models.events import Event
from app.models.mail import OutboxMessage
from app.models.programme import Appointment, Session
from app.queries import approvals, change_requests, event_facts, event_tallies, events, inbound, speaking

_NEAR = timedelta(days=7)
_MOST = 20


class TaskKind(StrEnum):
    """Why something has to be done."""

    INVITE = "invite"
    PREPARE = "prepare"
    RELEASE = "release"
    DECIDE = "decide"
    APPROVE = "approve"
    CHANGE = "change"
    FLOOR = "floor"
    ANSWER = "answer"
    CHASE = "chase"
    SPEAKER = "speaker"
    COMPLETE = "complete"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do about one event: how many of what, or what is missing."""

    kind: TaskKind
    event: Event
    count: int = 0
    missing: tuple[Missing, ...] = ()
    deadline: datetime | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """An event that is under way or being prepared, in numbers."""

    event: Event
    numbers: event_tallies.Tally


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk of an organiser; on a fresh installation it is empty."""

    running: Sequence[Running]
    tasks: Sequence[Task]
    has_directory: bool
    attention: int

    @property
    def next(self) -> Running | None:
        """Return the event that comes first."""
        return next((one for one in self.running if one.event.status is not EventStatus.DRAFT), None)


def get_desk(actor: Actor, *, now: datetime) -> Desk:
    """Return the desk; its statements grow with the events under way, not with their guests."""
    ahead = events.list_events(actor, EventCriteria(shelf=Shelf.UPCOMING), now=now, limit=_MOST)
    drafts = events.list_events(actor, EventCriteria(shelf=Shelf.DRAFTS), now=now, limit=_MOST)
    running = [Running(event, event_tallies.tally(event)) for event in (*ahead, *drafts)]
    letters = _letters([one.event.id for one in running])
    silent = _without_speaker([one.event.id for one in running])
    tasks = [*_to_decide(running), *(task for one in running for task in _tasks(one, letters, silent, now))]
    return Desk(
        running=running,
        tasks=tasks,
        has_directory=db.session.scalar(sa.select(sa.exists(sa.select(Organization.id)))) or False,
        attention=sum(letters.get((one.event.id, True), 0) for one in running),
    )


def _tasks(
    one: Running, letters: dict[tuple[int, bool], int], mute: dict[int, int], now: datetime
) -> list[Task]:
    event, found = one.event, _to_invite(one)
    if waiting := letters.get((event.id, False)):
        found.append(Task(TaskKind.RELEASE, event, waiting))
    if doubtful := letters.get((event.id, True)):
        found.append(Task(TaskKind.DECIDE, event, doubtful))
    silent = sum(one.numbers.invitations.get(state, 0) for state in SILENT)
    deadline = effective_deadline(None, event)
    if silent and deadline and event.status is EventStatus.PUBLISHED and now <= deadline <= now + _NEAR:
        found.append(Task(TaskKind.CHASE, event, silent, deadline=deadline))
    if sessions := mute.get(event.id):
        found.append(Task(TaskKind.SPEAKER, event, sessions))
    if event.status is EventStatus.DRAFT:
        missing = event_facts.missing(event)
        found.append(Task(TaskKind.COMPLETE if missing else TaskKind.PUBLISH, event, missing=missing))
    return found


def _to_invite(one: Running) -> list[Task]:
    """Return what is next until everybody has his letter."""
    if one.event.status is not EventStatus.PUBLISHED:
        return []
    if not one.numbers.invited:
        return [Task(TaskKind.INVITE, one.event)]
    return [Task(TaskKind.PREPARE, one.event, one.numbers.unwritten)] if one.numbers.unwritten else []


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


def _letters(event_ids: Sequence[int]) -> dict[tuple[int, bool], int]:
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


def _without_speaker(event_ids: Sequence[int]) -> dict[int, int]:
    """Count the planned sessions in which nobody speaks, by event."""
    speaks = sa.exists().where(Appointment.session_id == Session.id, Appointment.role.in_(SPEAKERS))
    query = (
        sa.select(Session.event_id, sa.func.count())
        .where(Session.event_id.in_(event_ids), Session.status == SessionStatus.PLANNED, ~speaks)
        .group_by(Session.event_id)
    )
    return dict(db.session.execute(query).all())
