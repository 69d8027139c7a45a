"""Withdrawing: places go back, and who waits moves up in order, once each."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.db import db
from app.domain.errors import Conflict
from app.domain.invitations import AnswerSource
from app.domain.policy import Actor
from app.domain.registrations import DelegateRole, SeatState, is_counted
from app.services.registrations import withdraw
from app.services.transaction import unit_of_work
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


def _withdraw(delegate, now, actor=FOCAL_POINT):
    return withdraw.withdraw_delegate(actor=actor, delegate=delegate, now=now)


def test_withdrawal_gives_every_place_back_and_the_first_who_waits_moves_up(now):
    event = store_event(seats=(1,), offer_hours=0)
    invitation = store_invitation(event)
    first, second, third = (
        register_one(invitation, now, f"Người {name}", email=f"{name}@x.vn", sessions=session_ids(event))
        for name in "abc"
    )
    assert _withdraw(first, now) == 1
    assert [seat.state for row in (first, second, third) for seat in row.seats] == [
        SeatState.WITHDRAWN,
        SeatState.CONFIRMED,
        SeatState.WAITING,
    ]
    assert (invitation.taken, event.taken, event.sessions[0].taken) == (2, 2, 1)
    assert list_mails()[3:] == [("withdrawal", "a@x.vn"), ("registration_changed", "b@x.vn")]


def test_place_of_the_event_takes_the_next_into_his_sessions_too(now):
    event = store_event(capacity=1, seats=(1, None))
    invitation = store_invitation(event)
    first, second = (register_one(invitation, now, f"P {n}", sessions=session_ids(event)) for n in "ab")
    assert (second.state, second.seats[0].state) == (SeatState.WAITING, SeatState.WAITING)
    _withdraw(first, now)
    assert [second.state, *(seat.state for seat in second.seats)] == [SeatState.CONFIRMED] * 3


def test_withdrawing_twice_gives_back_once(now):
    invitation = store_invitation(store_event())
    delegate = register_one(invitation, now)
    register_one(invitation, now, "Trần Thị Bình")
    _withdraw(delegate, now)
    _withdraw(delegate, now)
    assert (invitation.taken, invitation.event.taken, delegate.withdrawn_at) == (1, 1, now)


def test_withdrawn_person_can_be_registered_again(now):
    invitation = store_invitation(store_event(), quota=1)
    first = register_one(invitation, now, role=DelegateRole.HEAD_OF_DELEGATION)
    _withdraw(first, now)
    again = register_one(invitation, now, role=DelegateRole.HEAD_OF_DELEGATION)
    assert (again.public_id == first.public_id, again.state) == (False, SeatState.CONFIRMED)


def test_institution_withdraws_until_the_deadline_the_delegate_himself_later_too(now):
    invitation = store_invitation(store_event(registration_deadline=now + timedelta(hours=1)))
    delegate, late = register_one(invitation, now), now + timedelta(days=1)
    with pytest.raises(Conflict, match="deadline_passed"):
        _withdraw(delegate, late)
    _withdraw(delegate, late, Actor("delegate", "Lê Văn An"))
    assert delegate.state is SeatState.WITHDRAWN


def test_refusal_of_an_institution_withdraws_all_its_people(now):
    event = store_event(seats=(1,))
    leaving, staying = store_invitation(event), store_invitation(event, name="Huế")
    mine = [register_one(leaving, now, f"P {n}", sessions=session_ids(event)) for n in "ab"]
    theirs = register_one(staying, now, "Q", sessions=session_ids(event))
    with unit_of_work() as session:
        done = withdraw.withdraw_delegation(
            session, invitation=leaving, actor=FOCAL_POINT, source=AnswerSource.LINK, now=now
        )
    assert (done, {row.state for row in mine}) == (2, {SeatState.WITHDRAWN})
    assert (leaving.taken, theirs.seats[0].state) == (0, SeatState.CONFIRMED)


_ROLES = st.sampled_from([DelegateRole.DELEGATE, DelegateRole.DELEGATE, DelegateRole.TECHNICIAN])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    capacities=st.tuples(*[st.none() | st.integers(0, 3)] * 3),
    acts=st.lists(st.tuples(_ROLES, st.integers(0, 3), st.booleans()), max_size=12),
)
@pytest.mark.databases("sqlite")
def test_counters_equal_the_rows_after_any_order_of_acts(now, capacities, acts):
    whole, *seats = capacities
    event = store_event(capacity=whole, seats=tuple(seats))
    invitation = store_invitation(event, quota=6)
    present = []
    for number, (role, choice, leaves) in enumerate(acts):
        if leaves and present:
            _withdraw(present.pop(choice % len(present)), now)
            continue
        wanted = [row for bit, row in enumerate(session_ids(event)) if choice >> bit & 1]
        if invitation.taken == invitation.quota and is_counted(role):
            with pytest.raises(Conflict, match="quota_full"):
                register_one(invitation, now, f"Người {number}", role=role)
            continue
        present.append(register_one(invitation, now, f"Người {number}", role=role, sessions=tuple(wanted)))
    db.session.expire_all()
    counted = [row for row in present if is_counted(row.role)]
    confirmed = [row for row in counted if row.state is SeatState.CONFIRMED]
    assert (invitation.taken, event.taken) == (len(counted), len(confirmed))
    assert event.taken == (len(counted) if whole is None else min(whole, len(counted)))
    for planned in event.sessions:
        holders = [seat.state for row in confirmed for seat in row.seats if seat.session_id == planned.id]
        assert planned.taken == holders.count(SeatState.CONFIRMED)
        room = planned.capacity
        assert planned.taken == (len(holders) if room is None else min(room, len(holders)))
    assert [get_delegate(row.public_id).state for row in present] == [row.state for row in present]
