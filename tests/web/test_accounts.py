"""Sign-in at the desk: one-time links, generic answers, sessions that end."""

import re
import unicodedata
from datetime import datetime
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask

from app.db import db
from app.domain import clock
from app.domain.accounts import Role
from app.domain.policy import SYSTEM
from app.mail import outbox
from app.models.accounts import Account
from app.models.mail import OutboxMessage
from app.services import accounts
from tests.site import ApartClient

PASSWORD = "bốn mùa xuân hạ thu đông"


@pytest.fixture
def link(context: Flask) -> str:
    """The one-time link of a new account; made by the real clock, since it expires by it."""
    return accounts.add_account(
        actor=SYSTEM,
        email="huan@example.vn",
        name="Huân",
        role=Role.ORGANIZER,
        language="vi",
        now=clock.now(),
    ).removeprefix("http://localhost")


def _csrf(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found, page
    return found[1]


def _post(client: ApartClient, path: str, **fields: str) -> object:
    token = _csrf(client.get(path).get_data(as_text=True))
    return client.post(path, data={"csrf_token": token, **fields})


def test_the_first_account_begins_with_a_one_time_link(link: str, client: ApartClient) -> None:
    """No default password: the link sets one, once, and then one signs in with it."""
    answer = _post(client, link, password=PASSWORD, password_confirm=PASSWORD)
    assert answer.status_code == 302
    again = client.get(link)
    assert again.status_code == 302, "the link works once"
    answer = _post(client, "/organizer/sign-in", email="HUAN@example.vn", password=PASSWORD)
    assert (answer.status_code, answer.location) == (302, "/organizer/")


@pytest.mark.parametrize("stored", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
def test_a_password_signs_in_however_a_keyboard_composes_it(
    context: Flask, client: ApartClient, now: datetime, stored: str, typed: str
) -> None:
    """An account that is made with its password keeps it in the form in which sign-in compares it."""
    accounts.add_account(
        actor=SYSTEM,
        email="huan@example.vn",
        name="Huân",
        role=Role.ORGANIZER,
        language="vi",
        now=now,
        password=unicodedata.normalize(stored, PASSWORD),
    )
    password = unicodedata.normalize(typed, PASSWORD)
    answer = _post(client, "/organizer/sign-in", email="huan@example.vn", password=password)
    assert (answer.status_code, answer.location) == (302, "/organizer/")


def test_a_short_password_is_refused_in_words(link: str, client: ApartClient) -> None:
    """The form comes back with 422 and the reason at the field."""
    answer = _post(client, link, password="ngắn", password_confirm="ngắn")
    assert answer.status_code == 422
    assert "12" in answer.get_data(as_text=True)


def test_unknown_address_and_wrong_password_get_the_same_words(link: str, client: ApartClient) -> None:
    """Nobody learns from the answer whether an account exists."""
    pages = []
    for email in ("huan@example.vn", "nobody@example.vn"):
        answer = _post(client, "/organizer/sign-in", email=email, password="sai mật khẩu rồi")
        assert answer.status_code == 422
        text = answer.get_data(as_text=True).replace(email, "")
        pages.append(re.sub(r'value="[^"]*"', "", text))
    assert pages[0] == pages[1]


def test_a_forgotten_password_is_mended_by_mail_from_the_configured_address(
    link: str, client: ApartClient
) -> None:
    """The link in the mail begins with the configured base URL."""
    _post(client, "/organizer/password/new", email="huan@example.vn")
    message = db.session.scalars(sa.select(OutboxMessage)).one()
    raw = outbox.content(message).replace(b"=\r\n", b"")
    assert b"http://localhost/organizer/password/new/" in raw


def test_requests_for_another_host_are_refused(client: ApartClient) -> None:
    """A forged Host header gets no page and no link, only a refusal."""
    answer = client.get("/organizer/sign-in", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert b"evil.example" not in answer.data


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/////evil.example", "\\\\evil.example"]
)
def test_next_leads_nowhere_else(link: str, client: ApartClient, target: str) -> None:
    """After sign-in one stays on this site."""
    _post(client, link, password=PASSWORD, password_confirm=PASSWORD)
    token = _csrf(client.get("/organizer/sign-in").get_data(as_text=True))
    answer = client.post(
        "/organizer/sign-in",
        query_string={"next": target},
        data={"csrf_token": token, "email": "huan@example.vn", "password": PASSWORD},
    )
    where = answer.location or ""
    parts = urlsplit(where)
    assert not parts.netloc
    assert not where.startswith(("//", "\\", "/\\"))


@pytest.mark.parametrize("place", ["query_string", "data"])
def test_next_that_is_no_address_is_refused_in_words(client: ApartClient, place: str) -> None:
    answer = client.post(
        "/organizer/sign-in", **{"data": {"email": "a@b.vn"}, place: {"next": "http://[::1"}}
    )
    assert answer.status_code == 422


def test_a_closed_account_loses_its_sessions(link: str, client: ApartClient, now: datetime) -> None:
    """Closing an account ends what is open."""
    _post(client, link, password=PASSWORD, password_confirm=PASSWORD)
    _post(client, "/organizer/sign-in", email="huan@example.vn", password=PASSWORD)
    assert client.get("/organizer/password").status_code == 200
    public_id = db.session.scalar(sa.select(Account.public_id)) or ""
    accounts.set_active(actor=SYSTEM, public_id=public_id, active=False, now=now)
    assert client.get("/organizer/password").status_code == 302


def test_signing_out_takes_a_button(client: ApartClient) -> None:
    """GET changes nothing, signing out included."""
    assert client.get("/organizer/sign-out").status_code == 405
