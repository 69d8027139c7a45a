"""The page behind an institution's link: three equal choices, nothing by GET, nothing typed is lost."""

import re

import pytest
import sqlalchemy as sa
import time_machine

from app import site
from app.db import db
from app.domain.events import EventStatus
from app.domain.policy import SYSTEM
from app.models.events import Event
from app.models.invitations import Invitation, InvitationAnswer
from app.services.invitations import letters, links
from app.services.transaction import unit_of_work
from tests import guests

ACCEPT = {"answer": "accepted", "answered_by": "Trần Thị Bình, Phó Giám đốc", "note": ""}


@pytest.fixture(autouse=True)
def before_the_deadline(now):
    """Requests happen at the moment of the tests."""
    with time_machine.travel(now):
        yield


@pytest.fixture
def path(app, now):
    """The path of the link of one province."""
    with app.app_context():
        guests.event(contact_name="Ban tổ chức", contact_phone="024 3799 3000")
        ids = guests.store(
            guests.organization(
                "RU-SA", "Cộng hòa Sakha", guests.K.FOREIGN_LOCALITY, "RU", timezone="Asia/Yakutsk"
            )
        )
        (made,) = guests.invited(ids, now, language="vi", letter_number="12/GM-BNG")
        letters.send(actor=SYSTEM, slug=guests.SLUG, invitation=made, now=now)
        return site.invitation_url(db.session.scalar(sa.select(Invitation))).removeprefix("http://localhost")


def answers(app):
    with app.app_context():
        return list(db.session.scalars(sa.select(InvitationAnswer.answer).order_by(InvitationAnswer.id)))


def everything(app):
    """Return what the database says of the invitation, its answers and its mail."""
    with app.app_context():
        return [
            list(map(tuple, db.session.execute(sa.text(f"SELECT * FROM {table} ORDER BY id"))))
            for table in ("invitations", "invitation_answers", "outbox", "audit")
        ]


def shown(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def test_the_page_says_for_whom_one_answers_and_when_in_two_zones(client, path):
    page = shown(client.get(path))
    for told in (
        "Cộng hòa Sakha",
        "thứ Tư, 27/10/2027, 14:00–17:00 Hà Nội (GMT+7)",
        "16:00–19:00 Yakutsk (GMT+9)",
        "12/GM-BNG",
        "024 3799 3000",
    ):
        assert told in page


def test_nothing_is_preselected_and_no_script_submits(client, path):
    html = client.get(path).get_data(as_text=True)
    radios = re.findall(r'<input[^>]*type="radio"[^>]*>', html)
    assert len(radios) == 3
    assert not any("checked" in radio for radio in radios)
    assert re.findall(r"<script(?![^>]*src=)", html) == []


def test_looking_changes_nothing_however_one_looks(app, client, path):
    before = everything(app)
    for look in (client.get, client.head, client.options):
        look(path)
        look(f"{path}?answer=accepted&answered_by=x")
        look(f"{path}/receipt")
    assert everything(app) == before


def test_an_answer_leads_to_its_receipt_with_a_reference_number(app, client, path):
    answer = client.post(path, data=ACCEPT)
    assert (answer.status_code, answer.location) == (303, f"{path}/receipt")
    page = shown(client.get(answer.location))
    assert re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", page)
    for told in ("Tham dự", "Trần Thị Bình, Phó Giám đốc", "ru-sa@example.vn"):
        assert told in page
    assert f"{path}.ics" in client.get(answer.location).get_data(as_text=True)


def test_sending_the_form_twice_is_answering_once(app, client, path):
    assert [client.post(path, data=ACCEPT).status_code for _ in range(2)] == [303, 303]
    assert answers(app) == ["accepted"]


def test_coming_back_shows_the_answer_and_its_history(client, app, path):
    client.post(path, data={**ACCEPT, "answer": "tentative", "note": "Chờ lịch"})
    page = client.get(path).get_data(as_text=True)
    after = re.search(r'name="after"[^>]*value="(\w+)"', page)[1]
    client.post(path, data={**ACCEPT, "after": after})
    page = shown(client.get(path))
    assert page.index("Tham dự") < page.index("Chưa chắc: Chờ lịch")
    assert answers(app) == ["tentative", "accepted"]


def test_an_incomplete_answer_is_shown_again_with_what_was_typed(app, client, path):
    answer = client.post(path, data={"answer": "", "note": "Chờ ý kiến <b>Bộ</b>", "answered_by": "Bình"})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Chờ ý kiến &lt;b&gt;Bộ&lt;/b&gt;" in html
    assert 'value="Bình"' in html
    assert "data-summary" in html
    assert 'href="#answer"' in html
    assert answers(app) == []


def test_the_second_officer_sees_the_first_ones_answer_and_keeps_his_text(app, client, path):
    client.post(path, data=ACCEPT)
    answer = client.post(path, data={**ACCEPT, "answer": "declined", "note": "Không ai đi được"})
    assert answer.status_code == 422
    assert "Không ai đi được" in answer.get_data(as_text=True)
    assert answers(app) == ["accepted"]
    cells = re.findall(r'<td data-label="[^"]+">([^<]*)</td>', answer.get_data(as_text=True))
    assert cells[:2] == ["Tham dự", "Không tham dự"]


def test_after_the_deadline_the_page_is_read_only_with_a_contact(app, client, path, now):
    client.post(path, data=ACCEPT)
    with app.app_context(), unit_of_work() as session:
        session.execute(sa.update(Event).values(registration_deadline=now.replace(year=2026)))
    page = client.get(path)
    assert page.status_code == 200
    assert 'type="radio"' not in page.get_data(as_text=True)
    assert "024 3799 3000" in shown(page)
    assert client.post(path, data={**ACCEPT, "answer": "declined"}).status_code == 422
    assert answers(app) == ["accepted"]


@pytest.mark.parametrize("status", [EventStatus.CANCELLED, EventStatus.POSTPONED, EventStatus.CLOSED])
def test_an_event_that_is_called_off_says_so_and_asks_nothing(app, client, path, status):
    with app.app_context(), unit_of_work() as session:
        session.execute(sa.update(Event).values(status=status))
    page = client.get(path)
    assert page.status_code == 200
    assert 'type="radio"' not in page.get_data(as_text=True)


def test_the_page_speaks_the_language_of_the_letter_until_the_reader_chooses(app, client, path):
    with app.app_context(), unit_of_work() as session:
        session.execute(sa.update(Invitation).values(language="ru"))
    assert 'lang="ru"' in client.get(path).get_data(as_text=True)
    assert 'lang="en"' in client.get(f"{path}?lang=en").get_data(as_text=True)


def test_a_revoked_link_offers_a_new_one_and_tells_nothing(app, client, path, now):
    with app.app_context():
        public_id = db.session.scalar(sa.select(Invitation.public_id))
        links.revoke(actor=SYSTEM, slug=guests.SLUG, invitation=public_id, now=now)
    revoked, unknown = client.get(path), client.get("/i/" + "a" * 44)
    assert (revoked.status_code, unknown.status_code) == (404, 404)
    assert shown(revoked) == shown(unknown)
    assert 'action="/links/new"' in revoked.get_data(as_text=True)
    assert "Sakha" not in shown(revoked)


def test_the_address_of_the_page_goes_to_nobody_else(client, path):
    headers = client.get(path).headers
    assert (headers["Referrer-Policy"], headers["Cache-Control"]) == ("no-referrer", "no-store")


def test_a_forged_form_is_refused_without_effect(app, client, path):
    assert client.post(path, data=ACCEPT, csrf=False).status_code != 303
    assert answers(app) == []
