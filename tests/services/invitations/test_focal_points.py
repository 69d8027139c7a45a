"""Several people answer for an institution, each by a link of his own that can be taken back."""

import pytest
import sqlalchemy as sa

from app import site
from app.db import db
from app.domain.errors import Conflict, NotFound
from app.domain.focal_points import HandOver
from app.models.audit import AuditEntry
from app.models.focal_points import FocalPoint
from app.queries import focal_points as lookup
from app.services.invitations import focal_points
from tests.registration_rows import FOCAL_POINT, list_mails, store_event, store_invitation

pytestmark = pytest.mark.usefixtures("context")


def hand_over(invitation, now, email="b@dept.example", *, by=None, **known):
    command = HandOver(name="Trần Thị Bé", email=email, **known)
    return focal_points.hand_over(actor=FOCAL_POINT, invitation=invitation, by=by, command=command, now=now)


def test_one_more_person_gets_a_link_and_the_first_keeps_his(now):
    invitation = store_invitation(store_event())
    hand_over(invitation, now)
    assert (invitation.generation, invitation.email) == (1, None)
    assert list_mails() == [("hand_over", "b@dept.example")]
    assert db.session.scalars(sa.select(AuditEntry.act)).all() == ["invitation.hand_over"]


def test_who_hands_over_leaves_and_letters_go_to_the_new_person(now):
    invitation = store_invitation(store_event())
    hand_over(invitation, now, leaves=True)
    assert (invitation.generation, invitation.email) == (2, "b@dept.example")
    assert invitation.addressee == "Trần Thị Bé"


def test_a_focal_point_who_hands_over_loses_his_own_link_alone(now):
    invitation = store_invitation(store_event())
    first = hand_over(invitation, now)
    second = hand_over(invitation, now, "c@dept.example", by=first, leaves=True)
    assert [one.public_id for one in lookup.list_present(invitation)] == [second]
    assert invitation.generation == 1


def test_the_same_address_gets_the_same_link_again(now):
    invitation = store_invitation(store_event())
    assert hand_over(invitation, now) == hand_over(invitation, now, "B@dept.example")
    assert db.session.scalar(sa.select(sa.func.count(FocalPoint.id))) == 1


def test_a_link_is_taken_back_by_its_institution_alone_and_their_number_is_limited(now):
    event = store_event()
    invitation, other = store_invitation(event), store_invitation(event, name="Huế")
    made = [hand_over(invitation, now, f"{n}@dept.example") for n in range(10)]
    with pytest.raises(Conflict, match="focal_points_full"):
        hand_over(invitation, now, "zehn@dept.example")
    take = {"actor": FOCAL_POINT, "focal_point": made[0], "now": now}
    with pytest.raises(NotFound):
        focal_points.revoke(invitation=other, **take)
    focal_points.revoke(invitation=invitation, **take)
    assert len(lookup.list_present(invitation)) == 9


def test_a_handed_over_link_opens_the_pages_names_its_holder_and_dies_when_revoked(app, client, now):
    invitation = store_invitation(store_event())
    main = site.invitation_url(invitation).removeprefix("http://localhost")
    public_id = hand_over(invitation, now)
    link = site.focal_point_url(lookup.get(invitation, public_id)).removeprefix("http://localhost")
    assert client.get(link).status_code == client.get(f"{link}/people").status_code == 200
    sent = {"full_name": "Lê An", "role": "delegate", "language": "vi", "request_key": "one"}
    assert client.post(f"{link}/delegates/new", data=sent).status_code == 303
    db.session.rollback()
    named = db.session.scalars(sa.select(AuditEntry.actor_name).where(AuditEntry.act == "delegate.register"))
    assert named.one() == "Trần Thị Bé (Quảng Trị)"
    assert client.post(f"{main}/people/{public_id}/revoke").status_code == 303
    assert client.get(link).status_code == 404


def test_the_form_hands_over_and_the_old_link_is_void(client, now):
    invitation = store_invitation(store_event())
    link = site.invitation_url(invitation).removeprefix("http://localhost")
    wrong = client.post(f"{link}/people", data={"name": "", "email": "no"})
    assert (wrong.status_code, wrong.text.count('id="email-error"')) == (422, 1)
    sent = {"name": "Trần Bé", "email": "be@dept.example", "leaves": "y"}
    done = client.post(f"{link}/people", data=sent)
    assert (done.status_code, "be@dept.example" in done.text) == (200, True)
    assert client.get(link).status_code == 404


def test_c01_the_desk_sees_several_focal_points_with_their_last_act_and_revokes_one(
    client, organizer_client, colleague_client, now
):
    event = store_event()
    invitation = store_invitation(event)
    main = site.invitation_url(invitation).removeprefix("http://localhost")
    named = {"name": "Trần Thị Bé", "email": "b@dept.example"}
    assert client.post(f"{main}/people", data=named).status_code == 303
    db.session.rollback()
    public_id = lookup.list_present(invitation)[0].public_id
    guest = f"/organizer/events/{event.slug}/guests/{invitation.public_id}"
    page = organizer_client.get(guest).text
    assert [part in page for part in ("Trần Thị Bé", "b@dept.example", "chưa làm gì")] == [True] * 3
    link = site.focal_point_url(lookup.get(invitation, public_id)).removeprefix("http://localhost")
    sent = {"full_name": "Lê An", "role": "delegate", "language": "vi", "request_key": "one"}
    assert client.post(f"{link}/delegates/new", data=sent).status_code == 303
    db.session.rollback()
    assert set(lookup.list_last_acts(invitation)) == {None, public_id}
    assert "chưa làm gì" not in organizer_client.get(guest).text
    revoke = f"{guest}/focal-points/{public_id}/revoke"
    assert colleague_client.post(revoke).status_code == 403
    assert organizer_client.post(revoke).status_code == 303
    assert client.get(link).status_code == 404
    assert organizer_client.post(revoke).status_code == 404, "it is void already"
    db.session.rollback()
    how = sa.select(AuditEntry.source).where(AuditEntry.act == "invitation.revoke_focal_point")
    assert db.session.scalars(how).all() == ["web"]
