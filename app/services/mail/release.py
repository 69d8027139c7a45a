"""What an organiser decides about mail: release drafts, drop them, send again, stop."""

from datetime import datetime
from typing import Any

from app.db import after_commit
from app.domain.errors import Conflict, NotFound
from app.domain.languages import in_language
from app.domain.mail import ASKING, ATTENTION, MessageKind, MessageState
from app.domain.policy import Actor, Permission, require
from app.mail import doorbell
from app.models.events import Event
from app.queries import events, mail
from app.services import audit
from app.services.calendars import mailing
from app.services.invitations import reminders, rows, undeliverable
from app.services.transaction import unit_of_work


def release(*, actor: Actor, slug: str, kind: MessageKind, expected: int, now: datetime) -> int:
    """Queue the drafts of a notice.

    Raises Conflict("drafts_changed") when they are not as many as the button said. Letters of invitation
    are released by services.invitations.letters, which marks the guests as written to; reminders by
    services.invitations.reminders, which leaves out who has answered.
    """
    if kind is MessageKind.INVITATION:
        raise NotFound("not_found")
    if kind is MessageKind.REMINDER:
        return reminders.release(actor=actor, slug=slug, expected=expected, now=now)
    return _decide(actor, slug, kind, expected, MessageState.QUEUED, "mail.release", now)


def drop(*, actor: Actor, slug: str, kind: MessageKind, expected: int, now: datetime) -> int:
    """Withdraw the drafts of a notice: nobody gets them."""
    return _decide(actor, slug, kind, expected, MessageState.WITHDRAWN, "mail.drop", now)


def send_again(*, actor: Actor, slug: str, message: str, now: datetime) -> None:
    """Queue a message that failed, or of which nobody knows whether it arrived; its Message-ID stays."""
    require(actor, Permission.SEND_MAIL)
    with unit_of_work() as session:
        event = events.get(slug, actor)
        found = mail.get(event, message)
        if found.state not in ATTENTION:
            raise Conflict("message_not_waiting")
        if found.kind in ASKING and found.invitation_id is not None:
            undeliverable.unmark(session, found.invitation_id)
        found.state, found.next_attempt_at, found.attempts = MessageState.QUEUED, now, 0
        after_commit("ring the doorbell", doorbell.ring)
        _record(actor, "mail.send_again", event, now, recipient=found.recipient)


def leave(*, actor: Actor, slug: str, message: str, now: datetime) -> None:
    """Give up a message that waits for a decision."""
    require(actor, Permission.SEND_MAIL)
    with unit_of_work():
        event = events.get(slug, actor)
        found = mail.get(event, message)
        if found.state not in ATTENTION:
            raise Conflict("message_not_waiting")
        found.state = MessageState.WITHDRAWN
        _record(actor, "mail.leave", event, now, recipient=found.recipient)


def _decide(
    actor: Actor, slug: str, kind: MessageKind, expected: int, state: MessageState, act: str, now: datetime
) -> int:
    require(actor, Permission.SEND_MAIL)
    with unit_of_work() as session:
        event = rows.lock_event(session, slug, actor)
        drafts = mail.list_drafts_of(event, kind)
        if not drafts or len(drafts) != expected:
            raise Conflict("drafts_changed", n=len(drafts))
        for draft in drafts:
            draft.state, draft.next_attempt_at = state, now
        if state is MessageState.QUEUED:
            mailing.attach(event, drafts, now)
            after_commit("ring the doorbell", doorbell.ring)
        _record(actor, act, event, now, kind=kind, messages=len(drafts))
    return len(drafts)


def _record(actor: Actor, act: str, event: Event, now: datetime, **details: Any) -> None:
    name = in_language(event.titles, "vi")
    audit.record(actor=actor, act=act, subject=event, name=name, now=now, event_id=event.id, **details)
