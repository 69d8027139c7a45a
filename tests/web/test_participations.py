"""A delegate's own page."""

import re

import pytest
import sqlalchemy as sa

from app import site
from app.db import db
from app.domain.events import EventStatus
from app.domain.registrations import SeatState
from app.models.registrations import Delegate
from app.services.transaction import unit_of_work
from tests.registration_rows import register_one, session_ids, store_event, store_invitation


def path(link: str) -> str:
    return link.removeprefix("http://localhost")


def ambassador(now, **known):
    """Return the page of an ambassador in Tokyo, second on the list of the second session."""
    event = store_event(seats=(None, 1), **known)
    invitation = store_invitation(event, name="Đại sứ quán tại Nhật Bản", timezone="Asia/Tokyo", country="VN")
    register_one(invitation, now, "Trần Thị Bình", sessions=session_ids(event))
    person = {"ranks": {"vi": "Đại sứ"}, "email": "nam@example.vn", "form_of_address": "Ngài"}
    register_one(invitation, now, "Người thứ hai", sessions=session_ids(event)[1:])
    return site.delegate_url(
        register_one(invitation, now, "Vũ Hồng Nam", sessions=session_ids(event), **person)
    )


@pytest.fixture
def link(app, now) -> str:
    """The link of the ambassador."""
    with app.app_context():
        return ambassador(now)


def row() -> Delegate:
    rows = db.session.scalars(sa.select(Delegate).order_by(Delegate.id))
    return rows.all()[-1]


def test_b23_ambassador_in_tokyo_reads_his_hours_two_hours_later(client, link):
    page = client.get(path(link)).text
    for words in (
        "Ngài Vũ Hồng Nam",
        "Đại sứ quán tại Nhật Bản",
        "14:00–17:00 Hà Nội (GMT+7)",
        "16:00–19:00 Tokyo (GMT+9)",
        "Đại sứ",
        "Cục Ngoại vụ",
        "webcal://",
    ):
        assert words in page
    assert f"{path(link)}.ics" in page


def test_link_to_join_is_shown_for_confirmed_seats_alone(app, client, link):
    page = client.get(path(link)).text
    assert page.count("https://zoom.example/j/81") == 1
    assert "Quý vị đứng thứ 2 trong danh sách chờ." in page
    with app.app_context(), unit_of_work():
        row().event.status = EventStatus.POSTPONED
    assert "https://zoom.example" not in client.get(path(link)).text


def test_who_waits_for_the_event_reads_how_many_are_before_him(app, client, now):
    with app.app_context():
        link = ambassador(now, capacity=1)
    page = client.get(path(link)).text
    assert "Quý vị đứng thứ 2 trong danh sách chờ." in page
    assert "https://zoom.example" not in page


def test_a12_name_is_shown_in_cyrillic_to_a_russian_reader(app, client, now):
    with app.app_context():
        invitation = store_invitation(store_event(), country="RU")
        native = {"native_name": "Григорьев Семён Вячеславович", "language": "ru"}
        link = site.delegate_url(register_one(invitation, now, "Grigoriev Semen Vyacheslavovich", **native))
    assert "Григорьев Семён Вячеславович" in client.get(path(link)).text
    other = client.get(f"{path(link)}?lang=en").text
    assert "Grigoriev Semen Vyacheslavovich" in other
    assert "Григорьев" not in other


def test_delegate_corrects_his_data_and_keeps_it_when_refused(app, client, link):
    shown = client.get(f"{path(link)}/edit").text
    revision = re.search(r'name="revision"[^>]*value="(\d+)"', shown)[1]
    sent = {"full_name": "Vũ Hồng Nàm", "language": "en", "phone": "+81 3", "revision": revision}
    assert client.post(f"{path(link)}/edit", data={**sent, "full_name": "Kẻ Khác"}).status_code == 422
    assert client.post(f"{path(link)}/edit", data=sent).status_code == 303
    with app.app_context():
        person = row().person
        assert (person.full_name, person.language, person.phone) == ("Vũ Hồng Nàm", "en", "+81 3")


def test_delegate_withdraws_with_a_button_and_looking_does_not(app, client, link):
    assert client.get(f"{path(link)}/withdraw").status_code == 200
    with app.app_context():
        assert row().state is SeatState.CONFIRMED
    assert client.post(f"{path(link)}/withdraw").status_code == 303
    with app.app_context():
        assert row().state is SeatState.WITHDRAWN
    page = client.get(path(link)).text
    assert "Đăng ký của Quý vị đã được rút" in page
    assert "https://zoom.example" not in page


def test_wrong_link_of_a_delegate_tells_nothing(client, link):
    wrong = path(link)[:-1] + ("a" if not path(link).endswith("a") else "b")
    for page in ("", "/edit", "/withdraw"):
        assert client.get(wrong + page).status_code == 404
