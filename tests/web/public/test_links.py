"""Link recovery and guessing: equal answers, limited tries."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from app import site
from app.db import db
from app.domain.policy import SYSTEM
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.services.invitations import letters
from app.web import limits
from tests import guests
from tests.site import close, make_app


@pytest.fixture
def on_file(app, now):
    """An address to which an invitation was sent."""
    with app.app_context():
        guests.event(starts_at=now.replace(year=2030), ends_at=None, registration_deadline=None)
        (made,) = guests.invited(guests.localities(1), now)
        letters.send(actor=SYSTEM, slug=guests.SLUG, invitation=made, now=now)
        return "vn-01@example.vn"


def recoveries(app):
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).where(OutboxMessage.kind == "new_link"))


def ask(client, email):
    return client.post("/links/new", data={"email": email}, follow_redirects=True)


def test_the_answer_is_the_same_whether_the_address_is_on_file(app, client, on_file):
    known, unknown = ask(client, on_file), ask(client, "nobody@example.vn")
    assert (known.status_code, known.data) == (unknown.status_code, unknown.data)
    assert known.status_code == 200
    assert recoveries(app) == 1


def test_a_mistyped_address_is_shown_again(app, client):
    answer = client.post("/links/new", data={"email": "không phải địa chỉ"})
    assert answer.status_code == 422
    assert "không phải địa chỉ" in answer.get_data(as_text=True)


def test_asking_is_limited_and_says_when_to_try_again(client, on_file):
    answers = [ask(client, f"a{number}@example.vn").status_code for number in range(7)]
    assert answers == [200] * 5 + [429] * 2
    assert int(client.post("/links/new", data={"email": "b@example.vn"}).headers["Retry-After"]) > 0


def test_guessing_links_is_answered_429_within_20_tries(client):
    tries = [f"/i/{'a' * 40}{number:04}{kind}" for number in range(10) for kind in ("", ".ics")]
    statuses = [client.get(path).status_code for path in tries]
    assert (statuses[0], statuses[-1]) == (404, 429)


def test_right_links_are_never_counted(app, client, on_file):
    with app.app_context():
        address = site.invitation_url(db.session.scalar(sa.select(Invitation)))
    assert {client.get(address.removeprefix("http://localhost")).status_code for _ in range(30)} == {200}


def test_one_guesser_shuts_nobody_else_out(client):
    for number in range(20):
        client.get(f"/i/{'a' * 40}{number:04}", environ_base={"REMOTE_ADDR": "2001:db8:1:1::1"})
    neighbour, other = "2001:db8:1:1::2", "2001:db8:1:2::1"
    wrong = "/i/" + "b" * 44
    assert client.get(wrong, environ_base={"REMOTE_ADDR": neighbour}).status_code == 429
    assert client.get(wrong, environ_base={"REMOTE_ADDR": other}).status_code == 404


def test_several_processes_count_together_in_redis(sites, tmp_path, redis_url):
    """Two applications stand for two processes; the second one knows what the first one counted."""
    database = sites.get("sqlite").database
    statuses = []
    for _process in range(2):
        app = make_app(database.url, tmp_path, redis_url=redis_url)
        client = app.test_client()
        statuses += [client.get(f"/i/{'a' * 40}{number:04}").status_code for number in range(10)]
        close(app)
    make_app(database.url, tmp_path)
    limits.reset()
    assert (statuses[0], statuses[-1]) == (404, 429)


def test_guessing_passwords_is_answered_429_within_20_tries(client):
    form = {"email": "organizer@example.vn", "password": "wrong but long enough"}
    statuses = [client.post("/organizer/sign-in", data=form).status_code for _ in range(12)]
    assert 429 not in statuses[:10]
    assert statuses[10:] == [429, 429]
    assert client.get("/organizer/sign-in").status_code == 200


def test_whoever_is_lost_is_told_whom_to_ask(app, client, monkeypatch):
    for contact in ("+84 24 3799 0000", ""):
        monkeypatch.setitem(app.extensions, "bantron", replace(app.extensions["bantron"], contact=contact))
        lost = (client.get("/i/unknown"), client.get("/nowhere"), ask(client, "nobody@example.vn"))
        assert [b"+84 24 3799 0000" in page.data for page in lost] == [bool(contact)] * 3
