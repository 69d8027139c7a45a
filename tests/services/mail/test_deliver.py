"""Mail leaves once, after the commit, and every refusal is written down (SECURITY section 4)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.db import db
from app.domain.mail import MessageKind, MessageState
from app.mail import courier, outbox
from app.mail.mime import Recipient
from app.models.mail import OutboxMessage
from app.services.mail.deliver import deliver
from app.services.transaction import unit_of_work
from tests.mail.server import Postman, listening


@pytest.fixture
def postman(context: Flask) -> Iterator[Postman]:
    """A mail server that the site is configured for."""
    before = context.extensions["bantron"]
    with listening(Postman()) as postman:
        context.extensions["bantron"] = replace(before, smtp_url=postman.url)
        yield postman
    context.extensions["bantron"] = before


def _enqueue(*addresses: str, now: datetime, draft: bool = False) -> None:
    with unit_of_work():
        for address in addresses:
            outbox.enqueue(
                kind=MessageKind.TEST,
                to=Recipient(address, "Sở Ngoại vụ", "vi"),
                context={"link": "http://localhost/"},
                now=now,
                draft=draft,
            )


def _states() -> dict[str, MessageState]:
    db.session.rollback()
    rows = db.session.execute(sa.select(OutboxMessage.recipient, OutboxMessage.state))
    return {row.recipient: row.state for row in rows}


def test_due_messages_leave_once(postman: Postman, now: datetime) -> None:
    """A second delivery finds nothing to do."""
    _enqueue("a@example.vn", "b@example.vn", now=now)
    assert deliver(clock=lambda: now) == 2
    assert deliver(clock=lambda: now) == 0
    assert postman.recipients() == ["a@example.vn", "b@example.vn"]


def test_drafts_wait_for_the_organizer(postman: Postman, now: datetime) -> None:
    """Mass mail is released by a person, never by the clock."""
    _enqueue("a@example.vn", now=now, draft=True)
    assert deliver(clock=lambda: now) == 0
    assert postman.recipients() == []


def test_one_refused_recipient_keeps_nobody_else_waiting(postman: Postman, now: datetime) -> None:
    """A permanent refusal is final and visible; the others are sent."""
    postman.answer_recipient = lambda address: "550 no such user" if address.startswith("a@") else "250 ok"
    _enqueue("a@example.vn", "b@example.vn", now=now)
    assert deliver(clock=lambda: now) == 1
    assert _states() == {"a@example.vn": MessageState.FAILED, "b@example.vn": MessageState.SENT}
    words = db.session.scalars(
        sa.select(OutboxMessage.last_error).where(OutboxMessage.last_error != "")
    ).all()
    assert words == ["550 no such user"]


def test_greylisting_is_tried_again_later_with_the_same_message_id(postman: Postman, now: datetime) -> None:
    """A temporary refusal loses nothing and repeats the very same bytes."""
    seen: list[str] = []

    def once_later(address: str) -> str:
        seen.append(address)
        return "451 try later" if len(seen) == 1 else "250 taken"

    postman.answer_data = once_later
    _enqueue("a@example.vn", now=now)
    assert deliver(clock=lambda: now) == 0
    assert deliver(clock=lambda: now) == 0, "not before its time"
    assert deliver(clock=lambda: now + timedelta(seconds=11)) == 1
    assert _states() == {"a@example.vn": MessageState.SENT}


def test_a_server_that_is_away_costs_nothing(context: Flask, now: datetime) -> None:
    """Nothing listens on the configured port: the messages stay queued."""
    before = context.extensions["bantron"]
    context.extensions["bantron"] = replace(before, smtp_url="smtp://127.0.0.1:9")
    try:
        _enqueue("a@example.vn", now=now)
        assert deliver(clock=lambda: now) == 0
        assert _states() == {"a@example.vn": MessageState.QUEUED}
    finally:
        context.extensions["bantron"] = before


def test_what_a_dead_courier_was_transmitting_is_left_to_people(postman: Postman, now: datetime) -> None:
    """Nobody can know whether the server took it: it is not sent again by itself."""
    _enqueue("a@example.vn", now=now)
    with unit_of_work() as session:
        session.execute(sa.update(OutboxMessage).values(state=MessageState.TRANSMITTING))
    assert deliver(clock=lambda: now) == 0
    assert _states() == {"a@example.vn": MessageState.IN_DOUBT}
    assert postman.recipients() == []


def test_one_courier_at_a_time(postman: Postman, now: datetime) -> None:
    """While one holds the turn, another sends nothing."""
    _enqueue("a@example.vn", now=now)
    with courier.turn() as ours:
        assert ours
        assert deliver(clock=lambda: now) == 0
    assert deliver(clock=lambda: now) == 1


def test_a_message_that_cannot_be_opened_blocks_nobody(postman: Postman, now: datetime) -> None:
    """Sealed with a lost key: failed in words, the next one leaves."""
    _enqueue("a@example.vn", "b@example.vn", now=now)
    with unit_of_work() as session:
        first = session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id)).first()
        assert first is not None
        first.sealed = b"rubbish"
    assert deliver(clock=lambda: now) == 1
    assert _states() == {"a@example.vn": MessageState.FAILED, "b@example.vn": MessageState.SENT}
