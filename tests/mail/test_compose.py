"""Letters: what people typed is plain in text and escaped in HTML, whoever lends the sentence."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import current_app

from app import site
from app.db import db
from app.domain.mail import MessageKind
from app.domain.policy import SYSTEM
from app.models.mail import OutboxMessage
from app.services.registrations import withdraw
from tests.mail.letters import html_of, text_of
from tests.registration_rows import register_one, store_event, store_invitation

pytestmark = pytest.mark.usefixtures("context")
TYPED = ("Lý O'Neil <b>&", "Tọa đàm <i>A & B</i>", "Bùi <u>&")


def test_names_are_plain_in_text_and_escaped_in_html(now):
    event = store_event(capacity=1, titles={"vi": TYPED[1]}, contact_name=TYPED[2])
    invitation = store_invitation(event)
    first, _ = (register_one(invitation, now, TYPED[0], email=f"{n}@x.vn") for n in range(2))
    withdraw.withdraw_delegate(actor=SYSTEM, delegate=first, now=now)
    letters = db.session.scalars(sa.select(OutboxMessage).where(OutboxMessage.kind != "calendar")).all()
    assert {letter.kind for letter in letters} == {"registration", "withdrawal", "place_offered"}
    for letter in letters:
        assert all(typed in text_of(letter) and typed not in html_of(letter) for typed in TYPED)
        assert "Lý O&#39;Neil &lt;b&gt;&amp;" in html_of(letter)


def test_a_letter_says_who_writes_and_whom_to_ask_once(now, monkeypatch):
    settings = replace(site.settings(), office="Ban Lễ tân", contact="help@site.example")
    monkeypatch.setitem(current_app.extensions, "bantron", settings)
    for contact in ("toadam@host.example", ""):
        event = store_event(contact_name="", contact_phone="", contact_email=contact)
        register_one(store_invitation(event), now, email="an@x.vn")
        found = sa.select(OutboxMessage).where(OutboxMessage.event_id == event.id)
        letter = db.session.scalars(found.where(OutboxMessage.kind == MessageKind.REGISTRATION)).one()
        for part in (text_of(letter), html_of(letter)):
            assert "Ban Lễ tân" in part
            assert part.count("toadam@host.example") == (1 if contact else 0)
            assert part.count("help@site.example") == (0 if contact else 1)
        assert "\n\n\n" not in text_of(letter)
