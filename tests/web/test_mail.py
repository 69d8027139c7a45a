"""Mail at the desk: drafts wait for a button that names their number; doubt waits for a person."""

import re
from datetime import date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from app.db import db
from app.domain.events import EventStatus
from app.domain.mail import MessageKind, MessageState
from app.domain.policy import Actor
from app.mail import outbox
from app.mail.mime import Recipient
from app.models.events import Event
from app.models.mail import OutboxMessage
from app.services.transaction import unit_of_work
from tests.site import ApartClient


@pytest.fixture
def drafts(context: Flask, now: datetime) -> None:
    """Two drafts of a notice about a postponed roundtable."""
    with unit_of_work() as session:
        event = Event(
            slug="toa-dam",
            titles={"vi": "Tọa đàm"},
            status=EventStatus.POSTPONED,
            date=date(2027, 10, 27),
            created_at=now,
            changed_at=now,
        )
        session.add(event)
        session.flush()
        for number in (1, 2):
            outbox.enqueue(
                kind=MessageKind.TEST,
                to=Recipient(f"{number}@example.vn", f"Sở {number}", "vi"),
                context={"link": "http://localhost/"},
                now=now,
                event=event,
                draft=True,
            )


def _states() -> set[MessageState]:
    db.session.rollback()
    return set(db.session.scalars(sa.select(OutboxMessage.state)))


def _send(client: ApartClient, expected: int, **more: str) -> int:
    path = "/organizer/events/toa-dam/mail/drafts/test"
    page = client.get(path).get_data(as_text=True)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    fields = {"csrf_token": found[1], "expected": str(expected), **more}
    return client.post(path, data=fields).status_code


def test_the_button_names_how_many_letters_leave(drafts: None, organizer_client: ApartClient) -> None:
    """PRODUCT.md: "Gửi 61 thư"; they are queued only then."""
    page = organizer_client.get("/organizer/events/toa-dam/mail/drafts/test").get_data(as_text=True)
    assert "Gửi 2 thư" in page
    assert _states() == {MessageState.DRAFT}
    assert _send(organizer_client, 2) == 303
    assert _states() == {MessageState.QUEUED}


def test_a_number_that_is_no_longer_true_sends_nothing(drafts: None, organizer_client: ApartClient) -> None:
    """Somebody added a draft meanwhile: the organiser looks again."""
    assert _send(organizer_client, 3) == 422
    assert _states() == {MessageState.DRAFT}


def test_drafts_can_be_dropped(drafts: None, organizer_client: ApartClient) -> None:
    """Dropped drafts reach nobody and stay in the list as withdrawn."""
    assert _send(organizer_client, 2, drop="1") == 303
    assert _states() == {MessageState.WITHDRAWN}


def test_readers_see_the_list_and_send_nothing(drafts: None, colleague_client: ApartClient) -> None:
    """Reading is allowed to the leadership, sending is not."""
    page = colleague_client.get("/organizer/events/toa-dam/mail").text
    assert "2 thư đang chờ" in page
    assert "/organizer/events/toa-dam/mail/" not in page, "neither what waits nor a letter opens for them"
    with unit_of_work() as session:
        session.execute(sa.update(OutboxMessage).values(state=MessageState.IN_DOUBT))
    assert "/again" not in colleague_client.get("/organizer/mail").text
    assert colleague_client.get("/organizer/events/toa-dam/mail/drafts/test").status_code == 403


def test_doubt_waits_for_a_person(drafts: None, organizer: Actor, organizer_client: ApartClient) -> None:
    """A message of which nobody knows whether it arrived is shown, and sent again by a button alone."""
    with unit_of_work() as session:
        session.execute(sa.update(OutboxMessage).values(state=MessageState.IN_DOUBT))
    page = organizer_client.get("/organizer/mail").get_data(as_text=True)
    assert page.count("/again") == 2
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    again = re.search(r'action="([^"]+/again)"', page)
    assert found
    assert again
    assert organizer_client.post(again[1], data={"csrf_token": found[1]}).status_code == 303
    assert _states() == {MessageState.IN_DOUBT, MessageState.QUEUED}
    assert organizer_client.post(again[1], data={"csrf_token": found[1]}).status_code == 409
