"""Accounts at the desk: administrators alone; a one-time link is shown once and mailed."""

import re

import pytest
import sqlalchemy as sa

from app.db import db
from app.models.accounts import Account
from app.models.mail import OutboxMessage
from tests.site import ApartClient

NEW = {"name": "Phạm Văn Mới", "email": "moi@example.vn", "role": "organizer", "language": "vi"}


@pytest.fixture
def admin_client(app, administrator) -> ApartClient:
    """A browser in which the administrator is signed in."""
    client = app.test_client()
    with app.app_context():
        client.sign_in(db.session.scalar(sa.select(Account.email).where(Account.role == "administrator")))
    return client


def _find(email):
    db.session.rollback()
    return db.session.scalar(sa.select(Account).where(Account.email == email))


def test_a_new_account_gets_its_link_on_the_page_and_by_mail(context, admin_client):
    page = admin_client.post("/organizer/accounts/new", data=NEW).get_data(as_text=True)
    assert re.search(r"<code>http://localhost/organizer/password/new/[^<]+</code>", page)
    assert db.session.scalars(sa.select(OutboxMessage.recipient)).all() == ["moi@example.vn"]
    assert "/password/new/" not in admin_client.get("/organizer/accounts").get_data(as_text=True)


def test_an_address_has_one_account(context, admin_client):
    admin_client.post("/organizer/accounts/new", data=NEW)
    answer = admin_client.post("/organizer/accounts/new", data={**NEW, "name": "Người khác"})
    assert answer.status_code == 422
    assert 'value="Người khác"' in answer.get_data(as_text=True), "nothing typed is lost"


def test_an_account_is_closed_and_opened_again_but_not_ones_own(context, admin_client, administrator):
    admin_client.post("/organizer/accounts/new", data=NEW)
    path = f"/organizer/accounts/{_find(NEW['email']).public_id}"
    assert admin_client.post(f"{path}/close").status_code == 303
    assert not _find(NEW["email"]).active
    assert admin_client.post(f"{path}/open").status_code == 303
    assert _find(NEW["email"]).active
    own = db.session.get(Account, administrator.account_id).public_id
    assert admin_client.post(f"/organizer/accounts/{own}/close").status_code == 422


def test_others_manage_no_accounts_and_see_no_way_there(context, organizer_client, colleague_client):
    for client in (organizer_client, colleague_client):
        assert client.get("/organizer/accounts").status_code == 403
        assert client.post("/organizer/accounts/new", data=NEW).status_code == 403
        assert "/organizer/accounts" not in client.get("/organizer/").get_data(as_text=True)


def test_a_new_account_is_offered_as_that_of_an_organiser(admin_client):
    page = admin_client.get("/organizer/accounts/new").text
    assert re.findall(r'<option value="(\w+)" selected', page) == ["organizer"]
