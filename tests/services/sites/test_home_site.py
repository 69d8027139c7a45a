"""C04: whom an institution registers by its link joins from its home site, and his first letter says so."""

from datetime import datetime

import pytest

from app.domain.approvals import Approval, Decision
from app.domain.sites import Endpoint
from app.models.events import Event
from app.models.invitations import Invitation
from app.services.registrations import approval, due_letters, withdraw
from tests.calendar_mails import list_calendar_mails
from tests.import_tables import holder, start, take_over
from tests.registration_rows import FOCAL_POINT, register_one, session_ids, store_event
from tests.site_rows import accept, add

pytestmark = pytest.mark.usefixtures("context")
AN = "an@x.vn"
OF_SITE = "https://vc.example/quang-tri"


def _institution(event: Event, now: datetime) -> Invitation:
    """Return an institution that comes and has one site, with a link of its own."""
    invitation = accept(event, names={"vi": "Quảng Trị"})
    add(
        event, "", now, institution=invitation.public_id, endpoint=Endpoint(join_url=OF_SITE, passcode="sông")
    )
    return invitation


def _ways_in(to: str = AN) -> set[str]:
    """Return where the calendar entries in the letters to somebody lead."""
    return {str(mail.entry.get("CONFERENCE", "")) for mail in list_calendar_mails(to=to)}


def test_c04_the_first_letter_of_a_newcomer_carries_the_link_of_the_home_site(now):
    event = store_event()
    register_one(_institution(event, now), now, email=AN, sessions=session_ids(event))
    assert _ways_in() == {OF_SITE}
    assert "sông" in list_calendar_mails(to=AN)[0].entry["DESCRIPTION"]


def test_c04_a_newcomer_who_was_approved_is_told_the_link_of_the_home_site(organizer, now):
    event = store_event(approval=Approval.SECRETARIAT)
    delegate = register_one(_institution(event, now), now, email=AN)
    assert _ways_in() == set()
    word = Decision(delegates=(delegate.public_id,), approves=True)
    approval.decide(actor=organizer, event=event, command=word, now=now)
    assert _ways_in() == {OF_SITE}


def test_c04_a_newcomer_who_moved_up_is_told_the_link_of_the_home_site(now):
    event = store_event(capacity=1, offer_hours=0)
    invitation = _institution(event, now)
    first = register_one(invitation, now, email="first@x.vn")
    register_one(invitation, now, "Trần Bình", email=AN)
    assert _ways_in() == set()
    withdraw.withdraw_delegate(actor=FOCAL_POINT, delegate=first, now=now)
    assert _ways_in() == {OF_SITE}


def test_c04_the_letters_of_a_table_of_newcomers_carry_the_link_of_the_home_site(now):
    event = store_event()
    invitation = _institution(event, now)
    draft = start(event, f"Họ và tên\tE-mail\nLê Văn An\t{AN}", now, invitation=invitation)
    take_over(draft, now, of=holder(event, invitation))
    due_letters.write_due(now=now)
    assert _ways_in() == {OF_SITE}


def test_c04_beside_two_sites_of_his_institution_a_newcomer_joins_by_the_link_of_the_event(now):
    event = store_event()
    invitation = _institution(event, now)
    add(event, "Phòng hai", now, institution=invitation.public_id)
    register_one(invitation, now, email=AN)
    assert _ways_in() == {event.join_url}
