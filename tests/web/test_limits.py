"""Forms that need no sign-in are counted; who sends too many gets a page that keeps what was typed."""

import re

import pytest

from app import site
from app.domain.accounts import Role
from app.domain.policy import SYSTEM
from app.services import accounts
from app.web import limits
from tests.registration_rows import store_event, store_invitation
from tests.web.test_open_registration import SENT

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def page(app) -> str:
    """The page of an event that admits open registration."""
    with app.app_context():
        return f"/events/{store_event(admits_open_registration=True).slug}/register"


def _flood(client, path):
    """Send a form once, and let it count as often as is allowed."""
    before = client.post(path, data={}).status_code
    storage = limits.limiter.storage
    for key in list(storage.counted):
        storage.incr(key, 3600, amount=int(limits.FORMS.split()[0]))
    return before


def _kept(answer):
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', answer.text)
    return [(name, value) for name, value in hidden if name != "csrf_token"]


def test_a_flood_of_registrations_ends_and_loses_nothing_that_was_typed(client, page):
    assert _flood(client, page) == 422
    sent = {**SENT, "full_name": 'Nguyễn "An" <An>', "sessions": ["one", "two"]}
    answer = client.post(page, data=sent)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 3000
    kept = {**SENT, "full_name": "Nguyễn &#34;An&#34; &lt;An&gt;"}
    assert _kept(answer) == [*kept.items(), ("sessions", "one"), ("sessions", "two")]
    assert re.search(r'<form[^>]* method="post"[\s\S]*name="csrf_token"[\s\S]*Gửi lại', answer.text)
    assert "60 phút" in answer.text
    limits.reset()
    again = client.post(page, data=sent, csrf=False)
    assert again.status_code != 303, "it still wants the token of the page"
    assert client.get(page).status_code == 200


def test_the_page_of_too_many_speaks_the_language_of_the_reader(client, page):
    _flood(client, page)
    answer = client.post(page, data=SENT, headers={"Accept-Language": "ru"})
    assert (answer.status_code, 'lang="ru"' in answer.text) == (429, True)


def test_asking_for_a_new_password_is_limited_as_asking_for_a_link_is(client):
    form = {"email": "organizer@example.vn"}
    statuses = [client.post("/organizer/password/new", data=form).status_code for _ in range(6)]
    assert statuses == [*[statuses[0]] * 5, 429]
    assert client.get("/organizer/password/new").status_code == 200


def test_no_password_is_written_into_the_page(client):
    form = {"email": "organizer@example.vn", "password": "wrong but long enough"}
    answers = [client.post("/organizer/sign-in", data=form) for _ in range(11)]
    assert answers[-1].status_code == 429
    assert _kept(answers[-1]) == [("email", "organizer@example.vn")]
    assert "wrong but" not in answers[-1].text


def test_a_password_is_guessed_no_faster_where_it_is_asked_again(context, client, now):
    known = {"email": "ha@example.vn", "name": "Hà", "role": Role.ORGANIZER, "language": "vi"}
    accounts.add_account(actor=SYSTEM, **known, password="bốn mùa xuân hạ thu đông", now=now)
    client.sign_in("ha@example.vn")
    form = {"password": "wrong but long enough", "new_password": "x", "new_password_confirm": "y"}
    for path in ("/organizer/verify", "/organizer/password"):
        limits.reset()
        statuses = [client.post(path, data=form).status_code for _ in range(11)]
        assert statuses == [422] * 10 + [429]


def test_one_link_that_is_flooded_closes_no_other_of_the_same_office(app, client):
    with app.app_context():
        event = store_event()
        links = [site.invitation_url(store_invitation(event, name=name)) for name in ("Huế", "Cà Mau")]
    flooded, other = (link.removeprefix("http://localhost") for link in links)
    assert _flood(client, flooded) == 422
    assert client.post(flooded, data={"answer": "accepted"}).status_code == 429
    assert client.get(flooded).status_code == 200
    assert client.post(other, data={}).status_code == 422


def test_no_secret_of_a_link_is_kept_where_the_counts_are(app, client):
    with app.app_context():
        path = site.invitation_url(store_invitation(store_event())).removeprefix("http://localhost")
    client.post(path, data={})
    assert limits.limiter.storage.counted
    assert path.rsplit("/", 1)[1] not in str(limits.limiter.storage.counted)
