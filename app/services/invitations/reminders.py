"""Reminders to the silent alone: prepared as drafts in one act, released in another."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from app.db import after_commit
from app.domain.errors import Conflict
from app.domain.events import EventStatus
from app.domain.languages import in_language
from app.domain.mail import MessageKind, MessageState
from app.domain.policy import Actor, Permission, require
from app.mail import doorbell, outbox
from app.mail.mime import Recipient
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.queries import coverage, mail
from app.services import audit
from app.services.calendars import mailing
from app.services.invitations import contents, rows
from app.services.transaction import unit_of_work


def prepare(*, actor: Actor, slug: str, expected: int, now: datetime) -> int:
    """Write a reminder with the same link for each institution that is silent; return how many.

    It takes the place of reminders that wait already. Raises Conflict: event_not_published,
    silent_changed (they are not as many as the button named).
    """
    require(actor, Permission.SEND_MAIL)
    with unit_of_work() as session:
        event = rows.lock_event(session, slug, actor)
        if event.status is not EventStatus.PUBLISHED:
            raise Conflict("event_not_published")
        silent = coverage.list_remindable(event, now=now)
        if not silent or len(silent) != expected:
            raise Conflict("silent_changed", n=len(silent))
        session.execute(sa.delete(OutboxMessage).where(*_waiting(event)))
        programme = contents.programme(session, event)
        chosen = sa.select(Invitation).where(Invitation.event_id == event.id).order_by(Invitation.position)
        numbers = set(silent)
        for row in session.scalars(chosen.options(joinedload(Invitation.organization, innerjoin=True))):
            if row.id in numbers:
                _write(row, contents.of_reminder(row, programme), now)
        return len(silent)


def release(*, actor: Actor, slug: str, expected: int, now: datetime) -> int:
    """Queue the reminders that wait, but for those who have answered meanwhile; return how many leave.

    Raises Conflict: event_not_published, letters_outdated (the event changed since they were written),
    drafts_changed (they are not as many as the button said).
    """
    require(actor, Permission.SEND_MAIL)
    with unit_of_work() as session:
        event = rows.lock_event(session, slug, actor)
        if event.status is not EventStatus.PUBLISHED:
            raise Conflict("event_not_published")
        drafts = mail.list_drafts_of(event, MessageKind.REMINDER)
        if any(draft.created_at < event.changed_at for draft in drafts):
            raise Conflict("letters_outdated")
        if not drafts or len(drafts) != expected:
            raise Conflict("drafts_changed", n=len(drafts))
        silent = set(coverage.list_remindable(event, now=now))
        for draft in drafts:
            still = draft.invitation_id in silent
            draft.state = MessageState.QUEUED if still else MessageState.WITHDRAWN
            draft.next_attempt_at = now
        leaving = [draft for draft in drafts if draft.state is MessageState.QUEUED]
        mailing.attach(event, leaving, now, asks_again=True)
        reminded = [draft.invitation_id for draft in leaving]
        _note(session, actor, event, [number for number in reminded if number], now)
        after_commit("ring the doorbell", doorbell.ring)
        return len(reminded)


def _write(invitation: Invitation, context: dict[str, object], now: datetime) -> None:
    outbox.enqueue(
        kind=MessageKind.REMINDER,
        to=Recipient(invitation.email or "", invitation.addressee, invitation.language),
        context=context,
        now=now,
        event=invitation.event,
        invitation=invitation,
        draft=True,
        mass=True,
    )


def _waiting(event: Event) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        OutboxMessage.event_id == event.id,
        OutboxMessage.kind == MessageKind.REMINDER,
        OutboxMessage.state == MessageState.DRAFT,
    )


def _note(session: Session, actor: Actor, event: Event, numbers: list[int], now: datetime) -> None:
    """Note in the history of the event and of each institution that it was reminded."""
    session.execute(
        sa.update(Invitation)
        .where(Invitation.id.in_(numbers))
        .values(reminded_at=now, revision=Invitation.revision + 1)
        .execution_options(synchronize_session=False)
    )
    found = sa.select(Invitation).where(Invitation.id.in_(numbers))
    reminded = session.scalars(
        found.options(joinedload(Invitation.organization, innerjoin=True)).execution_options(
            populate_existing=True
        )
    ).all()
    named = [(row, in_language(row.organization.names, "vi")) for row in reminded]
    audit.record_each(actor=actor, act="invitation.remind", subjects=named, now=now, event_id=event.id)
    audit.record(
        actor=actor,
        act="event.remind",
        subject=event,
        name=in_language(event.titles, "vi"),
        now=now,
        event_id=event.id,
        letters=len(reminded),
    )
