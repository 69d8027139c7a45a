"""Pages of change requests: asked for by the institution's link after the deadline, answered at the desk."""

from datetime import UTC, datetime, timedelta

import pytest

from app import site
from app.domain import clock
from app.domain.registrations import SeatState
from tests.registration_rows import get_delegate, list_mails, register_one, store_event, store_invitation

ASKING = {"asked_by": "Trần Thị Đầu Mối", "reason": "Lãnh đạo đi công tác đột xuất"}
EDIT = {
    "full_name": "Lê Văn An",
    "role": "delegate",
    "language": "vi",
    "email": "an@x.vn",
    "post": "Phó Chủ tịch",
}
NEW = {"full_name": "Phạm Thị Mới", "language": "vi", "email": "moi@x.vn"}


@pytest.fixture
def scene(app, monkeypatch):
    """A delegate registered before the deadline, which has passed: desk, institution's link, delegate."""
    before = datetime(2027, 9, 1, 2, 0, tzinfo=UTC)
    with app.app_context():
        event = store_event(registration_deadline=before + timedelta(hours=1))
        invitation = store_invitation(event)
        delegate = register_one(invitation, before, "Lê Văn An", email="an@x.vn", posts={"vi": "Chủ tịch"})
        monkeypatch.setattr(clock, "now", lambda: before + timedelta(days=1))
        link = site.invitation_url(invitation).removeprefix("http://localhost")
        return f"/organizer/events/{event.slug}", link, delegate.public_id


def _first_request(client, desk):
    page = client.get(f"{desk}/changes").text
    return f"{desk}/changes/" + page.split(f"{desk}/changes/")[1].split('"')[0]


def test_c01_after_the_deadline_the_pages_lead_to_a_request(client, scene):
    _, link, delegate = scene
    assert "Đề nghị thay đổi" in client.get(link).text
    for act in ("edit", "replace", "withdraw"):
        assert f"{delegate}/request/{act}" in client.get(f"{link}/delegates/{delegate}/{act}").text
        assert "Đã hết thời hạn." in client.get(f"{link}/delegates/{delegate}/request/{act}").text


def test_c01_desk_reads_before_and_after_and_accepts(app, client, organizer_client, scene):
    desk, link, delegate = scene
    address = f"{link}/delegates/{delegate}/request/edit"
    assert 'id="reason-error"' in client.post(address, data=EDIT).text
    assert client.post(address, data={**EDIT, **ASKING}).status_code == 303
    assert "Chờ trả lời" in client.get(f"{link}/delegates/{delegate}").text
    assert "Trả lời 1 đề nghị thay đổi" in organizer_client.get("/organizer/").text
    assert f"{desk}/changes" in organizer_client.get(f"{desk}/delegates").text
    request = _first_request(organizer_client, desk)
    page = organizer_client.get(request).text
    for words in ("Chủ tịch", "Phó Chủ tịch", *ASKING.values()):
        assert words in page
    assert organizer_client.post(request, data={"decision": "accept"}).status_code == 303
    with app.app_context():
        assert get_delegate(delegate).person.posts == {"vi": "Phó Chủ tịch"}
    assert organizer_client.post(request, data={"decision": "accept"}).status_code == 422


def test_c01_refusal_needs_a_word_which_the_institution_reads(app, client, organizer_client, scene):
    desk, link, delegate = scene
    client.post(f"{link}/delegates/{delegate}/request/withdraw", data=ASKING)
    request = _first_request(organizer_client, desk)
    assert organizer_client.post(request, data={"decision": "refuse"}).status_code == 422
    sent = {"decision": "refuse", "answer": "Đã in thẻ đại biểu"}
    assert organizer_client.post(request, data=sent).status_code == 303
    assert "Đã in thẻ đại biểu" in client.get(f"{link}/delegates/{delegate}").text
    with app.app_context():
        assert get_delegate(delegate).state is SeatState.CONFIRMED


def test_replacement_is_asked_for_and_done_by_the_desk(app, client, organizer_client, scene):
    desk, link, delegate = scene
    sent = {**NEW, **ASKING, "is_substitute": "y"}
    assert client.post(f"{link}/delegates/{delegate}/request/replace", data=sent).status_code == 303
    request = _first_request(organizer_client, desk)
    page = organizer_client.get(request).text
    assert "Phạm Thị Mới" in page
    assert "Dự thay" in page
    organizer_client.post(request, data={"decision": "accept"})
    with app.app_context():
        assert get_delegate(delegate).replaced_by.person.full_name == "Phạm Thị Mới"
        assert ("withdrawal", "an@x.vn") in list_mails()


def test_request_is_taken_back_by_one_button(client, organizer_client, scene):
    desk, link, delegate = scene
    client.post(f"{link}/delegates/{delegate}/request/withdraw", data=ASKING)
    assert client.post(f"{link}/delegates/{delegate}/request/take-back").status_code == 303
    assert "Đã rút lại" in organizer_client.get(f"{desk}/changes").text


def test_another_institution_asks_for_nothing_here_and_readers_decide_nothing(
    app, client, colleague_client, scene, now
):
    desk, link, delegate = scene
    with app.app_context():
        other = site.invitation_url(store_invitation(store_event(), name="Huế")).removeprefix(
            "http://localhost"
        )
    assert client.post(f"{other}/delegates/{delegate}/request/withdraw", data=ASKING).status_code == 404
    client.post(f"{link}/delegates/{delegate}/request/withdraw", data=ASKING)
    request = _first_request(colleague_client, desk)
    assert "Lê Văn An" in colleague_client.get(request).text
    assert colleague_client.post(request, data={"decision": "accept"}).status_code == 403


def test_before_the_deadline_the_page_says_that_one_need_not_ask(client, scene, monkeypatch, now):
    _, link, delegate = scene
    monkeypatch.setattr(clock, "now", lambda: now)
    page = client.get(f"{link}/delegates/{delegate}/request/edit").text
    assert "Quý vị không cần gửi đề nghị" in page
    assert (
        client.post(f"{link}/delegates/{delegate}/request/edit", data={**EDIT, **ASKING}).status_code == 422
    )


def test_empty_list_says_when_requests_come(app, organizer_client):
    with app.app_context():
        slug = store_event().slug
    assert "Không có đề nghị thay đổi nào" in organizer_client.get(f"/organizer/events/{slug}/changes").text
