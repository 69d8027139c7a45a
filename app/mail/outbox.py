"""The outbox: a message becomes a row in the caller's transaction, and leaves only after it."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa

from app import site
from app.db import after_commit, db, store
from app.domain.mail import MessageKind, MessageState
from app.mail import doorbell, mime
from app.mail.compose import Letter, compose
from app.mail.mime import CalendarPart, Recipient
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.models.registrations import Delegate
from app.sealed import seal, unseal

_MASS_PRIORITY = 10


def enqueue(
    *,
    kind: MessageKind,
    to: Recipient,
    context: Mapping[str, Any],
    now: datetime,
    event: Event | None = None,
    invitation: Invitation | None = None,
    delegate: Delegate | None = None,
    calendar: CalendarPart | None = None,
    dedupe_key: str | None = None,
    draft: bool = False,
    mass: bool = False,
) -> OutboxMessage | None:
    """Add a message to the present unit of work; None when one with this `dedupe_key` is there already.

    A draft waits until the organiser releases it; mass mail lets one-to-one mail pass. Both are written when
    the session is flushed, many in one statement; a single letter is written at once.
    """
    if dedupe_key is not None and _exists(dedupe_key):
        return None
    settings = site.settings()
    message_id = f"<{token_hex(16)}@{urlsplit(settings.base_url).hostname}>"
    letter = compose(kind, to.language, context)
    message = OutboxMessage(
        message_id=message_id,
        kind=kind,
        state=MessageState.DRAFT if draft else MessageState.QUEUED,
        dedupe_key=dedupe_key,
        event_id=event.id if event else None,
        invitation_id=invitation.id if invitation else None,
        delegate_id=delegate.id if delegate else None,
        recipient=to.email,
        recipient_name=to.name,
        language=to.language,
        subject=letter.subject,
        sealed=seal(settings.secret_keys, _packed(letter, settings.mail_from)),
        calendar=_sealed_part(calendar) if calendar else None,
        priority=_MASS_PRIORITY if mass else 0,
        next_attempt_at=now,
        created_at=now,
    )
    if not (draft or mass):
        store(message)
    db.session.add(message)
    if not draft:
        after_commit("ring the doorbell", doorbell.ring)
    return message


def attach(message: OutboxMessage, calendar: CalendarPart) -> None:
    """Let a scheduling message go with a letter that has not left."""
    message.calendar = _sealed_part(calendar)


def calendar_of(message: OutboxMessage) -> CalendarPart | None:
    """Return the scheduling message that goes with a letter."""
    if message.calendar is None:
        return None
    return CalendarPart(**json.loads(unseal(site.settings().secret_keys, message.calendar)))


def was_written(kind: MessageKind, invitation: Invitation, *, since: datetime) -> bool:
    """Tell whether an institution was written a message of this kind since then."""
    found = sa.exists().where(
        OutboxMessage.invitation_id == invitation.id,
        OutboxMessage.kind == kind,
        OutboxMessage.created_at > since,
    )
    return bool(db.session.scalar(sa.select(found)))


def content(message: OutboxMessage) -> bytes:
    """Return the MIME bytes of a message, the same at every attempt.

    They are built when they are needed, not in the request that tells of the act: that is what takes time.
    """
    said = json.loads(unseal(site.settings().secret_keys, message.sealed))
    return mime.build(
        Letter(message.subject, said["text"], said["html"]),
        sender=tuple(said["sender"]),
        to=Recipient(message.recipient, message.recipient_name, message.language),
        message_id=message.message_id,
        at=message.created_at,
        calendar=calendar_of(message),
    )


def _packed(letter: Letter, sender: tuple[str, str]) -> bytes:
    said = {"text": letter.text, "html": letter.html, "sender": sender}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _sealed_part(calendar: CalendarPart) -> bytes:
    return seal(site.settings().secret_keys, json.dumps(asdict(calendar)).encode())


def _exists(dedupe_key: str) -> bool:
    return (
        db.session.scalar(sa.select(OutboxMessage.id).where(OutboxMessage.dedupe_key == dedupe_key))
        is not None
    )
