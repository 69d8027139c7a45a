"""Carry the outbox to the mail server, one message after the other, each in its own small transactions."""

import logging
import smtplib
from collections.abc import Callable, Sequence
from datetime import datetime

import sqlalchemy as sa
from cryptography.fernet import InvalidToken

from app import site
from app.db import db
from app.domain.mail import ASKING, MessageState, Outcome, next_attempt
from app.mail import courier, doorbell, outbox, smtp
from app.models.mail import OutboxMessage
from app.services.invitations import undeliverable
from app.services.transaction import unit_of_work

_log = logging.getLogger(__name__)
_BATCH = 50
_RETRY_SECONDS = 10


class _NoLongerDue(Exception):
    """Somebody withdrew the message between the look at it and its turn."""


def deliver(*, clock: Callable[[], datetime]) -> int:
    """Send every message that is due and return how many the server took; 0 when another courier is at it."""
    with courier.turn() as ours:
        if not ours:
            return 0
        _leave_doubt_to_people()
        try:
            taken = _carry_all(clock)
        except smtp.Unreachable as error:
            _log.warning("the mail server cannot be reached: %s", error)
            doorbell.ring(after_seconds=_RETRY_SECONDS)
            return 0
    return taken


def _leave_doubt_to_people() -> None:
    """Mark what a dead courier was just transmitting: the turn is ours, so nobody is at it any more."""
    with unit_of_work() as session:
        session.execute(
            sa.update(OutboxMessage)
            .where(OutboxMessage.state == MessageState.TRANSMITTING)
            .values(state=MessageState.IN_DOUBT, last_error="")
        )


def _carry_all(clock: Callable[[], datetime]) -> int:
    taken = 0
    while due := _due(clock()):
        with smtp.connection(site.settings().smtp_url) as server:
            for message_id in due:
                taken += _carry(server, message_id, clock)
    return taken


def _due(now: datetime) -> Sequence[int]:
    due = sa.select(OutboxMessage.id).where(
        OutboxMessage.state == MessageState.QUEUED, OutboxMessage.next_attempt_at <= now
    )
    ordered = due.order_by(OutboxMessage.priority, OutboxMessage.next_attempt_at, OutboxMessage.id)
    ids = db.session.scalars(ordered.limit(_BATCH)).all()
    db.session.rollback()
    return ids


def _carry(server: smtplib.SMTP, message_id: int, clock: Callable[[], datetime]) -> bool:
    message = db.session.get_one(OutboxMessage, message_id)
    recipient = message.recipient
    try:
        content = outbox.content(message)
    except InvalidToken:
        _settle(message_id, Outcome.REFUSED, "sealed with a key that is gone", clock())
        return False
    db.session.rollback()
    _, sender = site.settings().mail_from
    try:
        outcome, words = smtp.transmit(
            server, sender, recipient, content, before_data=lambda: _mark_transmitting(message_id)
        )
    except _NoLongerDue:
        server.rset()
        return False
    except smtp.Unreachable as error:
        _settle(message_id, Outcome.LATER, str(error), clock())
        raise
    _settle(message_id, outcome, words, clock())
    return outcome is Outcome.TAKEN


def _mark_transmitting(message_id: int) -> None:
    with unit_of_work() as session:
        marked = session.execute(
            sa.update(OutboxMessage)
            .where(OutboxMessage.id == message_id, OutboxMessage.state == MessageState.QUEUED)
            .values(state=MessageState.TRANSMITTING)
            .returning(OutboxMessage.id)
        )
        if marked.first() is None:
            raise _NoLongerDue


def _settle(message_id: int, outcome: Outcome, words: str, now: datetime) -> None:
    """Write down what became of the message; a refused invitation becomes undeliverable with it."""
    with unit_of_work() as session:
        message = session.get_one(OutboxMessage, message_id)
        message.attempts += 1
        message.last_error = "" if outcome is Outcome.TAKEN else words[:500]
        again = next_attempt(message.attempts, now)
        if outcome is Outcome.TAKEN:
            message.state, message.sent_at = MessageState.SENT, now
        elif outcome is Outcome.REFUSED or again is None:
            message.state = MessageState.FAILED
            if message.kind in ASKING and message.invitation_id is not None:
                undeliverable.mark(session, message.invitation_id, reason=message.last_error, now=now)
        else:
            message.state, message.next_attempt_at = MessageState.QUEUED, again
            doorbell.ring(after_seconds=(again - now).total_seconds())
