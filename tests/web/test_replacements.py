"""Replacing a delegate by the institution's link and at the desk; two officers at one delegate."""

import re

import pytest

from app import site
from app.domain.registrations import DelegateRole
from tests.registration_rows import get_delegate, register_one, store_event, store_invitation

NEW = {
    "full_name": "Phạm Thị Mới",
    "form_of_address": "Bà",
    "post": "Phó Giám đốc",
    "email": "moi@example.vn",
    "language": "vi",
    "request_key": "r1",
}


@pytest.fixture
def head(app, now) -> tuple[str, str]:
    """The link of an institution and the public id of its head of delegation."""
    with app.app_context():
        invitation = store_invitation(store_event())
        delegate = register_one(
            invitation, now, "Lê Văn An", email="an@example.vn", role=DelegateRole.HEAD_OF_DELEGATION
        )
        return site.invitation_url(invitation).removeprefix("http://localhost"), delegate.public_id


def _revision(page: str) -> str:
    return re.search(r'name="revision"[^>]*value="(\d+)"', page)[1]


def test_c02_focal_point_replaces_the_head_by_one_short_form(app, client, head):
    link, old = head
    page = client.get(f"{link}/delegates/{old}/replace").text
    assert "an@example.vn" in page
    assert "Trưởng đoàn" in page
    sent = {**NEW, "is_substitute": "y", "revision": _revision(page)}
    answer = client.post(f"{link}/delegates/{old}/replace", data=sent)
    assert answer.status_code == 303
    shown = client.get(answer.headers["Location"]).text
    for words in ("Phạm Thị Mới", "Trưởng đoàn", "Dự thay", "Dự thay cho", "Lê Văn An"):
        assert words in shown
    left = client.get(f"{link}/delegates/{old}").text
    assert "Đã được thay thế" in left
    assert "Phạm Thị Mới" in left
    with app.app_context():
        assert get_delegate(old).replaced_by.role is DelegateRole.HEAD_OF_DELEGATION


def test_input_that_is_refused_is_kept_with_the_error_at_its_field(client, head):
    link, old = head
    sent = {**NEW, "full_name": "Lê Văn An", "email": "an@example.vn", "revision": "1"}
    answer = client.post(f"{link}/delegates/{old}/replace", data=sent)
    assert answer.status_code == 422
    assert 'id="full_name-error"' in answer.text
    assert 'value="Phó Giám đốc"' in answer.text


def test_c01_second_officer_sees_both_texts_and_whom_the_first_has_named(client, head):
    link, old = head
    sent = {**NEW, "revision": _revision(client.get(f"{link}/delegates/{old}/replace").text)}
    client.post(f"{link}/delegates/{old}/replace", data=sent)
    late = client.post(
        f"{link}/delegates/{old}/replace", data={**sent, "request_key": "r2", "full_name": "Hoàng Văn Sau"}
    )
    assert late.status_code == 422
    cells = re.findall(r'<td data-label="[^"]+">([^<]*)</td>', late.text)
    assert cells[:2] == ["Phạm Thị Mới", "Hoàng Văn Sau"]


def test_c01_second_officer_who_edits_sees_both_texts_and_may_send_his_again(app, client, head):
    link, old = head
    address = f"{link}/delegates/{old}/edit"
    seen = {
        **NEW,
        "full_name": "Lê Văn An",
        "role": "head_of_delegation",
        "revision": _revision(client.get(address).text),
    }
    assert client.post(address, data={**seen, "post": "Chủ tịch"}).status_code == 303
    late = client.post(address, data={**seen, "post": "Phó Chủ tịch"})
    assert late.status_code == 409
    cells = re.findall(r'<td data-label="[^"]+">([^<]*)</td>', late.text)
    assert cells == ["Chủ tịch", "Phó Chủ tịch"]
    again = {**seen, "post": "Phó Chủ tịch", "revision": _revision(late.text)}
    assert client.post(address, data=again).status_code == 303
    with app.app_context():
        assert get_delegate(old).person.posts == {"vi": "Phó Chủ tịch"}


def test_delegate_of_another_institution_cannot_be_replaced(app, client, head, now):
    with app.app_context():
        foreign = register_one(store_invitation(store_event(), name="Huế"), now).public_id
    link, _ = head
    for send in (client.get, client.post):
        assert send(f"{link}/delegates/{foreign}/replace").status_code == 404


def test_desk_replaces_with_the_source_and_readers_may_not(app, organizer_client, colleague_client, head):
    _, old = head
    with app.app_context():
        address = f"/organizer/events/{get_delegate(old).event.slug}/delegates/{old}"
    assert f"{address}/replace" in organizer_client.get(address).text
    page = organizer_client.get(f"{address}/replace").text
    sent = {**NEW, "revision": _revision(page)}
    assert organizer_client.post(f"{address}/replace", data=sent).status_code == 422
    done = organizer_client.post(f"{address}/replace", data={**sent, "source": "letter"})
    assert "Tham dự thay cho" in organizer_client.get(done.headers["Location"]).text
    assert colleague_client.get(f"{address}/replace").status_code == 403
