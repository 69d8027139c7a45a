"""The delegation of an institution, by its link."""

import re

import pytest
import sqlalchemy as sa

from app import site
from app.db import db
from app.domain.events import EventStatus
from app.domain.invitations import InvitationState
from app.domain.registrations import SeatState
from app.models.invitations import Invitation
from app.models.registrations import Delegate
from app.services.transaction import unit_of_work
from tests.registration_rows import (
    list_mails,
    list_written_mails,
    register_one,
    session_ids,
    store_event,
    store_invitation,
)

PERSON = {
    "full_name": "Nguyễn Triều Thương",
    "role": "head_of_delegation",
    "form_of_address": "Ông",
    "post": "Giám đốc Sở Ngoại vụ",
    "email": "thuong@example.vn",
    "phone": "+84 233 385 2513",
    "language": "vi",
    "request_key": "first",
}


@pytest.fixture
def link(app) -> str:
    """The link of an invited institution."""
    with app.app_context():
        return site.invitation_url(store_invitation(store_event(seats=(None, 0)), quota=2))


def path(link: str) -> str:
    return link.removeprefix("http://localhost")


def row() -> Delegate:
    return db.session.scalars(sa.select(Delegate)).one()


def test_b11_focal_point_registers_a_delegate_with_one_short_form(app, client, link):
    page = client.get(f"{path(link)}/delegates/new").text
    assert "Còn 2 chỗ trong số 2 chỗ." in page
    assert 'value="head_of_delegation" selected' in page
    choices = re.findall(
        r'name="sessions" type="checkbox" value="(\w+)"|checked name="sessions".+?value="(\w+)"', page
    )
    assert len(choices) == 2
    answer = client.post(
        f"{path(link)}/delegates/new", data={**PERSON, "sessions": [max(c) for c in choices]}
    )
    assert answer.status_code == 303
    receipt = client.get(answer.headers["Location"]).text
    with app.app_context():
        delegate = row()
        public_id = delegate.public_id
        assert public_id in answer.headers["Location"]
        assert delegate.person.posts == {"vi": "Giám đốc Sở Ngoại vụ"}
        assert delegate.person.phone == "+84 233 385 2513"
        assert [seat.state for seat in delegate.seats] == [SeatState.CONFIRMED, SeatState.WAITING]
        assert delegate.invitation.state is InvitationState.ACCEPTED
        assert list_written_mails() == [("registration", "thuong@example.vn")]
    for words in ("Nguyễn Triều Thương", "Trưởng đoàn", "Danh sách chờ", public_id, "Cục Ngoại vụ"):
        assert words in receipt


def test_page_of_the_institution_shows_its_delegation_and_the_places_left(client, link):
    client.post(f"{path(link)}/delegates/new", data=PERSON)
    page = client.get(path(link)).text
    for words in ("Nguyễn Triều Thương", "Còn 1 chỗ trong số 2 chỗ.", f"{path(link)}/delegates/new"):
        assert words in page


def test_form_sent_twice_leads_to_the_same_receipt(app, client, link):
    answers = [client.post(f"{path(link)}/delegates/new", data=PERSON) for _ in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    with app.app_context():
        assert (row().invitation.taken, len(list_written_mails())) == (1, 1)


def test_refused_input_is_kept_and_the_error_stands_at_its_field(app, client, link):
    sent = {**PERSON, "full_name": "", "email": "no address", "post": "Giám đốc"}
    answer = client.post(f"{path(link)}/delegates/new", data=sent)
    assert answer.status_code == 422
    assert 'value="Giám đốc"' in answer.text
    assert 'value="no address"' in answer.text
    assert answer.text.count('id="full_name-error"') == answer.text.count('id="email-error"') == 1
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(Delegate.id))) == 0


def test_c03_full_quota_says_its_number_and_keeps_the_input(app, client, link):
    for number in range(2):
        sent = {**PERSON, "full_name": f"Người {number}", "role": "delegate", "request_key": str(number)}
        assert client.post(f"{path(link)}/delegates/new", data=sent).status_code == 303
    answer = client.post(
        f"{path(link)}/delegates/new", data={**PERSON, "role": "delegate", "email": "c@x.vn"}
    )
    assert answer.status_code == 422
    assert "cơ quan được cử 2 đại biểu" in answer.text
    assert 'value="Nguyễn Triều Thương"' in answer.text


def test_delegate_of_another_institution_is_not_there(app, client, link, now):
    with app.app_context():
        other = store_invitation(store_event(), name="Huế")
        foreign = register_one(other, now).public_id
    for page in ("", "/edit", "/withdraw"):
        assert client.get(f"{path(link)}/delegates/{foreign}{page}").status_code == 404
    assert client.post(f"{path(link)}/delegates/{foreign}/withdraw").status_code == 404
    assert client.get("/i/" + "a" * 44 + "/delegates/new").status_code == 404


def test_looking_changes_nothing(app, client, link):
    client.post(f"{path(link)}/delegates/new", data=PERSON)
    with app.app_context():
        delegate, before = row().public_id, (row().revision, row().invitation.revision, len(list_mails()))
    for page in ("new", delegate, f"{delegate}/edit", f"{delegate}/withdraw"):
        assert client.get(f"{path(link)}/delegates/{page}").status_code == 200
        assert client.head(f"{path(link)}/delegates/{page}").status_code == 200
    with app.app_context():
        assert (row().revision, row().invitation.revision, len(list_mails())) == before


def test_focal_point_changes_and_withdraws_a_delegate(app, client, link):
    client.post(f"{path(link)}/delegates/new", data=PERSON)
    with app.app_context():
        address = f"{path(link)}/delegates/{row().public_id}"
    shown = client.get(f"{address}/edit").text
    assert 'value="Giám đốc Sở Ngoại vụ"' in shown
    revision = re.search(r'name="revision"[^>]*value="(\d+)"', shown)[1]
    sent = {**PERSON, "post": "Phó Giám đốc", "revision": revision}
    assert client.post(f"{address}/edit", data=sent).status_code == 303
    assert client.post(f"{address}/edit", data={**sent, "post": "Khác"}).status_code == 409
    assert "Phó Giám đốc" in client.get(address).text
    assert "thuong@example.vn" in client.get(f"{address}/withdraw").text
    assert client.post(f"{address}/withdraw").status_code == 303
    with app.app_context():
        assert (row().state, row().invitation.taken) == (SeatState.WITHDRAWN, 0)


def test_after_the_deadline_the_pages_are_to_read_with_a_contact(app, client, link):
    client.post(f"{path(link)}/delegates/new", data=PERSON)
    with app.app_context():
        delegate = row().public_id
        with unit_of_work() as session:
            session.get_one(Invitation, row().invitation_id).event.status = EventStatus.CLOSED
    for page in ("new", delegate, f"{delegate}/edit", f"{delegate}/withdraw"):
        text = client.get(f"{path(link)}/delegates/{page}").text
        assert "Cục Ngoại vụ" in text
        assert '<form class="form"' not in text
    assert client.post(f"{path(link)}/delegates/{delegate}/withdraw").status_code == 422


def test_b20_session_for_other_kinds_is_not_offered(app, client):
    with app.app_context():
        event = store_event()
        with unit_of_work():
            event.sessions[1].admitted_kinds = ["enterprise"]
        link, ids = site.invitation_url(store_invitation(event)), session_ids(event)
    page = client.get(f"{path(link)}/delegates/new").text
    assert [public_id in page for public_id in ids] == [True, False]
    answer = client.post(f"{path(link)}/delegates/new", data={**PERSON, "sessions": list(ids)})
    assert answer.status_code == 422
    assert "Phiên 2 không dành cho loại cơ quan này." in answer.text


@pytest.mark.databases("sqlite")
def test_whole_registration_takes_at_most_thirteen_statements(app, client, link):
    client.post(
        f"{path(link)}/delegates/new", data={**PERSON, "full_name": "Người thứ nhất", "request_key": "0"}
    )
    executed = []
    with app.app_context():
        engine = db.engine
    note = lambda _c, _cursor, statement, *_: executed.append(statement)  # noqa: E731  one line says it
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        page = client.get(f"{path(link)}/delegates/new").text
        chosen = re.findall(r'name="sessions"[^>]*value="(\w+)"', page)
        sent = {**PERSON, "role": "delegate", "sessions": chosen}
        answer = client.post(f"{path(link)}/delegates/new", data=sent)
        assert client.get(answer.headers["Location"]).status_code == 200
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    assert chosen
    statements = [statement for statement in executed if not statement.startswith("BEGIN")]
    assert len(statements) <= 13, "\n".join(statements)
