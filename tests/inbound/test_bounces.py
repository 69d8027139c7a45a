"""Reports of mail servers: what did not arrive is marked, known by its Message-ID and by nothing else."""

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.inbound import Result
from app.domain.invitations import InvitationState
from app.domain.mail import MessageKind, MessageState
from app.mail.outbox import seal
from app.models.mail import OutboxMessage
from app.services.transaction import unit_of_work
from tests.inbound import corpus
from tests.inbound.invited import change, delegate, institution, mails, tables, take


def sent(one, now, kind=MessageKind.INVITATION, **known) -> OutboxMessage:
    """Store a letter that left."""
    whose = "invitation_id" if hasattr(one.guest, "quota") else "delegate_id"
    letter = OutboxMessage(
        **{
            "message_id": "<letter@localhost>",
            "kind": kind,
            "state": MessageState.SENT,
            "event_id": one.event.id,
            whose: one.guest.id,
            "recipient": one.request.attendee,
            "language": "vi",
            "subject": "Thư mời",
            "sealed": seal(("k" * 40,), b"{}"),
            "next_attempt_at": now,
            "created_at": now,
            **known,
        }
    )
    with unit_of_work() as session:
        session.add(letter)
    return letter


def report(action="failed", status="5.1.1", message_id="<letter@localhost>", kind="message/rfc822") -> bytes:
    """Return what a mail server writes."""
    fields = f"Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; x@y\r\nAction: {action}\r\n"
    fields += f"Status: {status}\r\nDiagnostic-Code: smtp; 550 No such user\r\n"
    returned = f"Subject: Thu moi\r\nMessage-ID: {message_id}\r\n\r\nbody\r\n"
    body = corpus.multipart(
        "b",
        corpus.part("text/plain", b"Sorry.\r\n"),
        corpus.part("message/delivery-status", fields.encode()),
        corpus.part(kind, returned.encode()),
    )
    head = "From: MAILER-DAEMON@mx.example\r\nAuto-Submitted: auto-replied\r\nReturn-Path: <>\r\n"
    head += "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
    return head.encode() + body


def state_of(letter) -> tuple[MessageState, str]:
    db.session.rollback()
    row = db.session.scalars(sa.select(OutboxMessage).where(OutboxMessage.id == letter.id)).one()
    return row.state, row.last_error


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_an_invitation_that_could_not_be_delivered_is_marked(context, now, kind):
    one = institution(now)
    letter = sent(one, now)
    done = take(report(kind=kind), now)
    assert (done.result, done.reason, done.subject) == (Result.APPLY, "bounced", one.guest.public_id)
    assert state_of(letter) == (MessageState.FAILED, "5.1.1 550 No such user")
    db.session.refresh(one.guest)
    assert one.guest.state is InvitationState.UNDELIVERABLE


def test_a_letter_that_asks_for_nothing_leaves_the_invitation_alone(context, now):
    one = institution(now)
    letter = sent(one, now, MessageKind.ANSWER_RECEIPT)
    take(report(), now)
    assert state_of(letter)[0] is MessageState.FAILED
    db.session.refresh(one.guest)
    assert one.guest.state is InvitationState.SENT


def test_a_letter_of_a_delegate_waits_on_the_desk(context, now):
    one = delegate(now)
    letter = sent(one, now, MessageKind.REGISTRATION)
    assert take(report(), now).subject == one.guest.public_id
    assert state_of(letter)[0] is MessageState.FAILED


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"action": "delayed", "status": "4.4.1"}, "delayed"),
        ({"action": "delivered", "status": "2.0.0"}, "delivered"),
        ({"message_id": "<never-sent@localhost>"}, "message_unknown"),
        ({"message_id": ""}, "message_unknown"),
    ],
)
def test_what_is_no_failure_of_ours_changes_nothing(context, now, known, reason):
    one = institution(now)
    sent(one, now)
    before = tables()
    done = take(report(**known), now)
    assert (done.result, done.reason) == (Result.IGNORE, reason)
    assert tables() == before


def test_a_report_about_an_earlier_address_does_not_mark_the_guest(context, now):
    one = institution(now)
    letter = sent(one, now)
    change(one.guest, email="moi@quangtri.example.vn")
    assert take(report(), now).reason == "bounced"
    assert state_of(letter)[0] is MessageState.FAILED
    db.session.refresh(one.guest)
    assert one.guest.state is InvitationState.SENT


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (MessageState.FAILED, "bounced"),
        (MessageState.WITHDRAWN, "message_unknown"),
        (MessageState.QUEUED, "message_unknown"),
    ],
)
def test_a_letter_that_failed_already_or_never_left_stays_as_it_is(context, now, state, reason):
    one = institution(now)
    sent(one, now, state=state)
    before = tables()
    done = take(report(), now)
    assert (done.result, done.reason) == (Result.IGNORE, reason)
    assert tables() == before


def test_an_out_of_office_note_finds_its_guest_by_the_letter_it_answers(context, now):
    one = institution(now)
    sent(one, now)
    head = "From: an@x.example\r\nAuto-Submitted: auto-replied\r\nIn-Reply-To: <letter@localhost>\r\n\r\n"
    done = take(head.encode() + "Tôi đi vắng.".encode(), now)
    assert (done.result, done.reason, done.subject) == (Result.IGNORE, "out_of_office", one.guest.public_id)
    assert mails()[0].comment == "Tôi đi vắng."
