"""Reads of the outbox."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.db import db
from app.domain.errors import NotFound
from app.domain.languages import Translated
from app.domain.mail import ATTENTION, MessageKind, MessageState
from app.domain.policy import Actor
from app.models.directory import Organization
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.models.registrations import Delegate
from app.queries import scope

PAGE = 100


@dataclass(frozen=True)
class Batch:
    """The drafts of one kind at one event, waiting for their release."""

    event: Event
    kind: MessageKind
    count: int


def list_of_event(
    event: Event, *, state: MessageState | None = None, page: int = 1
) -> Sequence[OutboxMessage]:
    """Return a page of the event's messages, the newest first."""
    found = sa.select(OutboxMessage).where(OutboxMessage.event_id == event.id)
    if state:
        found = found.where(OutboxMessage.state == state)
    return db.session.scalars(
        found.order_by(OutboxMessage.id.desc()).limit(PAGE).offset((page - 1) * PAGE)
    ).all()


def list_entries(invitations: Collection[int]) -> Mapping[int, OutboxMessage]:
    """Return the last message to each of these institutions that carried a calendar entry, by invitation."""
    found = db.session.scalars(
        sa.select(OutboxMessage)
        .where(OutboxMessage.invitation_id.in_(invitations), OutboxMessage.calendar.is_not(None))
        .order_by(OutboxMessage.id)
    )
    return {message.invitation_id: message for message in found if message.invitation_id is not None}


def count_by_state(event: Event) -> dict[MessageState, int]:
    """Return how many messages of the event are in each state."""
    rows = db.session.execute(
        sa.select(OutboxMessage.state, sa.func.count())
        .where(OutboxMessage.event_id == event.id)
        .group_by(OutboxMessage.state)
    )
    return {row[0]: row[1] for row in rows}


def list_drafts(actor: Actor, *, event: Event | None = None) -> list[Batch]:
    """Return the drafts that wait, grouped by event and kind, the latest event first."""
    visible = scope.events(actor).with_only_columns(Event.id)
    grouped = (
        sa.select(OutboxMessage.event_id, OutboxMessage.kind, sa.func.count())
        .where(OutboxMessage.state == MessageState.DRAFT, OutboxMessage.event_id.in_(visible))
        .group_by(OutboxMessage.event_id, OutboxMessage.kind)
        .order_by(OutboxMessage.event_id.desc(), OutboxMessage.kind)
    )
    if event:
        grouped = grouped.where(OutboxMessage.event_id == event.id)
    rows = db.session.execute(grouped).all()
    ids = {event_id for event_id, _, _ in rows}
    events = {row.id: row for row in db.session.scalars(sa.select(Event).where(Event.id.in_(ids)))}
    return [Batch(events[event_id], kind, count) for event_id, kind, count in rows if event_id in events]


def list_attention(actor: Actor) -> Sequence[tuple[OutboxMessage, Event]]:
    """Return the messages that wait for a person's decision, with their events, the newest first."""
    visible = scope.events(actor).with_only_columns(Event.id)
    found = (
        sa.select(OutboxMessage, Event)
        .join(Event, Event.id == OutboxMessage.event_id)
        .where(OutboxMessage.state.in_(ATTENTION), OutboxMessage.event_id.in_(visible))
        .order_by(OutboxMessage.id.desc())
        .limit(PAGE)
    )
    return [(row[0], row[1]) for row in db.session.execute(found)]


def list_drafts_of(event: Event, kind: MessageKind) -> Sequence[OutboxMessage]:
    """Return the drafts of one kind, in the order they were written."""
    found = sa.select(OutboxMessage).where(
        OutboxMessage.event_id == event.id,
        OutboxMessage.kind == kind,
        OutboxMessage.state == MessageState.DRAFT,
    )
    return db.session.scalars(found.order_by(OutboxMessage.id)).all()


def names_of_institutions(messages: Iterable[OutboxMessage]) -> Mapping[int | None, Translated]:
    """Return the names of the institutions that messages go to, by invitation."""
    numbers = {message.invitation_id for message in messages}
    found = sa.select(Invitation.id, Organization.names).join(Invitation.organization)
    rows = db.session.execute(found.where(Invitation.id.in_(numbers)))
    return {row.id: row.names for row in rows}


def get(event: Event, public_id: str) -> OutboxMessage:
    """Return one message of the event."""
    found = db.session.scalar(
        sa.select(OutboxMessage).where(
            OutboxMessage.event_id == event.id, OutboxMessage.public_id == public_id
        )
    )
    if found is None:
        raise NotFound("not_found")
    return found


def find_by_message_id(message_ids: Sequence[str]) -> OutboxMessage | None:
    """Return the first of our messages that bears one of these Message-IDs."""
    if not message_ids:
        return None
    return db.session.scalar(
        sa.select(OutboxMessage)
        .where(OutboxMessage.message_id.in_(message_ids))
        .order_by(OutboxMessage.id)
        .limit(1)
    )


def get_holder(message: OutboxMessage) -> Invitation | Delegate:
    """Return the institution or the delegate a letter is about; raise NotFound where it is about neither."""
    found = (
        db.session.get(Invitation, message.invitation_id)
        if message.invitation_id
        else db.session.get(Delegate, message.delegate_id)
        if message.delegate_id
        else None
    )
    if found is None:
        raise NotFound("not_found")
    return found
