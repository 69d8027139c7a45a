"""Changing delegates: places follow roles and sessions, nobody overwrites what he did not see."""

import pytest

from app.domain.errors import Conflict, InvalidInput
from app.domain.people import PersonDetails
from app.domain.policy import Actor
from app.domain.registrations import CorrectOwnData, DelegateRole, EditDelegate, SeatState
from app.services.registrations import edit
from app.services.transaction import unit_of_work
from tests.registration_rows import (
    FOCAL_POINT,
    list_mails,
    register_one,
    session_ids,
    store_event,
    store_invitation,
)

pytestmark = pytest.mark.usefixtures("context")


def _edit(delegate, now, name=None, role=None, sessions=(), revision=None, **person):
    details = PersonDetails(full_name=name or delegate.person.full_name, **person)
    command = EditDelegate(
        person=details,
        role=role or delegate.role,
        sessions=sessions,
        revision=delegate.revision if revision is None else revision,
    )
    return edit.edit_delegate(actor=FOCAL_POINT, delegate=delegate, command=command, now=now)


def test_editing_keeps_titles_of_other_languages_and_tells_the_delegate(now):
    invitation = store_invitation(store_event())
    delegate = register_one(invitation, now, posts={"en": "Director"}, email="a@x.vn")
    _edit(delegate, now, "Lê Văn Ân", posts={"vi": "Giám đốc"}, email="a@x.vn", phone="+84 905")
    assert delegate.person.posts == {"en": "Director", "vi": "Giám đốc"}
    assert (delegate.person.sort_name, delegate.person.phone) == ("Ân Lê Văn", "+84 905")
    assert list_mails()[1:] == [("registration_changed", "a@x.vn")]


def test_giving_up_a_session_lets_the_first_who_waits_move_up(now):
    event = store_event(seats=(1, None))
    invitation = store_invitation(event)
    both = session_ids(event)
    first, second = (register_one(invitation, now, f"P {n}", sessions=both) for n in "ab")
    _edit(first, now, sessions=both[1:])
    assert [seat.session.position for seat in first.seats] == [2]
    assert [seat.state for seat in second.seats] == [SeatState.CONFIRMED, SeatState.CONFIRMED]
    assert [session.taken for session in event.sessions] == [1, 2]


def test_seat_in_a_session_that_is_no_longer_offered_survives_a_change(now):
    event = store_event()
    delegate = register_one(store_invitation(event), now, sessions=session_ids(event))
    with unit_of_work():
        event.sessions[1].admitted_kinds = ["enterprise"]
    _edit(delegate, now, "Lê Văn Ân", sessions=session_ids(event)[:1])
    assert [seat.state for seat in delegate.seats] == [SeatState.CONFIRMED, SeatState.CONFIRMED]
    assert [session.taken for session in event.sessions] == [1, 1]


def test_role_that_is_not_counted_gives_the_place_back_and_takes_it_again(now):
    event = store_event(capacity=2, seats=(1,))
    invitation = store_invitation(event, quota=1)
    delegate = register_one(invitation, now, sessions=session_ids(event))
    _edit(delegate, now, role=DelegateRole.TECHNICIAN, sessions=session_ids(event))
    assert (invitation.taken, event.taken, event.sessions[0].taken) == (0, 0, 0)
    register_one(invitation, now, "Trần Thị Bình", sessions=session_ids(event))
    with pytest.raises(Conflict, match="quota_full"):
        _edit(delegate, now, role=DelegateRole.DELEGATE, sessions=session_ids(event))
    assert (delegate.role, invitation.taken) == (DelegateRole.TECHNICIAN, 1)


def test_one_of_two_editors_is_told_that_it_was_changed_meanwhile(now):
    delegate = register_one(store_invitation(store_event()), now)
    seen = delegate.revision
    _edit(delegate, now, "Lê Văn Ân", revision=seen)
    with pytest.raises(Conflict, match="changed_meanwhile"):
        _edit(delegate, now, "Lê Văn Ấn", revision=seen)
    assert delegate.person.full_name == "Lê Văn Ân"


def test_second_head_of_delegation_is_refused_on_editing_too(now):
    invitation = store_invitation(store_event())
    register_one(invitation, now, role=DelegateRole.HEAD_OF_DELEGATION)
    other = register_one(invitation, now, "Trần Thị Bình")
    with pytest.raises(Conflict, match="head_exists"):
        _edit(other, now, role=DelegateRole.HEAD_OF_DELEGATION)
    assert other.role is DelegateRole.DELEGATE


def test_delegate_corrects_his_spelling_and_cannot_become_another(now):
    delegate = register_one(store_invitation(store_event()), now, "Nguyen Trieu Thuong")

    def correct(name):
        command = CorrectOwnData(
            full_name=name,
            native_name=None,
            form_of_address="Ông",
            language="en",
            phone="+84 905",
            revision=delegate.revision,
        )
        edit.correct_own_data(actor=Actor("delegate", name), delegate=delegate, command=command, now=now)

    correct("Nguyễn Triều Thương")
    person = delegate.person
    assert (person.full_name, person.sort_name, person.language) == (
        "Nguyễn Triều Thương",
        "Thương Nguyễn Triều",
        "en",
    )
    with pytest.raises(InvalidInput, match="name_of_another"):
        correct("Trần Văn Khác")
