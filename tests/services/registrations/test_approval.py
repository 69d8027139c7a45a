"""Approval in one or two stages: pending holds the place, one word for many, everybody is told."""

from datetime import timedelta

import pytest

from app.db import db
from app.domain.approvals import Approval, Approver, AskHead, Decision
from app.domain.errors import Conflict, InvalidInput, NotAllowed
from app.domain.invitations import AnswerSource
from app.domain.registrations import DelegateRole, Departure, SeatState
from app.models.audit import AuditEntry
from app.models.mail import OutboxMessage
from app.queries import approvals
from app.services.registrations import approval, approver, register
from app.services.transaction import unit_of_work
from tests.mail.letters import text_of
from tests.registration_rows import (
    FOCAL_POINT,
    command,
    get_delegate,
    list_mails,
    register_one,
    session_ids,
    store_event,
    store_invitation,
)

pytestmark = pytest.mark.usefixtures("context")
ONE, TWO = Approval.SECRETARIAT, Approval.HEAD_THEN_SECRETARIAT


def _invited(event, **known):
    invitation = store_invitation(event, **known)
    with unit_of_work():
        invitation.email = "ngoaivu@x.vn"
    return invitation


def _decide(actor, event, now, *delegates, approves=True, reason=""):
    word = Decision(delegates=tuple(one.public_id for one in delegates), approves=approves, reason=reason)
    return approval.decide(actor=actor, event=event, command=word, now=now)


def test_registration_that_needs_approval_holds_its_places_without_a_calendar_entry(now):
    event = store_event(approval=ONE, capacity=1, seats=(1,))
    invitation = _invited(event)
    first = register_one(invitation, now, "A B", sessions=session_ids(event), email="a@x.vn")
    second = register_one(invitation, now, "C D", sessions=session_ids(event))
    assert (first.state, first.seats[0].state) == (SeatState.PENDING, SeatState.PENDING)
    assert second.state is SeatState.WAITING
    assert (event.taken, event.sessions[0].taken) == (1, 1)
    letter = db.session.query(OutboxMessage).one()
    assert "[Chờ duyệt]" in letter.subject
    assert "BEGIN:VCALENDAR" not in text_of(letter)


def test_secretariat_approves_many_in_one_act_and_delegate_and_focal_point_are_told(organizer, now):
    event = store_event(approval=ONE, seats=(None,))
    invitation = _invited(event)
    both = [
        register_one(invitation, now, f"P {n}", email=f"{n}@x.vn", sessions=session_ids(event)) for n in "ab"
    ]
    assert _decide(organizer, event, now, *both) == 2
    assert {row.state for row in both} == {SeatState.CONFIRMED}
    assert {seat.state for row in both for seat in row.seats} == {SeatState.CONFIRMED}
    assert list_mails()[2:] == [
        ("registration", "a@x.vn"),
        ("registration", "b@x.vn"),
        ("approval_outcome", "ngoaivu@x.vn"),
    ]
    assert db.session.query(AuditEntry).filter_by(act="delegate.approve").count() == 2
    assert _decide(organizer, event, now, *both) == 0


def test_refusal_says_why_frees_the_place_and_can_be_followed_by_somebody_else(organizer, now):
    event = store_event(approval=ONE, seats=(1,))
    invitation = _invited(event, quota=1)
    refused = register_one(invitation, now, email="a@x.vn", sessions=session_ids(event))
    with pytest.raises(InvalidInput, match="reason_missing"):
        _decide(organizer, event, now, refused, approves=False)
    _decide(organizer, event, now, refused, approves=False, reason="Không đúng thành phần & cấp")
    assert (refused.state, refused.departure) == (SeatState.WITHDRAWN, Departure.REJECTED)
    assert (invitation.taken, event.taken, event.sessions[0].taken) == (0, 0, 0)
    assert list_mails()[1:] == [("withdrawal", "a@x.vn"), ("approval_outcome", "ngoaivu@x.vn")]
    for letter in db.session.query(OutboxMessage).order_by(OutboxMessage.id)[1:]:
        assert "Không đúng thành phần & cấp" in text_of(letter)
    assert register_one(invitation, now, "Trần Thị Bình").state is SeatState.PENDING


def test_two_stages_the_head_by_his_own_link_then_the_secretariat(organizer, now):
    event = store_event(approval=TWO)
    invitation = _invited(event)
    delegate = register_one(invitation, now, email="a@x.vn")
    assert _decide(organizer, event, now, delegate) == 0
    asked = approver.ask_head(
        actor=FOCAL_POINT,
        invitation=invitation,
        command=AskHead(name="Nguyễn Thị Sếp", email="sep@x.vn"),
        now=now,
    )
    assert (asked, list_mails()[-1]) == (1, ("approval_request", "sep@x.vn"))
    word = Decision(delegates=(delegate.public_id,), approves=True)
    assert approval.decide_as_head(invitation=invitation, command=word, now=now) == 1
    assert (delegate.state, delegate.awaits) == (SeatState.PENDING, Approver.SECRETARIAT)
    entry = db.session.query(AuditEntry).filter_by(act="delegate.approve_as_head").one()
    assert (entry.actor_kind, entry.actor_name) == ("approver", "Nguyễn Thị Sếp")
    assert _decide(organizer, event, now, delegate) == 1
    assert (delegate.state, delegate.awaits) == (SeatState.CONFIRMED, None)


def test_head_decides_about_nobody_of_another_institution(now):
    event = store_event(approval=TWO)
    mine, theirs = _invited(event), _invited(event, name="Huế")
    foreign = register_one(theirs, now)
    word = Decision(delegates=(foreign.public_id,), approves=False, reason="x")
    assert approval.decide_as_head(invitation=mine, command=word, now=now) == 0
    assert foreign.state is SeatState.PENDING


def test_head_named_anew_makes_the_link_at_the_old_address_void(now):
    invitation = _invited(store_event(approval=TWO))
    register_one(invitation, now)

    def ask(email):
        head = AskHead(name="Sếp", email=email)
        approver.ask_head(actor=FOCAL_POINT, invitation=invitation, command=head, now=now)
        return invitation.approver_generation

    assert [ask("a@x.vn"), ask("a@x.vn"), ask("b@x.vn")] == [1, 1, 2]


def test_head_can_be_asked_after_the_deadline_about_those_who_were_registered_before(now):
    invitation = _invited(store_event(approval=TWO, registration_deadline=now + timedelta(hours=1)))
    register_one(invitation, now)
    asked = approver.ask_head(
        actor=FOCAL_POINT,
        invitation=invitation,
        command=AskHead(name="Sếp", email="sep@x.vn"),
        now=now + timedelta(days=1),
    )
    assert asked == 1


def test_nobody_is_asked_when_nobody_waits_for_the_head(now):
    invitation = _invited(store_event(approval=ONE))
    register_one(invitation, now)
    with pytest.raises(Conflict, match="nobody_awaits_head"):
        approver.ask_head(
            actor=FOCAL_POINT, invitation=invitation, command=AskHead(name="S", email="s@x.vn"), now=now
        )


def test_word_of_a_head_that_came_by_letter_is_recorded_with_its_source(organizer, now):
    event = store_event(approval=TWO)
    delegate = register_one(_invited(event), now)
    word = Decision(delegates=(delegate.public_id,), approves=True)
    done = approval.record_head(
        actor=organizer, event=event, command=word, source=AnswerSource.LETTER, now=now
    )
    assert (done, delegate.awaits) == (1, Approver.SECRETARIAT)
    assert db.session.query(AuditEntry).filter_by(act="delegate.approve_as_head").one().source == "letter"


def test_what_the_desk_registers_is_approved_by_that(organizer, now):
    invitation = _invited(store_event(approval=TWO))
    done = register.register_delegate(
        actor=organizer, invitation=invitation, command=command(), now=now, source=AnswerSource.LETTER
    )
    assert get_delegate(done.public_id).state is SeatState.CONFIRMED


def test_reader_and_institution_cannot_speak_for_the_secretariat(colleague, now):
    event = store_event(approval=ONE)
    delegate = register_one(_invited(event), now)
    for actor in (colleague, FOCAL_POINT):
        with pytest.raises((NotAllowed, KeyError)):
            _decide(actor, event, now, delegate)
    assert delegate.state is SeatState.PENDING


def test_interpreter_needs_approval_too_and_takes_no_place(organizer, now):
    event = store_event(approval=ONE, seats=(1,))
    helper = register_one(_invited(event), now, role=DelegateRole.INTERPRETER, sessions=session_ids(event))
    assert (helper.state, event.taken) == (SeatState.PENDING, 0)
    _decide(organizer, event, now, helper)
    assert (helper.state, helper.seats[0].state, event.taken) == (
        SeatState.CONFIRMED,
        SeatState.CONFIRMED,
        0,
    )


def test_list_of_those_who_wait_follows_the_invitations(now):
    event = store_event(approval=ONE)
    first, second = _invited(event), _invited(event, name="Huế")
    register_one(second, now, "C D")
    register_one(first, now, "A B")
    head = register_one(first, now, "X Y", role=DelegateRole.HEAD_OF_DELEGATION)
    waiting = approvals.list_awaiting(event, Approver.SECRETARIAT)
    assert [row.person.full_name for row in waiting] == [head.person.full_name, "A B", "C D"]
    assert approvals.count_awaiting([event.id], Approver.SECRETARIAT) == {event.id: 3}
