"""People from last time: offered to their own institution alone, once each, as they were last."""

from datetime import date

import pytest

from app.domain.errors import InvalidInput
from app.models.invitations import Invitation
from app.queries import earlier
from app.services.imports import drafts
from app.services.registrations import withdraw
from tests.import_tables import holder, look, take_over
from tests.registration_rows import FOCAL_POINT, invite_again, register_one, store_event, store_invitation

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def invitation(now) -> Invitation:
    """An institution invited to three events, which sent people to the first two; another one did too."""
    first, second, third = (store_event(date=date(2027, month, 27)) for month in (8, 9, 10))
    before = store_invitation(first)
    invited = [invite_again(before, event) for event in (second, third)]
    register_one(before, now, "Lê Văn An", email="an@x.vn", posts={"vi": "Phó Giám đốc"})
    gone = register_one(before, now, "Ngô Rút")
    withdraw.withdraw_delegate(actor=FOCAL_POINT, delegate=gone, now=now)
    register_one(invited[0], now, "Lê Văn An", email="an@x.vn", posts={"vi": "Giám đốc"})
    register_one(invited[0], now, "Trần Bé", posts={"vi": "Trưởng phòng"})
    register_one(store_invitation(first, name="Huế"), now, "Người Huế")
    return invited[1]


def told(invitation):
    return [(one.person.full_name, one.person.posts["vi"]) for one in earlier.list_people(invitation)]


def test_each_is_offered_once_as_he_was_last_and_nobody_of_another_institution(invitation):
    assert told(invitation) == [("Lê Văn An", "Giám đốc"), ("Trần Bé", "Trưởng phòng")]


def test_who_is_registered_already_is_not_offered(invitation, now):
    register_one(invitation, now, "Trần Bé")
    assert told(invitation) == [("Lê Văn An", "Giám đốc")]


def test_ticked_people_become_a_table_to_be_looked_at_and_confirmed(invitation, now):
    people = [one.public_id for one in earlier.list_people(invitation)][:1]
    draft = drafts.start_again(
        actor=FOCAL_POINT, invitation=invitation, people=people, language="vi", now=now
    )
    of = holder(invitation.event, invitation)
    rows = look(invitation.event, draft, now, of=of)
    assert [(row.state.value, row.wanted.person.email) for row in rows] == [("new", "an@x.vn")]
    take_over(draft, now, of=of)
    assert told(invitation) == [("Trần Bé", "Trưởng phòng")]


def test_people_of_others_cannot_be_asked_for(invitation, now):
    foreign = register_one(store_invitation(store_event(), name="Đà Nẵng"), now, "Người Lạ").public_id
    for people in ([foreign], []):
        with pytest.raises(InvalidInput, match="nobody_chosen"):
            drafts.start_again(
                actor=FOCAL_POINT, invitation=invitation, people=people, language="vi", now=now
            )
