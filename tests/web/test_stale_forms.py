"""A form whose token is gone: said in words, and nothing that was typed is lost."""

import re

import pytest

from tests.registration_rows import store_event
from tests.web.test_open_registration import SENT

pytestmark = pytest.mark.databases("sqlite")


def test_what_was_typed_can_be_sent_again(app, client):
    with app.app_context():
        page = f"/events/{store_event(admits_open_registration=True).slug}/register"
    stale = client.post(page, data=SENT, csrf=False)
    assert (stale.status_code, "Trang này đã mở quá lâu" in stale.text) == (400, True)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', stale.text))
    assert {name: hidden.get(name) for name in SENT} == SENT
    assert client.post(page, data=hidden, csrf=False).status_code == 303


def test_a_password_is_not_kept_on_the_page(client):
    sent = {"email": "huan@example.vn", "password": "mật khẩu rất dài"}
    stale = client.post("/organizer/sign-in?next=/organizer/", data=sent, csrf=False)
    assert stale.status_code == 400
    assert "mật khẩu rất dài" not in stale.text
    assert 'href="/organizer/sign-in?next=/organizer/"' in stale.text
    assert 'href="/"' in client.post("/organizer/sign-out", csrf=False).text
