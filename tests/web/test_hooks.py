"""The webhook as a door: what is signed is stored once, everything else learns nothing."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain import clock, webhooks
from app.domain.inbound import MAX_BYTES, Door
from app.models.inbound import InboundMail
from app.web import limits

SECRET = "a secret of the provider, 0123456789"
MAIL = b"Message-ID: <1@example.com>\r\nFrom: a@example.com\r\nSubject: Accepted\r\n\r\nyes\r\n"
TO = "bantron+token@localhost"


@pytest.fixture
def hook(app, client, monkeypatch, now):
    """Send a mail as the provider does; `changed` are headers that somebody tampered with."""
    monkeypatch.setitem(app.extensions, "bantron", replace(app.extensions["bantron"], webhook_secret=SECRET))
    monkeypatch.setattr(clock, "now", lambda: now)

    def send(body=MAIL, *, age=0, to=TO, secret=SECRET, sent=None, **changed):
        timestamp = str(int(now.timestamp()) - age)
        signature = webhooks.sign(secret, timestamp=timestamp, envelope_to=to, body=body)
        headers = {
            "X-Bantron-Timestamp": timestamp,
            "X-Bantron-Signature": signature,
            "X-Bantron-Envelope-To": to,
            **{f"X-Bantron-{name.replace('_', '-')}": value for name, value in changed.items()},
        }
        return client.post(
            "/hooks/mail",
            data=body if sent is None else sent,
            headers=headers,
            content_type="message/rfc822",
            csrf=False,
        )

    return send


def _stored(app):
    with app.app_context():
        query = sa.select(InboundMail.door, InboundMail.envelope_to)
        return [tuple(row) for row in db.session.execute(query)]


def test_a_signed_mail_is_stored_once_however_often_it_comes(app, hook):
    answers = [hook(), hook(), hook(age=webhooks.WINDOW_SECONDS)]
    assert [(answer.status_code, answer.text) for answer in answers] == [(202, "Taken in.\n")] * 3
    assert _stored(app) == [(Door.WEBHOOK, TO)]


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize(
    "tampered",
    [
        {"secret": "another secret of somebody, 0123456"},
        {"age": webhooks.WINDOW_SECONDS + 1},
        {"age": -webhooks.WINDOW_SECONDS - 1},
        {"sent": MAIL + b"."},
        {"Envelope_To": "bantron+other@localhost"},
        {"Timestamp": "1"},
        {"Timestamp": ""},
        {"Timestamp": "٣"},
        {"Timestamp": "9" * 400},
        {"Signature": ""},
        {"Signature": "v1=" + "0" * 64},
        {"Signature": "ê"},
    ],
)
def test_what_is_not_signed_learns_nothing_and_leaves_nothing(app, hook, tampered):
    answer = hook(**tampered)
    assert (answer.status_code, answer.text) == (401, "")
    assert _stored(app) == []


@pytest.mark.databases("sqlite")
def test_a_line_cannot_be_moved_from_the_envelope_into_the_body(hook):
    """What is signed is read one way only: a header holds no line break."""
    assert webhooks.sign(SECRET, timestamp="1", envelope_to="a", body=b"b") != webhooks.sign(
        SECRET, timestamp="1", envelope_to="", body=b"a\nb"
    )
    assert hook(to="", body=b"From: x\n\n").status_code == 202


@pytest.mark.databases("sqlite")
def test_a_mail_that_is_too_large_is_refused(app, hook):
    assert hook(MAIL + b"x" * MAX_BYTES).status_code == 413
    assert hook(MAIL + b"x" * (MAX_BYTES - len(MAIL))).status_code == 202
    assert hook(b" \r\n").status_code == 400
    assert len(_stored(app)) == 1


@pytest.mark.databases("sqlite")
def test_without_a_secret_there_is_no_webhook(app, client):
    signature = webhooks.sign("", timestamp="1", envelope_to="", body=MAIL)
    headers = {"X-Bantron-Timestamp": "1", "X-Bantron-Signature": signature}
    assert client.post("/hooks/mail", data=MAIL, headers=headers, csrf=False).status_code == 404
    assert client.get("/hooks/mail").status_code == 405


@pytest.mark.databases("sqlite")
def test_a_flood_ends_whether_signed_or_not(hook):
    hook(Signature="")
    storage = limits.limiter.storage
    for key in list(storage.counted):
        storage.incr(key, 60, amount=int(limits.MACHINES.split()[0]))
    assert hook(Signature="").status_code == 429
    assert hook().status_code == 429


@pytest.mark.databases("sqlite")
def test_nothing_else_is_excused_from_the_protection_against_forgery(app):
    forgery = app.extensions["csrf"]
    assert {pages.name for pages in forgery._exempt_blueprints} == {"hooks"}
    assert forgery._exempt_views == set()
