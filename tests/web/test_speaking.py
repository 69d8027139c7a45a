"""Pages of requests to speak (C03): by the link of an institution or a delegate, answered at the desk."""

import pytest

from app import site
from app.db import db
from app.domain.events import EventStatus
from app.models.events import Event
from app.models.programme import Appointment
from app.models.speaking import SpeakingRequest
from app.services.transaction import unit_of_work
from tests.registration_rows import register_one, session_ids, store_event, store_invitation


@pytest.fixture
def scene(app, now):
    """The desk's address, the links of an institution and of its delegate, a session."""
    with app.app_context():
        event = store_event()
        invitation = store_invitation(event)
        delegate = register_one(invitation, now, "Lê Văn An", email="an@x.vn")
        base = "http://localhost"
        return (
            f"/organizer/events/{event.slug}/programme",
            site.invitation_url(invitation).removeprefix(base),
            site.delegate_url(delegate).removeprefix(base),
            session_ids(event)[0],
        )


def _wish(session, **known):
    return {"session": session, "topics-vi": "Logistics xanh", "minutes": "7", **known}


def _request(app):
    with app.app_context():
        return db.session.query(SpeakingRequest).one().public_id


def test_c03_institution_asks_and_the_desk_gives_the_floor(app, client, organizer_client, scene):
    desk, link, _, session = scene
    assert f"{link}/speaking" in client.get(link).text
    assert client.post(f"{link}/speaking", data=_wish(session)).status_code == 303
    assert "Logistics xanh" in client.get(f"{link}/speaking").text
    assert "Trả lời 1 đăng ký phát biểu" in organizer_client.get("/organizer/").text
    page = organizer_client.get(desk).text
    address = f"{desk}/speaking-requests/{_request(app)}"
    assert address in page
    assert "Logistics xanh" in organizer_client.get(address).text
    assert organizer_client.post(address, data={"decision": "accept"}).status_code == 303
    assert "Được phát biểu" in client.get(f"{link}/speaking").text
    with app.app_context():
        assert db.session.query(Appointment).one().topics == {"vi": "Logistics xanh"}


def test_c03_delegate_asks_for_himself_and_reads_why_not(app, client, organizer_client, scene):
    desk, _, own, session = scene
    assert f"{own}/speaking" in client.get(own).text
    assert client.post(f"{own}/speaking", data=_wish(session)).status_code == 303
    address = f"{desk}/speaking-requests/{_request(app)}"
    assert organizer_client.post(address, data={"decision": "decline"}).status_code == 422
    sent = {"decision": "decline", "answer": "Chương trình đã kín"}
    assert organizer_client.post(address, data=sent).status_code == 303
    assert "Chương trình đã kín" in client.get(f"{own}/speaking").text


@pytest.mark.parametrize("wrong", [{"topics-vi": ""}, {"minutes": "0"}, {"minutes": "300"}, {"minutes": "x"}])
def test_wrong_input_is_kept_with_an_error_at_its_field(client, scene, wrong):
    _, link, own, session = scene
    for address in (link, own):
        answer = client.post(f"{address}/speaking", data=_wish(session, **wrong))
        assert answer.status_code == 422
        assert f'id="{next(iter(wrong))}-error"' in answer.text


def test_who_can_ask_no_longer_is_not_led_there(app, client, scene):
    _, _, own, _ = scene
    with app.app_context(), unit_of_work() as session:
        session.query(Event).one().status = EventStatus.ARCHIVED
    assert f"{own}/speaking" not in client.get(own).text


def test_requests_of_another_institution_are_not_shown(app, client, scene):
    _, link, _, session = scene
    client.post(f"{link}/speaking", data=_wish(session))
    with app.app_context():
        other = site.invitation_url(store_invitation(store_event(), name="Huế")).removeprefix(
            "http://localhost"
        )
    assert "Logistics xanh" not in client.get(f"{other}/speaking").text


def test_reader_sees_requests_and_answers_none(app, client, colleague_client, scene):
    desk, link, _, session = scene
    client.post(f"{link}/speaking", data=_wish(session))
    address = f"{desk}/speaking-requests/{_request(app)}"
    assert colleague_client.get(address).status_code == 200
    assert colleague_client.post(address, data={"decision": "accept"}).status_code == 403


@pytest.mark.parametrize("whose", [1, 2])
def test_c03_who_asked_takes_his_request_back_until_it_is_answered(
    app, client, organizer_client, scene, whose
):
    desk, link, session = scene[0], scene[whose], scene[3]
    client.post(f"{link}/speaking", data=_wish(session))
    act = f"{link}/speaking/{_request(app)}/take-back"
    assert act in client.get(f"{link}/speaking").text
    for _ in range(2):
        assert client.post(act).status_code == 303, "a second click is harmless"
    page = client.get(f"{link}/speaking").text
    assert ("Đã rút" in page, act in page) == (True, False)
    address = f"{desk}/speaking-requests/{_request(app)}"
    assert address not in organizer_client.get(desk).text
    assert organizer_client.post(address, data={"decision": "accept"}).status_code == 422


def test_c03_what_is_answered_or_asked_by_others_is_not_taken_back(app, client, organizer_client, scene):
    desk, link, own, session = scene
    client.post(f"{link}/speaking", data=_wish(session))
    act = f"/speaking/{_request(app)}/take-back"
    assert client.post(own + act).status_code == 404, "the institution asked, for nobody in particular"
    organizer_client.post(f"{desk}/speaking-requests/{_request(app)}", data={"decision": "accept"})
    assert client.post(link + act).status_code == 303
    assert "Được phát biểu" in client.get(f"{link}/speaking").text
