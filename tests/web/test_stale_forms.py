"""A form whose token is gone: said in words, and nothing that was typed is lost."""

import re

import pytest

from tests.registration_rows import store_event
from tests.web.test_open_registration import SENT

pytestmark = pytest.mark.databases("sqlite")
_NEW, _OLD = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Origin": "http://localhost"}


@pytest.fixture
def page(app):
    """Where anybody may register."""
    with app.app_context():
        return f"/events/{store_event(admits_open_registration=True).slug}/register"


@pytest.mark.parametrize("browser", [_NEW, _OLD])
def test_what_was_typed_can_be_sent_again(client, page, browser):
    stale = client.post(page, data=SENT, csrf=False, headers=browser)
    assert (stale.status_code, "Trang này đã mở quá lâu" in stale.text) == (400, True)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', stale.text))
    assert {name: hidden.get(name) for name in SENT} == SENT
    assert client.post(page, data=hidden, csrf=False).status_code == 303


@pytest.mark.parametrize(
    "browser",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
    ],
)
def test_what_another_site_sent_is_not_made_valid_by_one_press_of_our_button(client, page, browser):
    stale = client.post(page, data=SENT, csrf=False, headers=browser)
    assert stale.status_code == 400
    assert SENT["full_name"] not in stale.text
    assert 'method="post"' not in stale.text


def test_a_password_is_not_kept_on_the_page(client):
    sent = {"email": "huan@example.vn", "password": "mật khẩu rất dài"}
    stale = client.post("/organizer/sign-in?next=/organizer/", data=sent, csrf=False, headers=_NEW)
    assert stale.status_code == 400
    assert "mật khẩu rất dài" not in stale.text
    assert 'href="/organizer/sign-in?next=/organizer/"' in stale.text
    assert 'href="/"' in client.post("/organizer/sign-out", csrf=False).text
