"""Out by a real SMTP server, answered by every calendar, back by a real IMAP server: the board shows it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import pytest
from flask import Flask

from app.db import db
from app.domain import clock
from app.domain.inbound import Door
from app.domain.invitations import InvitationState
from app.domain.policy import SYSTEM
from app.ical.parse import parse_reply
from app.mail import imap
from app.models.invitations import Invitation
from app.services.inbound import mailbox
from app.services.inbound.ingest import receive, work_off
from app.services.invitations import letters
from app.services.mail.deliver import deliver
from app.services.transaction import unit_of_work
from tests.inbound import corpus
from tests.inbound.mailboxes import contents, put
from tests.mail.server import Postman, listening
from tests.registration_rows import store_event, store_invitation

NOW = datetime(2027, 9, 1, 2, 0, tzinfo=UTC)
GUEST = "ngoaivu@quangtri.example.vn"


@pytest.fixture
def postman(context: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postman]:
    """A mail server that the site is configured for."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with listening(Postman()) as postman:
        settings = replace(context.extensions["bantron"], smtp_url=postman.url)
        monkeypatch.setitem(context.extensions, "bantron", settings)
        yield postman


@pytest.fixture
def invitation(postman: Postman) -> Invitation:
    """A province whose letter was released and has arrived."""
    event = store_event()
    invitation = store_invitation(event, name="Quảng Trị")
    with unit_of_work():
        invitation.email, invitation.state = GUEST, InvitationState.DRAFT
    prepared = letters.prepare(actor=SYSTEM, slug=event.slug, now=NOW)
    letters.release(actor=SYSTEM, slug=event.slug, expected=prepared.letters, now=NOW)
    assert deliver(clock=clock.now) == 1
    return invitation


def _asked(postman: Postman) -> corpus.Request:
    """Return the entry as the guest's calendar reads it in the mail that arrived."""
    mail = message_from_bytes(postman.taken[0][1])
    part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    request = parse_reply(part.get_payload(decode=True))
    assert (request.method, request.responder.address) == ("REQUEST", GUEST)
    return corpus.Request(
        uid=request.uids[0],
        organizer=request.organizer,
        attendee=GUEST,
        sequence=request.sequence,
        starts=datetime(2027, 10, 27, 7, 0, tzinfo=UTC),
    )


def _take_in(url: str) -> None:
    """Do what the worker does: store what lies in the mailbox, then read it."""
    with imap.opened(url) as folder:
        mailbox.fetch(
            folder,
            take=lambda raw, to: receive(raw=raw, envelope_to=to, door=Door.MAILBOX, now=clock.now()),
        )
    assert work_off(clock=clock.now) == 1
    db.session.rollback()


@pytest.mark.parametrize("client", corpus.CLIENTS)
def test_an_answer_given_in_any_calendar_stands_on_the_board(
    invitation, postman, mailbox_url, organizer_client, client
):
    answer = corpus.reply(
        _asked(postman), "ACCEPTED", client, comment="Sẽ đến", stamp=NOW + timedelta(minutes=5)
    )
    put(mailbox_url, answer)
    _take_in(mailbox_url)
    db.session.refresh(invitation)
    assert invitation.state is InvitationState.ACCEPTED
    assert contents(mailbox_url, "INBOX") == []
    board = organizer_client.get(f"/organizer/events/{invitation.event.slug}/board").text
    line = board.split('id="lines"')[1].split("</tr>")[1]
    assert "Quảng Trị" in line
    assert "từ lịch" in line


@pytest.mark.databases("sqlite")
def test_a_stranger_who_has_the_entry_waits_for_the_organizer(
    invitation, postman, mailbox_url, organizer_client
):
    """The invitation was passed on: nobody is added by himself, and the desk says so."""
    stranger = corpus.reply(_asked(postman), "ACCEPTED", attendee="la@example.com", stamp=NOW)
    put(mailbox_url, stranger)
    _take_in(mailbox_url)
    db.session.refresh(invitation)
    assert invitation.state is InvitationState.SENT
    assert f"/{invitation.event.slug}/answers" in organizer_client.get("/organizer/").text
    page = organizer_client.get(f"/organizer/events/{invitation.event.slug}/answers").text
    assert "Người khác trả lời thay" in page
    assert "la@example.com" in page
