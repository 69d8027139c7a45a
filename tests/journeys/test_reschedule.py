"""C04: an organiser moves a session; every feed and every mailbox shows the new time, once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from urllib.parse import urlsplit

import icalendar
import pytest
import sqlalchemy as sa
from flask import Flask

from app import site
from app.db import db
from app.domain import clock
from app.domain.invitations import InvitationState
from app.domain.policy import SYSTEM
from app.models.invitations import Invitation
from app.models.programme import Session
from app.models.registrations import Delegate
from app.services.invitations import letters
from app.services.mail.deliver import deliver
from app.services.transaction import unit_of_work
from tests.mail.server import Postman, listening
from tests.registration_rows import register_one, session_ids, store_event, store_invitation

NOW = datetime(2027, 9, 1, 2, 0, tzinfo=UTC)
BEFORE, AFTER = "2027-10-27T07:00:00+00:00", "2027-10-27T06:30:00+00:00"
SO, ONE, TWO = "so@quangtri.example.vn", "mot@quangtri.example.vn", "hai@quangtri.example.vn"


@pytest.fixture
def postman(context: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postman]:
    """A mail server that the site is configured for; the clock goes on by a minute at every look."""
    looks = iter(range(10_000))
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=next(looks)))
    with listening(Postman()) as postman:
        settings = replace(context.extensions["bantron"], smtp_url=postman.url)
        monkeypatch.setitem(context.extensions, "bantron", settings)
        yield postman


def test_a_moved_session_is_seen_once_in_every_mailbox_and_feed(postman, client, organizer_client):
    slug, addresses = _registered()
    deliver(clock=clock.now)
    assert _hours_mailed(postman, ONE) == [BEFORE]
    postman.taken.clear()
    _move_session_by_the_page(organizer_client, slug)
    deliver(clock=clock.now)
    assert postman.taken == []
    _release_by_the_page(organizer_client, slug)
    deliver(clock=clock.now)
    assert _hours_mailed(postman, ONE) == [AFTER]
    assert _hours_mailed(postman, TWO) == []
    for path in (addresses[ONE], addresses[f"{ONE} feed"], f"/events/{slug}/sessions/1.ics"):
        entries = icalendar.Calendar.from_ical(client.get(path).data).walk("VEVENT")
        assert [entry.start.astimezone(UTC).isoformat() for entry in entries] == [AFTER]
    assert "13:30" in client.get(addresses[SO]).get_data(as_text=True).replace("\r\n ", "")


def _registered() -> tuple[str, dict[str, str]]:
    """Let a province register two people, one for each session; return the paths of their calendars."""
    event = store_event()
    invitation = store_invitation(event)
    with unit_of_work():
        invitation.email, invitation.state = SO, InvitationState.DRAFT
    letters.send(actor=SYSTEM, slug=event.slug, invitation=invitation.public_id, now=clock.now())
    first, second = session_ids(event)
    register_one(invitation, clock.now(), "Lê Một", email=ONE, sessions=(first,))
    register_one(invitation, clock.now(), "Lê Hai", email=TWO, sessions=(second,))
    with unit_of_work() as session:
        one = session.scalars(sa.select(Delegate).order_by(Delegate.id)).first()
        paths = {
            SO: site.invitation_feed_url(session.scalars(sa.select(Invitation)).one()),
            ONE: site.delegate_file_url(one),
            f"{ONE} feed": site.delegate_feed_url(one),
        }
    return event.slug, {whose: urlsplit(url).path for whose, url in paths.items()}


def _move_session_by_the_page(organizer, slug: str) -> None:
    db.session.rollback()
    row = db.session.scalars(sa.select(Session).order_by(Session.position)).first()
    typed = {
        "titles-vi": "Kết nối vì phát triển",
        "day": "2027-10-27",
        "starts": "13:30",
        "revision": str(row.revision),
    }
    answer = organizer.post(f"/organizer/events/{slug}/programme/sessions/{row.public_id}", data=typed)
    assert answer.status_code == 303, answer.text


def _release_by_the_page(organizer, slug: str) -> None:
    answer = organizer.post(f"/organizer/events/{slug}/mail/drafts/event_changed", data={"expected": "3"})
    assert answer.status_code == 303, answer.text


def _hours_mailed(postman: Postman, address: str) -> list[str]:
    """Return the beginning of each entry that an address was sent."""
    hours = []
    for to, raw in postman.taken:
        parts = message_from_bytes(raw, policy=policy.default).walk()
        for part in parts:
            if to == address and part.get_content_type() == "text/calendar":
                (entry,) = icalendar.Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
                hours.append(entry.start.astimezone(UTC).isoformat())
    return hours
