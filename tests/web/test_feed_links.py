"""Links of private feeds: the desk's own feed, links made void, links that are nobody else's."""

from datetime import datetime

import icalendar
import pytest
import sqlalchemy as sa

from app import site
from app.db import db
from app.domain.events import EventStatus
from app.domain.invitations import InvitationState
from app.models.accounts import Account
from app.models.focal_points import FocalPoint
from app.queries import accounts
from app.services import accounts as services
from app.services.transaction import unit_of_work
from tests.calendar_rows import JOIN, change, store

HERE = "/organizer/calendar"


def unfolded(text: str) -> str:
    return text.replace("\r\n ", "")


def entries(data: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def desk_feed(email: str) -> str:
    db.session.rollback()
    return site.desk_feed_url(accounts.find_by_email(email))


@pytest.fixture
def rows(context):
    return store()


def test_desk_feed_has_each_event_once_with_the_link_to_join_and_leads_to_the_desk(client, organizer, rows):
    answer = client.get(desk_feed("organizer@example.vn"))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert (answer.headers["X-Robots-Tag"], answer.headers["Cache-Control"]) == (
        "noindex",
        "private, max-age=900",
    )
    assert "Set-Cookie" not in answer.headers
    assert "Content-Disposition" not in answer.headers
    (entry,) = entries(answer.data)
    assert str(entry["UID"]) == rows.event.calendar_uid
    assert str(entry["URL"]) == "http://localhost/organizer/events/ket-noi"
    text = unfolded(answer.text)
    assert JOIN in text
    assert "X-PUBLISHED-TTL:PT4H" in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT4H" in text
    assert "ATTENDEE" not in text
    assert "METHOD" not in text


def test_desk_feed_of_a_draft_is_tentative_and_tells_no_link_yet(client, organizer, rows):
    change(rows.event, status=EventStatus.DRAFT)
    answer = client.get(desk_feed("organizer@example.vn"))
    (entry,) = entries(answer.data)
    assert str(entry["STATUS"]) == "TENTATIVE"
    assert JOIN not in unfolded(answer.text)


def test_desk_feed_is_answered_by_tag_and_the_tag_changes_with_any_event(client, organizer, rows):
    link = desk_feed("organizer@example.vn")
    tag = client.get(link).headers["ETag"]
    assert client.get(link, headers={"If-None-Match": tag}).status_code == 304
    change(rows.sessions[0], titles={"vi": "Phiên đầu"})
    assert client.get(link, headers={"If-None-Match": tag}).status_code == 200


def test_link_of_the_desk_feed_is_void_once_its_holder_says_so(organizer_client, client, rows):
    old = desk_feed("organizer@example.vn")
    page = organizer_client.get(HERE).text
    assert old in page
    assert f"webcal://{old.partition('://')[2]}" in page
    assert organizer_client.post(f"{HERE}/revoke").status_code == 303
    assert client.get(old).status_code == 404
    fresh = desk_feed("organizer@example.vn")
    assert fresh in organizer_client.get(HERE).text
    assert client.get(fresh).status_code == 200


def test_account_that_is_closed_has_no_feed(client, organizer, administrator, rows, now: datetime):
    link = desk_feed("organizer@example.vn")
    tag = client.get(link).headers["ETag"]
    account = db.session.scalars(sa.select(Account).where(Account.email == "organizer@example.vn")).one()
    services.set_active(actor=administrator, public_id=account.public_id, active=False, now=now)
    for known in ({}, {"If-None-Match": tag}):
        answer = client.get(link, headers=known)
        assert (answer.status_code, answer.mimetype) == (404, "text/plain")


def test_delegate_makes_the_link_of_his_subscription_void_and_gets_another(client, rows):
    old, page = site.delegate_feed_url(rows.delegate), site.delegate_url(rows.delegate)
    assert client.post(f"{page}/feed/revoke").status_code == 303
    assert client.get(old).status_code == 404
    db.session.rollback()
    fresh = site.delegate_feed_url(rows.delegate)
    assert fresh in client.get(page).text
    assert client.get(fresh).status_code == 200


def test_desk_makes_the_link_of_a_delegate_void_and_a_reader_may_not(
    organizer_client, colleague_client, rows
):
    old = site.delegate_feed_url(rows.delegate)
    act = f"/organizer/events/ket-noi/delegates/{rows.delegate.public_id}/feed/revoke"
    assert colleague_client.post(act).status_code == 403
    assert organizer_client.get(old).status_code == 200
    assert organizer_client.post(act).status_code == 303
    assert organizer_client.get(old).status_code == 404


def test_focal_point_learns_no_other_link_from_the_feed_than_his_own(client, rows, now):
    change(rows.invitation, state=InvitationState.ACCEPTED, sent_at=now)
    with unit_of_work() as session:
        named = FocalPoint(
            invitation_id=rows.invitation.id, name="Lan", email="lan@x.vn", named_by="An", named_at=now
        )
        session.add(named)
    own = site.focal_point_url(named)
    feed = unfolded(client.get(f"{own}.ics").text)
    assert f"SOURCE;VALUE=URI:{own}.ics" in feed
    assert site.invitation_url(rows.invitation) not in feed
