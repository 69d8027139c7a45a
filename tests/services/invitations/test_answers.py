"""Answers: by link until the deadline, by letter or telephone at any time; the last one counts."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.domain.events import EventStatus
from app.domain.invitations import (
    Answer,
    AnswerCommand,
    AnswerSource,
    InvitationState,
    RecordCommand,
)
from app.domain.mail import MessageKind
from app.domain.policy import SYSTEM
from app.domain.registrations import DelegateRole, SeatState
from app.models.audit import AuditEntry
from app.models.invitations import Invitation, InvitationAnswer
from app.models.mail import OutboxMessage
from app.models.people import Person
from app.models.registrations import Delegate
from app.services.invitations import answers
from app.services.transaction import unit_of_work
from tests import guests

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def invited(context, now):
    guests.event()
    return guests.invited(guests.localities(1), now)[0]


def answer(invitation, given, now, **told):
    command = AnswerCommand(Answer(given), **{"answered_by": "Trần Thị Bình", **told})
    return answers.answer(invitation=invitation, command=command, now=now)


def record(invitation, given, now, *, actor=SYSTEM, after="", slug=guests.SLUG, **source):
    told = {
        "source": AnswerSource.LETTER,
        "source_date": date(2027, 9, 1),
        "source_reference": "55/SNgV",
        **source,
    }
    command = RecordCommand(AnswerCommand(Answer(given), after=after), **told)
    return answers.record(actor=actor, slug=slug, invitation=invitation, command=command, now=now)


def state():
    db.session.rollback()
    return db.session.scalar(sa.select(Invitation.state))


def history():
    db.session.rollback()
    return db.session.scalars(sa.select(InvitationAnswer).order_by(InvitationAnswer.id)).all()


def receipts():
    return db.session.scalars(
        sa.select(OutboxMessage.subject).where(OutboxMessage.kind == MessageKind.ANSWER_RECEIPT)
    ).all()


def test_c02_an_answer_changes_until_the_deadline_and_keeps_its_history(invited, now):
    first = answer(invited, "tentative", now, note="Chờ lịch của lãnh đạo tỉnh")
    second = answer(invited, "declined", now, note="Trùng kỳ họp HĐND", after=first)
    assert state() is InvitationState.DECLINED
    answer(invited, "accepted", now, after=second)
    assert state() is InvitationState.ACCEPTED
    assert [(row.answer, row.note, row.source) for row in history()] == [
        (Answer.TENTATIVE, "Chờ lịch của lãnh đạo tỉnh", AnswerSource.LINK),
        (Answer.DECLINED, "Trùng kỳ họp HĐND", AnswerSource.LINK),
        (Answer.ACCEPTED, "", AnswerSource.LINK),
    ]


def test_a20_an_institution_takes_part_without_a_named_person(invited, now):
    answer(invited, "accepted", now)
    invitation = db.session.scalar(sa.select(Invitation))
    assert (invitation.state, invitation.taken) == (InvitationState.ACCEPTED, 0)


def test_the_same_answer_twice_is_one_answer_and_one_receipt(invited, now):
    assert answer(invited, "accepted", now) == answer(invited, "accepted", now + timedelta(seconds=1))
    assert len(history()) == 1
    assert receipts() == ["[Cần đăng ký đại biểu] Đã nhận phúc đáp: Tọa đàm kết nối địa phương"]


def test_two_officers_do_not_overwrite_each_other_silently(invited, now):
    answer(invited, "accepted", now)
    with pytest.raises(Conflict, match="answered_meanwhile"):
        answer(invited, "declined", now, note="Không ai đi")
    assert state() is InvitationState.ACCEPTED


def test_after_the_deadline_the_link_answers_no_more_but_letters_are_recorded(invited, now):
    late = now.replace(month=10, day=20, hour=10, minute=0) + timedelta(seconds=1)
    with pytest.raises(Conflict, match="deadline_passed"):
        answer(invited, "accepted", late)
    record(invited, "accepted", late)
    assert state() is InvitationState.ACCEPTED


def test_the_last_second_counts(invited, now):
    answer(invited, "accepted", now.replace(month=10, day=20, hour=10, minute=0))
    assert state() is InvitationState.ACCEPTED


@pytest.mark.parametrize("status", [s for s in EventStatus if s is not EventStatus.PUBLISHED])
def test_only_a_published_event_takes_answers(now, status):
    guests.event(status=status)
    (invitation,) = guests.invited(guests.localities(1), now)
    with pytest.raises(Conflict, match="event_not_open"):
        answer(invitation, "accepted", now)


def test_a_recorded_answer_keeps_its_source_and_who_typed_it(invited, now, organizer):
    record(invited, "accepted", now, actor=organizer)
    (row,) = history()
    assert (row.source, row.source_date, row.source_reference) == (
        AnswerSource.LETTER,
        date(2027, 9, 1),
        "55/SNgV",
    )
    assert row.recorded_by.name == "Nguyễn Thị Hà"
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.act, entry.actor_name, entry.source) == ("invitation.answer", "Nguyễn Thị Hà", "letter")
    assert entry.details == {"before": "draft", "after": "accepted"}


def test_nobody_records_an_answer_as_if_it_came_by_link(invited, now):
    with pytest.raises(InvalidInput, match="source_not_by_hand"):
        record(invited, "accepted", now, source=AnswerSource.LINK)


def test_a_cancelled_event_records_no_answers(now):
    guests.event(status=EventStatus.CANCELLED)
    (invitation,) = guests.invited(guests.localities(1), now)
    with pytest.raises(Conflict, match="event_not_open"):
        record(invitation, "accepted", now)


def test_the_archive_records_what_a_report_says_and_writes_to_nobody(now):
    guests.event(status=EventStatus.ARCHIVED)
    (invitation,) = guests.invited(guests.localities(1), now)
    record(invitation, "accepted", now, source=AnswerSource.REPORT)
    assert state() is InvitationState.ACCEPTED
    assert receipts() == []


def test_a_foreign_invitation_is_not_found(invited, now):
    guests.event("other")
    with pytest.raises(NotFound):
        record(invited, "accepted", now, slug="other")


def test_readers_record_nothing(invited, now, colleague):
    with pytest.raises(NotAllowed):
        record(invited, "accepted", now, actor=colleague)


def test_a_refusal_with_delegates_says_how_many_and_asks(invited, now):
    first = answer(invited, "accepted", now)
    delegates(invited, 2, now)
    with pytest.raises(Conflict) as refusal:
        answer(invited, "declined", now, after=first)
    assert (refusal.value.code, refusal.value.field, refusal.value.params) == (
        "delegates_registered",
        "withdraws",
        {"n": 2},
    )
    assert state() is InvitationState.ACCEPTED


def delegates(invitation, count, now):
    with unit_of_work() as session:
        found = session.query(Invitation).filter_by(public_id=invitation).one()
        found.taken, found.seated, found.event.taken = count, count, count
        for number in range(count):
            person = Person(event_id=found.event_id, full_name=f"Đại biểu {number}", sort_name="x")
            session.add(
                Delegate(
                    event_id=found.event_id,
                    invitation=found,
                    person=person,
                    role=DelegateRole.DELEGATE,
                    state=SeatState.CONFIRMED,
                    request_key=f"k{number}",
                    registered_at=now,
                    changed_at=now,
                )
            )


def test_a_confirmed_refusal_withdraws_the_delegates(invited, now):
    first = answer(invited, "accepted", now)
    delegates(invited, 2, now)
    answer(invited, "declined", now, after=first, withdraws=True)
    assert state() is InvitationState.DECLINED
    assert set(db.session.scalars(sa.select(Delegate.state))) == {SeatState.WITHDRAWN}
