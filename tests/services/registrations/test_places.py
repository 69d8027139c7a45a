"""Places of sides and places kept for institutions: exact, and given to those who wait when they are free."""

from datetime import timedelta

import pytest

from app.domain.errors import Conflict, InvalidInput
from app.domain.invitations import Answer, AnswerCommand, CommonTerms
from app.domain.policy import SYSTEM
from app.domain.programme import SideDetails
from app.domain.registrations import SeatState
from app.models.events import Side
from app.queries import places
from app.services.invitations import answers, terms
from app.services.programme import sides
from app.services.registrations import reservations, withdraw
from app.services.transaction import unit_of_work
from tests.registration_rows import FOCAL_POINT, register_one, session_ids, store_event, store_invitation

pytestmark = pytest.mark.usefixtures("context")
S = SeatState


def _sides(event, *capacities):
    with unit_of_work() as session:
        made = [
            Side(event_id=event.id, code=code, names={"vi": f"Phía {code}"}, position=place, capacity=room)
            for place, (code, room) in enumerate(zip("ABC", capacities, strict=False), 1)
        ]
        session.add_all(made)
    return made


def _terms(event, invitation, now, **changed):
    terms.change_many(
        actor=SYSTEM,
        slug=event.slug,
        invitations=[invitation.public_id],
        command=CommonTerms(**changed),
        now=now,
    )


def _states(people):
    return [person.state for person in people]


def test_c03_full_side_waits_while_the_other_still_has_places(now):
    event = store_event(capacity=3, offer_hours=0)
    one, other = _sides(event, 1, None)
    first, second = store_invitation(event, side=one), store_invitation(event, side=other)
    people = [register_one(first, now, "A"), register_one(first, now, "B"), register_one(second, now, "C")]
    assert _states(people) == [S.CONFIRMED, S.WAITING, S.CONFIRMED]
    assert (event.taken, one.taken, other.taken) == (2, 1, 1)
    withdraw.withdraw_delegate(actor=FOCAL_POINT, delegate=people[0], now=now)
    assert (people[1].state, one.taken, first.seated) == (S.CONFIRMED, 1, 1)


def test_more_places_for_a_side_go_to_those_who_wait_and_fewer_than_taken_are_refused(now):
    event = store_event(offer_hours=0)
    (one,) = _sides(event, 1)
    invitation = store_invitation(event, side=one)
    people = [register_one(invitation, now, name) for name in "AB"]

    def edit(capacity):
        command = SideDetails(code="A", names={"vi": "Phía A"}, capacity=capacity)
        sides.edit_side(
            actor=SYSTEM,
            slug=event.slug,
            side_id=one.public_id,
            command=command,
            now=now,
            revision=one.revision,
        )

    edit(2)
    assert (_states(people), one.taken) == ([S.CONFIRMED] * 2, 2)
    with pytest.raises(InvalidInput, match="capacity_below_taken"):
        edit(1)


def test_institution_moves_to_another_side_with_its_people_if_there_is_room(now):
    event = store_event()
    one, other, small = _sides(event, 3, 3, 1)
    invitation = store_invitation(event, side=one)
    for name in "AB":
        register_one(invitation, now, name)
    _terms(event, invitation, now, side=other.public_id)
    assert (one.taken, other.taken, invitation.side_id) == (0, 2, other.id)
    with pytest.raises(Conflict, match="side_full"):
        _terms(event, invitation, now, side=small.public_id)


def test_side_that_is_removed_limits_nobody_any_more(now):
    event = store_event(offer_hours=0)
    (one,) = _sides(event, 1)
    people = [register_one(store_invitation(event, side=one), now, name) for name in "AB"]
    sides.remove_side(actor=SYSTEM, slug=event.slug, side_id=one.public_id, now=now)
    assert (_states(people), event.taken) == ([S.CONFIRMED] * 2, 2)


def test_kept_places_are_held_for_others_and_used_by_their_institution_first(now):
    event = store_event(capacity=3)
    kept, other = store_invitation(event), store_invitation(event, name="Huế")
    _terms(event, kept, now, reserved=2)
    theirs = [register_one(other, now, name) for name in "AB"]
    assert _states(theirs) == [S.CONFIRMED, S.WAITING]
    mine = [register_one(kept, now, name) for name in "CDE"]
    assert _states(mine) == [S.CONFIRMED, S.CONFIRMED, S.WAITING]
    assert (event.taken, kept.seated, kept.reserved) == (3, 2, 2)


def test_place_given_back_is_kept_again_until_the_deadline_then_goes_to_those_who_wait(now):
    event = store_event(capacity=2, offer_hours=0, registration_deadline=now + timedelta(days=2))
    kept, other = store_invitation(event), store_invitation(event, name="Huế")
    _terms(event, kept, now, reserved=1)
    mine = register_one(kept, now, "A")
    theirs = [register_one(other, now, name) for name in "BC"]
    withdraw.withdraw_delegate(actor=FOCAL_POINT, delegate=mine, now=now)
    assert (_states(theirs), places.count_kept(event.id)) == ([S.CONFIRMED, S.WAITING], 1)
    assert reservations.release_lapsed(now=now + timedelta(days=2)) == 0
    assert reservations.release_lapsed(now=now + timedelta(days=2, seconds=1)) == 1
    assert (_states(theirs), kept.reserved, event.taken) == ([S.CONFIRMED] * 2, 0, 2)


def test_refusal_of_an_institution_gives_its_kept_places_away(now):
    event = store_event(capacity=1, offer_hours=0)
    kept, other = store_invitation(event), store_invitation(event, name="Huế")
    _terms(event, kept, now, reserved=1)
    waiting = register_one(other, now, "A")
    answers.answer(
        invitation=kept.public_id, command=AnswerCommand(Answer.DECLINED, answered_by="Văn thư"), now=now
    )
    assert (waiting.state, kept.reserved) == (S.CONFIRMED, 0)


def test_no_more_is_kept_than_there_is(now):
    event = store_event(capacity=2)
    kept = store_invitation(event, quota=3)
    register_one(store_invitation(event, name="Huế"), now, "A")
    _terms(event, kept, now, reserved=1)
    with pytest.raises(Conflict, match="reserved_beyond_capacity"):
        _terms(event, kept, now, reserved=2)
    with pytest.raises(InvalidInput, match="reserved_above_quota"):
        _terms(event, kept, now, reserved=4)
    assert kept.reserved == 1


def test_c03_arithmetic_of_places_adds_up(now):
    event = store_event(capacity=4, seats=(1, None))
    one, _ = _sides(event, 3, None)
    kept, other = store_invitation(event, side=one), store_invitation(event, name="Huế")
    _terms(event, kept, now, reserved=2)
    first = [register_one(other, now, name, sessions=session_ids(event)) for name in "ABC"]
    assert _states(first) == [S.CONFIRMED, S.CONFIRMED, S.WAITING]
    register_one(kept, now, "D", email="d@x.vn")
    numbers = [(p.capacity, p.confirmed, p.held, p.waiting, p.free) for p in places.tabulate(event)]
    assert numbers == [
        (4, 3, 1, 1, 0),
        (3, 1, 1, 0, 1),
        (1, 1, 0, 2, 0),
        (None, 2, 0, 1, None),
    ]
