"""Pages of approval: the focal point asks, the head answers by his own link, the desk decides for many."""

import re

import pytest

from app import site
from app.domain.approvals import Approval, Approver
from app.domain.registrations import SeatState
from app.services.transaction import unit_of_work
from tests.registration_rows import get_delegate, list_mails, register_one, store_event, store_invitation


@pytest.fixture
def scene(app, now):
    """An event in two stages, its institution's link, two who wait for their head, the head's link."""
    with app.app_context():
        event = store_event(approval=Approval.HEAD_THEN_SECRETARIAT)
        invitation = store_invitation(event)
        with unit_of_work():
            invitation.email = "ngoaivu@x.vn"
        waiting = [
            register_one(invitation, now, name, email=f"{n}@x.vn").public_id
            for n, name in enumerate(("Lê Văn An", "Trần Thị Bình"))
        ]
        base = "http://localhost"
        return (
            f"/organizer/events/{event.slug}",
            site.invitation_url(invitation).removeprefix(base),
            site.approval_url(invitation).removeprefix(base),
            waiting,
        )


def _states(app, ids):
    with app.app_context():
        return [(get_delegate(one).state, get_delegate(one).awaits) for one in ids]


def _move_to_secretariat(client, head, waiting):
    sent = {"chosen": waiting, "decision": "approve"}
    assert client.post(head, data=sent).status_code == 303


def test_focal_point_sends_the_list_to_the_head_and_the_link_is_in_no_page_of_his(app, client, scene):
    _, link, head, _ = scene
    assert f"{link}/approval" in client.get(link).text
    page = client.get(f"{link}/approval").text
    assert "Trình duyệt 2 đại biểu" in page
    assert client.post(f"{link}/approval", data={"name": "Sếp"}).status_code == 422
    sent = client.post(f"{link}/approval", data={"name": "Nguyễn Thị Sếp", "email": "sep@x.vn"})
    told = client.get(sent.headers["Location"]).text
    assert "Đã gửi danh sách 2 đại biểu tới sep@x.vn." in told
    assert head not in page + told
    with app.app_context():
        assert list_mails()[-1] == ("approval_request", "sep@x.vn")


def test_head_approves_one_and_refuses_the_other_with_a_reason(app, client, scene):
    _, _, head, (first, second) = scene
    page = client.get(head).text
    assert "Lê Văn An" in page
    assert "Trần Thị Bình" in page
    _move_to_secretariat(client, head, [first])
    refused = client.post(head, data={"chosen": [second], "decision": "refuse"})
    assert refused.status_code == 422
    assert 'id="reason-error"' in refused.text
    sent = {"chosen": [second], "decision": "refuse", "reason": "Bận việc khác"}
    assert client.post(head, data=sent).status_code == 303
    assert _states(app, (first, second)) == [
        (SeatState.PENDING, Approver.SECRETARIAT),
        (SeatState.WITHDRAWN, None),
    ]
    assert "Đã quyết định xong" in client.get(head).text


def test_link_of_the_institution_does_not_open_the_page_of_the_head(client, scene):
    _, link, head, _ = scene
    assert client.get(link.replace("/i/", "/a/")).status_code == 404
    assert client.get(head.replace("/a/", "/i/")).status_code == 404
    assert client.get("/a/" + "a" * 44).status_code == 404


def test_revoking_the_link_of_the_institution_revokes_that_of_its_head(organizer_client, client, scene, app):
    desk, link, head, _ = scene
    with app.app_context():
        guest = link.split("/")[-1][:12]
    organizer_client.post(f"{desk}/guests/{guest}/revoke")
    assert client.get(head).status_code == 404


def test_desk_approves_many_after_reading_the_number(app, client, organizer_client, scene):
    desk, _, head, waiting = scene
    _move_to_secretariat(client, head, waiting)
    assert "Duyệt 2 đại biểu" in organizer_client.get("/organizer/").text
    assert f"{desk}/approvals" in organizer_client.get(f"{desk}/delegates").text
    page = organizer_client.get(f"{desk}/approvals").text
    assert re.findall(r'name="chosen" value="(\w+)"', page) == waiting
    address = f"{desk}/approvals/decide?stage=secretariat&decision=approve&" + "&".join(
        f"chosen={one}" for one in waiting
    )
    sure = organizer_client.get(address).text
    assert "Duyệt 2 đại biểu?" in sure
    assert "2 đại biểu nhận thư xác nhận kèm tệp lịch." in sure
    assert _states(app, waiting) == [(SeatState.PENDING, Approver.SECRETARIAT)] * 2
    done = organizer_client.post(address)
    assert "Đã duyệt 2 đại biểu." in organizer_client.get(done.headers["Location"]).text
    assert _states(app, waiting) == [(SeatState.CONFIRMED, None)] * 2
    assert organizer_client.post(address).status_code == 303


def test_desk_refuses_with_a_reason_that_the_institution_reads(client, organizer_client, scene):
    desk, link, head, waiting = scene
    _move_to_secretariat(client, head, waiting)
    address = f"{desk}/approvals/decide?stage=secretariat&decision=refuse&chosen={waiting[0]}"
    assert organizer_client.post(address).status_code == 422
    assert organizer_client.post(address, data={"reason": "Sai thành phần"}).status_code == 303
    assert "Sai thành phần" in client.get(f"{link}/delegates/{waiting[0]}").text


def test_desk_records_the_word_of_a_head_with_its_source(app, organizer_client, scene):
    desk, _, _, waiting = scene
    address = f"{desk}/approvals/decide?stage=head&decision=approve&chosen={waiting[0]}"
    assert organizer_client.post(address).status_code == 422
    assert organizer_client.post(address, data={"source": "letter"}).status_code == 303
    assert _states(app, waiting)[0] == (SeatState.PENDING, Approver.SECRETARIAT)


def test_readers_look_and_decide_nothing_and_foreign_delegates_are_not_meant(
    colleague_client, organizer_client, scene, app, now
):
    desk, _, _, waiting = scene
    assert colleague_client.get(f"{desk}/approvals").status_code == 200
    assert colleague_client.get(f"{desk}/approvals/decide?chosen={waiting[0]}").status_code == 403
    with app.app_context():
        foreign = register_one(store_invitation(store_event(approval=Approval.SECRETARIAT)), now).public_id
    assert organizer_client.post(f"{desk}/approvals/decide?chosen={foreign}").status_code == 303
    assert _states(app, [foreign]) == [(SeatState.PENDING, Approver.SECRETARIAT)]


def test_delegate_who_waits_sees_that_his_place_is_held_and_no_link_to_join(app, client, scene):
    *_, waiting = scene
    with app.app_context():
        address = site.delegate_url(get_delegate(waiting[0])).removeprefix("http://localhost")
    page = client.get(address).text
    assert "Chờ duyệt" in page
    assert "zoom.example" not in page


def test_empty_page_says_when_somebody_stands_there(app, organizer_client):
    with app.app_context():
        slug = store_event().slug
    page = organizer_client.get(f"/organizer/events/{slug}/approvals")
    assert "Không có ai chờ duyệt" in page.text
