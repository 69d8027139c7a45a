"""Speaking slots per side: who fills them, who could, give one and free it again (A30)."""

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.errors import Conflict, NotAllowed, NotFound
from app.domain.invitations import InvitationState
from app.domain.policy import SYSTEM
from app.models.invitations import Invitation
from app.models.programme import Appointment
from app.queries import events
from app.queries import slots as queries
from app.services.programme import appointments, slots
from app.services.transaction import unit_of_work
from tests import guests

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def invited(now) -> list[str]:
    """Three localities on one side with two slots, a mission on the other side."""
    event = guests.event(sides=("B", "C"))
    ids = guests.invited([*guests.localities(3), *guests.missions(1)], now)
    side = event.sides[0].public_id
    appointments.reserve(actor=SYSTEM, slug=guests.SLUG, side=side, slots=2, now=now)
    return ids


def listed() -> queries.SlotsOfSide:
    db.session.rollback()
    return queries.list_slots(events.get(guests.SLUG, SYSTEM))[0]


def give(slot, invitation, now, actor=SYSTEM):
    slots.give_slot(actor=actor, slug=guests.SLUG, slot=slot, invitation=invitation, now=now)


def test_a30_a_slot_is_given_to_an_institution_of_its_side_and_freed_again(invited, now):
    free = listed().slots[0].public_id
    give(free, invited[1], now)
    held = listed()
    assert (held.filled, len(held.slots), held.invited) == (1, 2, 3)
    assert held.slots[0].organization.code == "VN-02"
    assert [row.public_id for row in held.candidates] == [invited[0], invited[2]]
    with pytest.raises(Conflict, match="slot_given"):
        give(free, invited[0], now)
    slots.free_slot(actor=SYSTEM, slug=guests.SLUG, slot=free, now=now)
    assert (listed().filled, len(listed().slots)) == (0, 2)


def test_a30_no_slot_goes_to_another_side_a_stranger_or_by_a_reader(invited, colleague, now):
    free = listed().slots[0].public_id
    for chosen in (invited[3], "nobody"):
        with pytest.raises(NotFound):
            give(free, chosen, now)
    with pytest.raises(NotAllowed):
        give(free, invited[0], now, actor=colleague)
    assert not listed().filled


def test_who_declined_is_not_offered_a_slot(invited, now):
    with unit_of_work() as session:
        declined = sa.update(Invitation).where(Invitation.public_id == invited[0])
        session.execute(declined.values(state=InvitationState.DECLINED))
    assert [row.public_id for row in listed().candidates] == invited[1:3]


def test_only_slots_of_a_side_can_be_given(invited, now):
    with unit_of_work() as session:
        session.execute(sa.update(Appointment).values(side_id=None))
        slot = session.scalars(sa.select(Appointment.public_id)).first()
    with pytest.raises(NotFound):
        give(slot, invited[0], now)
