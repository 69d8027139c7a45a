"""The buttons under an offered place: the delegate's own, his institution's, the desk's; and the queues."""

import pytest

from app import site
from app.domain.policy import SYSTEM
from app.domain.registrations import SeatState
from app.services.registrations import withdraw
from tests.registration_rows import get_delegate, register_one, session_ids, store_event, store_invitation


@pytest.fixture
def offered(app, now) -> dict[str, str]:
    """An event of one place that Bình was offered and Cường waits for: her page, and those about her."""
    with app.app_context():
        event = store_event(slug="toa-dam", capacity=1, seats=(1, None))
        invitation = store_invitation(event)
        first, second, _ = (
            register_one(invitation, now, name, email=f"{number}@x.vn", sessions=session_ids(event))
            for number, name in enumerate(("Lê Văn An", "Trần Thị Bình", "Vũ Cường"))
        )
        withdraw.withdraw_delegate(actor=SYSTEM, delegate=first, now=now)
        link, institution = (
            url.removeprefix("http://localhost")
            for url in (site.delegate_url(second), site.invitation_url(invitation))
        )
        return {
            "id": second.public_id,
            "own": link,
            "institution": f"{institution}/delegates/{second.public_id}",
            "desk": f"/organizer/events/toa-dam/delegates/{second.public_id}",
        }


def _state(app, offered):
    with app.app_context():
        return get_delegate(offered["id"]).state


@pytest.mark.parametrize("whose", ["own", "institution", "desk"])
@pytest.mark.parametrize(("answer", "state"), [("take", SeatState.CONFIRMED), ("leave", SeatState.WITHDRAWN)])
def test_c03_place_is_taken_or_left_by_a_button(app, organizer_client, offered, whose, answer, state):
    page = organizer_client.get(offered[whose]).text
    assert "Nhận chỗ" in page
    assert _state(app, offered) is SeatState.OFFERED
    for _ in range(2):
        sent = organizer_client.post(f"{offered[whose]}/offer", data={"session": "", "answer": answer})
        assert sent.status_code == 303
    assert _state(app, offered) is state
    after = organizer_client.get(offered[whose]).text
    assert "Nhận chỗ" not in after
    assert "notice-error" not in after


def test_place_that_is_gone_is_told(client, offered):
    client.post(f"{offered['own']}/offer", data={"session": "", "answer": "leave"})
    client.post(f"{offered['own']}/offer", data={"session": "", "answer": "take"})
    assert "không còn được giữ" in client.get(offered["own"]).text


def test_reader_sees_no_buttons_and_cannot_answer(colleague_client, offered):
    assert "Nhận chỗ" not in colleague_client.get(offered["desk"]).text
    sent = colleague_client.post(f"{offered['desk']}/offer", data={"session": "", "answer": "take"})
    assert sent.status_code == 403


def test_c03_desk_sees_places_in_numbers_and_who_waits_in_order(colleague_client, offered):
    page = colleague_client.get("/organizer/events/toa-dam/delegates/waiting").text
    assert page.index("Trần Thị Bình") < page.index("Vũ Cường")
    assert "Chờ nhận chỗ" in page
    assert "(chờ cả sự kiện)" in page
    assert "Lê Văn An" not in page
    listed = colleague_client.get("/organizer/events/toa-dam/delegates").text
    assert "/organizer/events/toa-dam/delegates/waiting" in listed


def test_empty_queue_says_when_somebody_waits(app, organizer_client):
    with app.app_context():
        store_event(slug="toa-dam")
    page = organizer_client.get("/organizer/events/toa-dam/delegates/waiting").text
    assert "Không có ai trong danh sách chờ" in page
