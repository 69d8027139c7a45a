"""Carry the outbox to the mail server, one message after the other, each in its own small transactions."""

import logging
import smtplib
from collections.abc import Callable, Sequence
from datetime import datetime

import sqlalchemy as sa
from cryptography.fernet import InvalidToken

from app import site
from app.db import Base, db
from app.domain.mail import ASKING, MessageState, Outcome, next_attempt
from app.mail import courier, doorbell, outbox, smtp
from app.models.mail import OutboxMessage
from app.services.invitations import undeliverable
from app.services.registrations import due_letters
from app.services.transaction import unit_of_work

_log = logging.getLogger(__name__)
_BATCH = 50
_RETRY_SECONDS = 10
_outbox = Base.metadata.tables[OutboxMessage.__tablename__]
# Built once: they are said at every mail.
_TRANSMITTING = (
    sa.update(_outbox)
    .where(_outbox.c.id == sa.bindparam("number"), _outbox.c.state == MessageState.QUEUED)
    .values(state=MessageState.TRANSMITTING)
    .returning(_outbox.c.id)
)
_TAKEN = (
    sa.update(_outbox)
    .where(_outbox.c.id == sa.bindparam("number"))
    .values(
        state=MessageState.SENT,
        sent_at=sa.bindparam("now"),
        attempts=_outbox.c.attempts + 1,
        last_error="",
    )
)


class _NoLongerDue(Exception):
    """Somebody withdrew the message between the look at it and its turn."""


def deliver(*, clock: Callable[[], datetime]) -> int:
    """Write what is due, send the outbox, and return how many the server took; 0 from a second courier."""
    _write_due(clock())
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


def _write_due(now: datetime) -> None:
    """Put what is due into the outbox; where that fails, what lies there goes all the same."""
    try:
        due_letters.write_due(now=now)
    except Exception:
        db.session.rollback()
        _log.exception("letters that are due cannot be written")


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
        with smtp.connection(site.settings().smtp_url) as server, _Round(server, clock) as carrying:
            while due:
                for message in due:
                    taken += carrying.carry(message)
                due = _due(clock())
    return taken


def _due(now: datetime) -> Sequence[OutboxMessage]:
    """Return the next messages as values of their own: what becomes of them is written by number."""
    due = sa.select(OutboxMessage).where(
        OutboxMessage.state == MessageState.QUEUED, OutboxMessage.next_attempt_at <= now
    )
    ordered = due.order_by(OutboxMessage.priority, OutboxMessage.next_attempt_at, OutboxMessage.id)
    messages = db.session.scalars(ordered.limit(_BATCH)).all()
    for message in messages:
        db.session.expunge(message)
    db.session.rollback()
    return messages


class _Round:
    """Messages carried over one connection, one after the other.

    That the server has taken a message is written down together with the next one's being transmitted: one
    transaction for each mail. A courier that dies leaves one message in doubt, as ever.
    """

    def __init__(self, server: smtplib.SMTP, clock: Callable[[], datetime]) -> None:
        self._server, self._clock = server, clock
        self._taken: dict[str, object] | None = None

    def __enter__(self) -> "_Round":
        return self

    def __exit__(self, *_: object) -> None:
        if self._taken:
            with unit_of_work(survives_power_loss=False) as session:
                session.execute(_TAKEN, self._taken)

    def carry(self, message: OutboxMessage) -> bool:
        """Send a message and tell whether the server took it."""
        number, recipient = message.id, message.recipient
        try:
            content = outbox.content(message)
        except InvalidToken:
            _settle(number, Outcome.REFUSED, "sealed with a key that is gone", self._clock())
            return False
        _, sender = site.settings().mail_from
        try:
            outcome, words = smtp.transmit(
                self._server, sender, recipient, content, before_data=lambda: self._mark_transmitting(number)
            )
        except _NoLongerDue:
            self._server.rset()
            return False
        except smtp.Unreachable as error:
            _settle(number, Outcome.LATER, str(error), self._clock())
            raise
        if outcome is Outcome.TAKEN:
            self._taken = {"number": number, "now": self._clock()}
        else:
            _settle(number, outcome, words, self._clock())
        return outcome is Outcome.TAKEN

    def _mark_transmitting(self, message_id: int) -> None:
        """Write down that the last message was taken and that this one is on its way.

        If power is lost just then, the last one leaves once more under its Message-ID: better than one that
        never left, and a hundred times faster than to wait for the disk at every mail.
        """
        with unit_of_work(survives_power_loss=False) as session:
            if self._taken:
                session.execute(_TAKEN, self._taken)
            if session.execute(_TRANSMITTING, {"number": message_id}).first() is None:
                raise _NoLongerDue
        self._taken = None


def _settle(message_id: int, outcome: Outcome, words: str, now: datetime) -> None:
    """Write down why the server did not take it; a refused invitation becomes undeliverable with it."""
    with unit_of_work() as session:
        message = session.get_one(OutboxMessage, message_id)
        message.attempts += 1
        message.last_error = words[:500]
        again = next_attempt(message.attempts, now)
        if outcome is Outcome.REFUSED or again is None:
            message.state = MessageState.FAILED
            if message.kind in ASKING and message.invitation_id is not None:
                undeliverable.mark(session, message.invitation_id, reason=message.last_error, now=now)
        else:
            message.state, message.next_attempt_at = MessageState.QUEUED, again
            doorbell.ring(after_seconds=(again - now).total_seconds())
