"""Replacing: the new person takes over role, places and turn; history can be read on both."""

from datetime import timedelta

import pytest

from app.db import db
from app.domain.approvals import Approval, Decision
from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.people import PersonDetails
from app.domain.policy import Actor
from app.domain.registrations import DelegateRole, Departure, ReplaceDelegate, SeatState
from app.models.audit import AuditEntry
from app.models.mail import OutboxMessage
from app.services.registrations import approval, replace, withdraw
from tests.mail.letters import text_of
from tests.registration_rows import (
    FOCAL_POINT,
    get_delegate,
    list_mails,
    register_one,
    session_ids,
    store_event,
    store_invitation,
)

pytestmark = pytest.mark.usefixtures("context")
HEAD = DelegateRole.HEAD_OF_DELEGATION


def _replace(delegate, now, name="Phạm Thị Mới", *, key="r1", revision=None, actor=FOCAL_POINT, **known):
    command = ReplaceDelegate(
        person=PersonDetails(full_name=name, email=known.pop("email", "moi@x.vn")),
        is_substitute=known.pop("is_substitute", False),
        request_key=key,
        revision=delegate.revision if revision is None else revision,
    )
    made = replace.replace_delegate(actor=actor, delegate=delegate, command=command, now=now)
    return get_delegate(made)


def test_c02_new_head_takes_over_role_and_seats_and_the_old_one_is_linked(now):
    event = store_event(capacity=2, seats=(1, None))
    invitation = store_invitation(event, quota=1)
    old = register_one(invitation, now, role=HEAD, sessions=session_ids(event), email="an@x.vn")
    new = _replace(old, now)
    assert (new.role, new.state, new.position) == (HEAD, SeatState.CONFIRMED, old.position)
    assert [seat.state for seat in new.seats] == [SeatState.CONFIRMED] * 2
    assert (old.state, old.departure, old.replaced_by.public_id) == (
        SeatState.WITHDRAWN,
        Departure.REPLACED,
        new.public_id,
    )
    assert new.replaces is old
    assert {seat.state for seat in old.seats} == {SeatState.WITHDRAWN}
    assert (invitation.taken, event.taken, *(row.taken for row in event.sessions)) == (1, 1, 1, 1)


def test_replaced_one_gets_a_cancellation_that_names_the_new_one_who_gets_his_own_page(now):
    old = register_one(store_invitation(store_event()), now, email="an@x.vn")
    new = _replace(old, now, "Lý Thị O'Neil")
    assert list_mails()[1:] == [("withdrawal", "an@x.vn"), ("registration", "moi@x.vn")]
    letters = db.session.query(OutboxMessage).where(OutboxMessage.kind != "calendar")
    cancelled, welcome = letters.order_by(OutboxMessage.id)[1:]
    assert "Lý Thị O'Neil" in text_of(cancelled)
    assert "Lý Thị O'Neil" in text_of(welcome)
    assert f"/d/{new.public_id}" in text_of(welcome)


def test_history_names_both(now):
    old = register_one(store_invitation(store_event()), now, "Lê Văn An")
    _replace(old, now)
    entry = db.session.query(AuditEntry).filter_by(act="delegate.replace").one()
    assert (entry.subject_id, entry.subject_name) == (old.public_id, "Lê Văn An → Phạm Thị Mới")


def test_who_waits_hands_over_his_turn_and_nobody_comes_between(now):
    event = store_event(seats=(1,))
    invitation = store_invitation(event)
    first, second, third = (
        register_one(invitation, now + timedelta(minutes=n), f"P {n}", sessions=session_ids(event))
        for n in range(3)
    )
    new = _replace(second, now + timedelta(hours=1))
    withdraw.withdraw_delegate(actor=FOCAL_POINT, delegate=first, now=now + timedelta(hours=2))
    assert new.seats[0].state in {SeatState.CONFIRMED, SeatState.OFFERED}
    assert third.seats[0].state is SeatState.WAITING


def test_full_event_and_full_quota_do_not_stop_a_replacement(now):
    event = store_event(capacity=1, seats=(1,))
    invitation = store_invitation(event, quota=1)
    new = _replace(register_one(invitation, now, sessions=session_ids(event)), now)
    assert (new.state, new.seats[0].state) == (SeatState.CONFIRMED, SeatState.CONFIRMED)


def test_same_form_sent_twice_replaces_once(now):
    old = register_one(store_invitation(store_event()), now)
    seen = old.revision
    assert _replace(old, now, revision=seen).public_id == _replace(old, now, revision=seen).public_id
    assert len(list_mails()) == 1


def test_c01_second_officer_is_told_that_somebody_replaced_him_already(now):
    old = register_one(store_invitation(store_event()), now)
    seen = old.revision
    _replace(old, now, revision=seen)
    with pytest.raises(Conflict, match="delegate_withdrawn"):
        _replace(old, now, "Người Thứ Ba", key="r2", revision=seen)


def test_changed_delegate_is_not_replaced_unseen(now):
    old = register_one(store_invitation(store_event()), now)
    with pytest.raises(Conflict, match="changed_meanwhile"):
        _replace(old, now, revision=old.revision - 1)
    assert old.state is SeatState.CONFIRMED


def test_somebody_of_the_delegation_or_himself_cannot_come_in_his_place(now):
    invitation = store_invitation(store_event())
    old = register_one(invitation, now, "Lê Văn An", email="an@x.vn")
    register_one(invitation, now, "Trần Thị Bình", email="binh@x.vn")
    with pytest.raises(Conflict, match="already_registered"):
        _replace(old, now, "Trần Thị Bình", email="binh@x.vn")
    with pytest.raises(InvalidInput, match="replaces_himself"):
        _replace(old, now, "Lê Văn An", email="an@x.vn")


def test_institution_replaces_until_its_deadline_the_desk_also_later(now, organizer):
    invitation = store_invitation(store_event(registration_deadline=now + timedelta(hours=1)))
    old, late = register_one(invitation, now), now + timedelta(days=1)
    with pytest.raises(Conflict, match="deadline_passed"):
        _replace(old, late)
    assert _replace(old, late, actor=organizer).state is SeatState.CONFIRMED


def test_who_attended_stays_and_a_stranger_to_delegations_is_not_replaced(now):
    old = register_one(store_invitation(store_event()), now)
    old.attended = True
    db.session.commit()
    with pytest.raises(Conflict, match="delegate_attended"):
        _replace(old, now)
    old.invitation_id = None
    db.session.commit()
    with pytest.raises(NotFound):
        _replace(old, now, actor=Actor("system", ""))


def test_new_person_has_to_be_approved_although_the_old_one_was(now, organizer):
    event = store_event(approval=Approval.SECRETARIAT, seats=(1,))
    old = register_one(store_invitation(event), now, sessions=session_ids(event))
    word = Decision(delegates=(old.public_id,), approves=True)
    approval.decide(actor=organizer, event=event, command=word, now=now)
    new = _replace(old, now)
    assert (old.departure, new.state, new.seats[0].state) == (
        Departure.REPLACED,
        SeatState.PENDING,
        SeatState.PENDING,
    )
    assert (event.taken, event.sessions[0].taken) == (1, 1)
