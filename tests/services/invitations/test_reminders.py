"""Reminders go to the silent alone (C02): prepared by one act, released by another, stopped by an answer."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
import sqlalchemy as sa

from app import site
from app.db import db
from app.domain.errors import Conflict, NotAllowed
from app.domain.invitations import Answer, AnswerCommand, InvitationState
from app.domain.mail import MessageKind, MessageState
from app.domain.policy import SYSTEM
from app.mail import outbox
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.services.invitations import answers, letters, reminders, undeliverable
from app.services.mail import release as decisions
from app.services.transaction import unit_of_work
from tests import guests

pytestmark = pytest.mark.usefixtures("context")
ACCEPT = AnswerCommand(answer=Answer.ACCEPTED, answered_by="Lê Văn An")


@pytest.fixture
def invited(now) -> list[str]:
    """Three localities that were written to; the third has accepted."""
    guests.event()
    ids = guests.invited(guests.localities(3), now)
    letters.prepare(actor=SYSTEM, slug=guests.SLUG, now=now)
    letters.release(actor=SYSTEM, slug=guests.SLUG, expected=3, now=now)
    answers.answer(invitation=ids[2], command=ACCEPT, now=now)
    return ids


def prepare(expected, now):
    return reminders.prepare(actor=SYSTEM, slug=guests.SLUG, expected=expected, now=now)


def release(expected, now):
    return decisions.release(
        actor=SYSTEM, slug=guests.SLUG, kind=MessageKind.REMINDER, expected=expected, now=now
    )


def outgoing():
    db.session.rollback()
    wanted = sa.select(OutboxMessage).filter_by(kind=MessageKind.REMINDER).order_by(OutboxMessage.id)
    return db.session.scalars(wanted).all()


def test_c02_only_the_silent_are_reminded_by_the_same_link(invited, now):
    assert prepare(2, now) == 2
    assert {message.state for message in outgoing()} == {MessageState.DRAFT}
    assert release(2, now) == 2
    assert [message.state for message in outgoing()] == [MessageState.QUEUED] * 2
    told = message_from_bytes(outbox.content(outgoing()[0]), policy=policy.default)
    assert told["Subject"] == "[Cần trả lời trước 20/10] Nhắc lại thư mời: Tọa đàm kết nối địa phương"
    first = db.session.scalars(sa.select(Invitation).filter_by(public_id=invited[0])).one()
    text = told.get_body(("plain",)).get_content()
    assert site.invitation_url(first) in text
    assert "chưa nhận được phúc đáp" in text
    assert first.reminded_at == now
    assert first.state is InvitationState.SENT


def test_preparing_again_leaves_one_reminder_each(invited, now):
    prepare(2, now)
    prepare(2, now)
    assert len(outgoing()) == 2


def test_the_button_reminds_as_many_as_it_names(invited, now):
    with pytest.raises(Conflict) as refusal:
        prepare(3, now)
    assert (refusal.value.code, refusal.value.params) == ("silent_changed", {"n": 2})
    assert not outgoing()


def test_c02_who_answers_before_the_release_gets_nothing(invited, now):
    prepare(2, now)
    answers.answer(invitation=invited[0], command=ACCEPT, now=now)
    with pytest.raises(Conflict, match="drafts_changed"):
        release(2, now)
    assert release(1, now) == 1


def test_c02_who_is_no_longer_silent_at_the_release_is_left_out(invited, now):
    prepare(2, now)
    with unit_of_work() as session:
        number = session.scalar(sa.select(Invitation.id).filter_by(public_id=invited[0]))
        undeliverable.mark(session, number, reason="550", now=now)
    assert release(2, now) == 1
    assert [message.state for message in outgoing()] == [MessageState.WITHDRAWN, MessageState.QUEUED]


def test_c02_an_answer_stops_a_reminder_that_has_not_left(invited, now):
    prepare(2, now)
    release(2, now)
    answers.answer(invitation=invited[0], command=ACCEPT, now=now)
    assert [message.state for message in outgoing()] == [MessageState.WITHDRAWN, MessageState.QUEUED]


def test_reminders_of_a_changed_roundtable_do_not_leave(invited, now):
    prepare(2, now)
    with unit_of_work() as session:
        session.execute(sa.update(Event).values(changed_at=now + timedelta(minutes=1)))
    with pytest.raises(Conflict, match="letters_outdated"):
        release(2, now + timedelta(minutes=2))


def test_readers_remind_nobody(invited, colleague, now):
    with pytest.raises(NotAllowed):
        reminders.prepare(actor=colleague, slug=guests.SLUG, expected=2, now=now)


def test_the_number_of_statements_does_not_grow_with_the_silent(now, statements):
    guests.event()
    guests.invited(guests.missions(60), now)
    letters.prepare(actor=SYSTEM, slug=guests.SLUG, now=now)
    letters.release(actor=SYSTEM, slug=guests.SLUG, expected=60, now=now)
    with statements() as sent:
        prepare(60, now)
        release(60, now)
    assert len(sent) < 40
