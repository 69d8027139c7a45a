"""Members of an association register by its sub-link, and take a seat only when it says so."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app import site
from app.db import db
from app.domain.errors import Conflict, InvalidInput
from app.domain.people import PersonDetails
from app.domain.registrations import RegisterAlone
from app.models.mail import OutboxMessage
from app.models.members import MemberRequest
from app.models.registrations import Delegate
from app.queries import members as lookup
from app.services.registrations import due_letters, members
from app.services.transaction import unit_of_work
from tests.mail.letters import text_of
from tests.registration_rows import FOCAL_POINT, list_mails, session_ids, store_event, store_invitation

pytestmark = pytest.mark.usefixtures("context")


def ask(invitation, now, name="Lê Văn An", email="an@firm.example", *, key="one", consented=True):
    person = PersonDetails(full_name=name, email=email, organization_name="Công ty An Bình")
    command = RegisterAlone(
        person=person, sessions=session_ids(invitation.event)[:1], request_key=key, consented=consented
    )
    members.ask(invitation=invitation, command=command, now=now)


def decide(invitation, now, *, approves=True, only=None):
    chosen = only or [one.public_id for one in lookup.list_waiting(invitation)]
    return members.decide(actor=FOCAL_POINT, invitation=invitation, chosen=chosen, approves=approves, now=now)


def test_a_member_waits_and_takes_a_seat_only_when_approved(now):
    invitation = store_invitation(store_event())
    ask(invitation, now)
    assert (invitation.taken, db.session.scalar(sa.select(sa.func.count(Delegate.id)))) == (0, 0)
    assert decide(invitation, now) == 1
    delegate = db.session.scalars(sa.select(Delegate)).one()
    assert (delegate.state.value, len(delegate.seats), invitation.taken) == ("confirmed", 1, 1)
    assert delegate.consented_at == now
    due_letters.write_due(now=now)
    assert list_mails() == [("registration", "an@firm.example")]
    assert lookup.list_waiting(invitation) == []


def test_a_declined_member_is_told_and_what_he_entered_is_deleted(now):
    invitation = store_invitation(store_event())
    ask(invitation, now)
    decide(invitation, now, approves=False)
    assert list_mails() == [("member_declined", "an@firm.example")]
    assert db.session.scalar(sa.select(sa.func.count(MemberRequest.id))) == 0


def test_the_focal_point_is_told_of_the_first_who_waits_and_once_a_day_of_others(now):
    invitation = store_invitation(store_event())
    with unit_of_work():
        invitation.email = "hiephoi@assoc.example"
    ask(invitation, now)
    ask(invitation, now, "Trần Bé", "be@firm.example", key="two")
    assert list_mails() == [("member_waiting", "hiephoi@assoc.example")]
    ask(invitation, now + timedelta(days=1), "Phạm Cúc", "cuc@firm.example", key="three")
    assert list_mails() == [("member_waiting", "hiephoi@assoc.example")] * 2
    said = text_of(db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id.desc())).first())
    assert f"{site.invitation_url(invitation)}/members" in said
    assert [name in said for name in ("Lê Văn An", "Trần Bé", "Phạm Cúc", "Công ty An Bình")] == [True] * 4
    decide(invitation, now + timedelta(days=1), approves=False)
    ask(invitation, now + timedelta(days=1, hours=1), key="four")
    assert [kind for kind, _ in list_mails()].count("member_waiting") == 3, "nobody waited any more"


def test_over_the_quota_nobody_of_the_ticked_is_registered(now):
    invitation = store_invitation(store_event(), quota=1)
    ask(invitation, now)
    ask(invitation, now, "Trần Bé", "be@firm.example", key="two")
    with pytest.raises(Conflict, match="quota_full"):
        decide(invitation, now)
    assert (invitation.taken, len(lookup.list_waiting(invitation))) == (0, 2)


def test_the_same_member_waits_once_and_consent_is_needed(now):
    invitation = store_invitation(store_event())
    ask(invitation, now)
    ask(invitation, now, "LÊ VĂN AN", key="two")
    assert len(lookup.list_waiting(invitation)) == 1
    with pytest.raises(InvalidInput, match="consent_missing"):
        ask(invitation, now, "Trần Bé", consented=False)


def test_an_institution_decides_about_its_own_members_alone(now):
    event = store_event()
    invitation, other = store_invitation(event), store_invitation(event, name="Huế")
    ask(invitation, now)
    waiting = [one.public_id for one in lookup.list_waiting(invitation)]
    with pytest.raises(InvalidInput, match="nobody_chosen"):
        decide(other, now, only=waiting)


def test_the_sub_link_opens_one_form_and_is_void_when_taken_back(client, now):
    invitation = store_invitation(store_event())
    main = site.invitation_url(invitation).removeprefix("http://localhost")
    assert client.get(site.member_url(invitation).removeprefix("http://localhost")).status_code == 404
    client.post(f"{main}/members/link", data={"act": "open"})
    db.session.rollback()
    link = site.member_url(invitation).removeprefix("http://localhost")
    assert link in client.get(f"{main}/members").text
    wrong = client.post(link, data={"full_name": ""})
    assert (wrong.status_code, wrong.text.count('id="full_name-error"')) == (422, 1)
    sent = {
        "full_name": "Lê Văn An",
        "email": "an@firm.example",
        "organization_name": "Công ty An Bình",
        "language": "vi",
        "consent": "y",
        "request_key": "one",
    }
    assert client.post(link, data=sent).status_code == 303
    assert client.get(f"{link}/sent").status_code == 200
    assert client.post(main, data={"answer": "accepted", "answered_by": "Lan"}).status_code == 303
    assert "Có 1 hội viên chờ duyệt." in client.get(main).text
    page = client.get(f"{main}/members").text
    assert "Lê Văn An" in page
    assert "Công ty An Bình" in page
    assert client.get(main.replace("/i/", "/m/")).status_code == 404
    assert client.get(link.replace("/m/", "/i/")).status_code == 404
    client.post(f"{main}/members/link", data={"act": "close"})
    assert client.get(link).status_code == 404
    client.post(f"{main}/members/link", data={"act": "open"})
    assert client.get(link).status_code == 404
