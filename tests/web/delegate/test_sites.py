"""An institution prepares its site by its link, sees no other, and its link to join reaches nobody else."""

import pytest

from app import site as pages
from app.db import db
from app.domain.invitations import InvitationState
from app.domain.policy import SYSTEM
from app.domain.sites import Endpoint, NotedHeadcount
from app.models.invitations import Invitation
from app.queries import sites
from app.services.sites import headcounts
from app.services.transaction import unit_of_work
from tests.registration_rows import get_delegate, register_one, session_ids, store_event
from tests.site_rows import FIRST, GOOD, accept, add, book, get, note_test, open_bridge, seat

pytestmark = pytest.mark.usefixtures("context")
ENDPOINT = Endpoint(join_url="https://vc.example/quang-tri", meeting_id="864 2002", passcode="bimat")
SECRETS = ("vc.example", "864 2002", "bimat", "+84 91 000 0001", "+84 91 000 0002")
PHONES = {
    "contact_name": "Lê Thị Hoa",
    "contact_phone": "+84 91 000 0001",
    "technician_phone": "+84 91 000 0002",
}


@pytest.fixture
def event(context):
    return store_event(slug="ket-noi")


@pytest.fixture
def province(event):
    return accept(event, name="Quảng Trị", timezone="Asia/Tokyo")


@pytest.fixture
def own(event, province, now):
    return add(event, "", now, institution=province.public_id, endpoint=ENDPOINT, facts=PHONES)


@pytest.fixture
def stranger(event):
    return accept(event, name="Sơn La")


@pytest.fixture(autouse=True)
def _before_the_event(time_machine, now):
    time_machine.move_to(now, tick=False)


def _link(row, of=pages.invitation_url):
    return of(row).removeprefix("http://localhost")


def _slots(page):
    return [part.split('"')[0] for part in page.split('<option value="')[1:] if part[0] != '"']


def test_an_institution_fills_in_its_site_and_adds_one_under_it(event, province, client):
    there = f"{_link(province)}/site"
    assert "Điền thông tin điểm cầu" in client.get(there).text
    typed = {
        "technician_name": "Trần Kỹ Thuật",
        "technician_phone": "+84 90 1",
        "planned": "25",
        "timezone": "",
    }
    made = client.post(f"{there}/new", data={**typed, "revision": ""})
    assert made.status_code == 303
    assert client.post(f"{there}/new", data={**typed, "revision": ""}).location == made.location
    under = f"{there}/new?under={made.location.rsplit('/', 1)[1]}"
    assert client.post(under, data={"planned": "5"}).status_code == 422
    assert client.post(under, data={"planned": "5", "name": "Huyện Hải Lăng"}).status_code == 303
    page = client.get(there).text
    assert [part in page for part in ("Trần Kỹ Thuật", "Huyện Hải Lăng", "Dự kiến 30 người")] == [True] * 3
    db.session.rollback()
    tree = sites.get_own_tree(province)
    assert (tree.planned, [line.site.timezone for line in tree.lines]) == (30, ["Asia/Tokyo"] * 2)


def test_two_officers_of_an_institution_cannot_overwrite_each_other_silently(province, own, client):
    there = f"{_link(province)}/site/{own.public_id}/edit"
    typed = {"technician_name": "Người thứ nhất", "revision": str(own.revision)}
    assert client.post(there, data=typed).status_code == 303
    late = client.post(there, data={**typed, "technician_name": "Người thứ hai"})
    assert (late.status_code, "Người thứ hai" in late.text) == (409, True)
    assert "Người thứ nhất" in late.text, "both texts are shown"
    assert get(own.public_id).join_url == ENDPOINT.join_url


def test_c05_the_test_is_booked_moved_and_given_back_by_the_link(event, province, own, now, client):
    open_bridge(event, now)
    there = f"{_link(province)}/site/{own.public_id}"
    page = client.get(f"{there}/test").text
    assert "26/10, 09:00–09:10 · 11:00–11:10 Tokyo (GMT+9)" in page
    slots = _slots(page)
    assert client.post(f"{there}/test", data={"slot": slots[3]}).status_code == 303
    first = client.get(f"{there}/test.ics").text
    assert client.post(f"{there}/test", data={"slot": slots[5]}).status_code == 303
    moved = client.get(f"{there}/test.ics").text
    assert _uid(first) == _uid(moved)
    assert ("SEQUENCE:0" in first, "SEQUENCE:1" in moved) == (True, True)
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20271026T095000" in moved
    assert [moved.count(part) for part in ("BEGIN:VALARM", "BEGIN:VTIMEZONE", "ATTENDEE", "METHOD")] == [
        1,
        1,
        0,
        0,
    ]
    assert "https://vc.example/quang-tri" in moved.replace("\r\n ", "")
    assert "11:50–12:00 Tokyo (GMT+9)" in moved.replace("\r\n ", "")
    assert client.post(f"{there}/test/give-back").status_code == 303
    assert "STATUS:CANCELLED" in client.get(f"{there}/test.ics").text


def _uid(file):
    return next(line for line in file.splitlines() if line.startswith("UID:"))


def test_c05_a_slot_of_somebody_else_is_refused_and_never_names_him(
    event, province, own, stranger, now, client
):
    bridge = open_bridge(event, now)
    theirs = add(event, "", now, institution=stranger.public_id)
    there = f"{_link(province)}/site/{own.public_id}/test"
    slots = _slots(client.get(there).text)
    book(theirs, bridge, FIRST, now)
    answer = client.post(there, data={"slot": slots[0]})
    assert (answer.status_code, 'id="slot-error"' in answer.text, "Sơn La" in answer.text) == (
        422,
        True,
        False,
    )
    assert slots[0] not in _slots(client.get(there).text)


def test_c10_another_institution_sees_nothing_of_a_site(event, province, own, stranger, now, client):
    theirs = add(event, "", now, institution=stranger.public_id)
    book(own, open_bridge(event, now), FIRST, now)
    note_test(get(own.public_id), GOOD, now)
    link = _link(stranger)
    seen = ["", "/receipt", "/site", f"/site/{theirs.public_id}", f"/site/{theirs.public_id}/test", ".ics"]
    for page in seen:
        text = client.get(link + page, follow_redirects=True).text.replace("\r\n ", "")
        assert [secret for secret in (*SECRETS, own.public_id) if secret in text] == [], page
    for page in ("", "/edit", "/people", "/test", "/remove", "/test.ics"):
        assert client.get(f"{link}/site/{own.public_id}{page}").status_code == 404, page
    for page in ("/edit", "/people", "/test", "/test/give-back", "/remove"):
        assert client.post(f"{link}/site/{own.public_id}{page}", data={"slot": "x"}).status_code == 404, page


def test_c10_nobody_reads_a_link_or_a_telephone_on_public_pages(event, province, own, client):
    for page in ("/", "/events/ket-noi", "/events/ket-noi.ics", "/events/ket-noi/sessions/1.ics"):
        text = client.get(page).text.replace("\r\n ", "")
        assert [secret for secret in SECRETS if secret in text] == [], page


def test_c10_only_the_people_of_the_site_see_its_link(event, province, own, stranger, now, client):
    mine, colleague, other = (
        register_one(institution, now, name, sessions=session_ids(event)).public_id
        for institution, name in ((province, "Lê An"), (province, "Trần Bình"), (stranger, "Vũ Chi"))
    )
    seat(own, [mine], now)
    text = {
        one: client.get(_link(get_delegate(one), pages.delegate_url)).text for one in (mine, colleague, other)
    }
    assert [text[mine].count(part) for part in (ENDPOINT.join_url, "864 2002", "bimat", "Quảng Trị")][:3] == [
        2,
        1,
        1,
    ]
    for one in (colleague, other):
        assert [secret for secret in SECRETS if secret in text[one]] == []
        assert event.join_url in text[one]
    assert [phone for phone in SECRETS[3:] if phone in text[mine]] == []


def test_c10_who_waits_or_has_withdrawn_reads_no_link(event, province, own, now, client):
    first = register_one(province, now, "Lê An")
    seat(own, [first.public_id], now)
    for state in ("waiting", "pending", "offered"):
        with unit_of_work():
            waiting = get_delegate(first.public_id)
            waiting.state, waiting.queued_at, waiting.offer_expires_at = state, now, now
        for of in (pages.delegate_url, pages.delegate_file_url, pages.delegate_feed_url):
            text = client.get(_link(get_delegate(first.public_id), of)).text.replace("\r\n ", "")
            assert [secret for secret in SECRETS if secret in text] == [], (state, of)


@pytest.mark.parametrize("state", [InvitationState.TENTATIVE, InvitationState.DECLINED, InvitationState.SENT])
def test_c10_the_institution_reads_the_link_only_once_it_has_accepted(province, own, client, state):
    there = f"{_link(province)}/site"
    assert ENDPOINT.join_url in client.get(there).text
    with unit_of_work() as session:
        session.get_one(Invitation, province.id).state = state
    page = client.get(there).text
    assert [secret for secret in SECRETS[:3] if secret in page] == []
    assert client.get(f"{there}/{own.public_id}/test.ics").status_code == 404
    answer = client.post(f"{there}/{own.public_id}/edit", data={"revision": str(own.revision)})
    assert answer.status_code == 422


def test_a_site_where_people_were_counted_is_not_removed_by_link(event, province, own, now, client):
    under = add(event, "Huyện", now, institution=province.public_id, parent=own.public_id)
    there = f"{_link(province)}/site/{under.public_id}/remove"
    assert "Xóa điểm cầu “Huyện”?" in client.get(there).text
    noted = {under.public_id: NotedHeadcount(counted=7, seen=None)}
    headcounts.note_headcounts(actor=SYSTEM, event=event, noted=noted, now=now)
    assert client.post(there).status_code == 422
    assert client.post(f"{_link(province)}/site/{own.public_id}/remove").status_code == 404


def test_c06_an_institution_enters_its_own_headcount_from_the_day_on(
    event, province, own, stranger, now, client, organizer_client, time_machine
):
    foreign = add(event, "Sơn La", now, institution=stranger.public_id)
    there = f"{_link(province)}/site/headcounts"
    typed = {f"counted_{own.public_id}": "31", f"seen_{own.public_id}": ""}
    typed |= {f"counted_{foreign.public_id}": "99", f"seen_{foreign.public_id}": ""}
    assert client.post(there, data=typed).status_code == 422, "weeks before, nobody can count"
    time_machine.move_to("2027-10-27T16:00:00+07:00", tick=False)
    assert there in client.get(f"{_link(province)}/site").text
    assert foreign.public_id not in client.get(there).text
    assert client.post(there, data=typed).status_code == 303
    assert (get(own.public_id).counted, get(foreign.public_id).counted) == (31, None)
    assert "Đã đếm 31 người" in client.get(f"{_link(province)}/site").text
    noted = sites.get_of_event(event, own.public_id)
    assert (noted.counted_by, sites.sum_headcounts(event)) == ("Quảng Trị", (31, 1))
    time_machine.move_to("2027-11-20T16:00:00+07:00", tick=False)
    assert client.post(there, data={**typed, f"counted_{own.public_id}": "5"}).status_code == 422
    assert get(own.public_id).counted == 31


def test_c06_institution_and_desk_do_not_overwrite_each_others_headcount(
    event, province, own, now, client, time_machine
):
    time_machine.move_to("2027-10-27T16:00:00+07:00", tick=False)
    there, field = f"{_link(province)}/site/headcounts", f"counted_{own.public_id}"
    seen = field.replace("counted", "seen")
    noted = {own.public_id: NotedHeadcount(counted=40, seen=None)}
    headcounts.note_headcounts(actor=SYSTEM, event=event, noted=noted, now=now)
    late = client.post(there, data={field: "31", seen: ""})
    assert (late.status_code, ">40<" in late.text, ">31<" in late.text) == (409, True, True)
    assert get(own.public_id).counted == 40
    assert f'name="{seen}" type="hidden" value="40"' in late.text
    assert client.post(there, data={field: "31", seen: "40"}).status_code == 303
    assert get(own.public_id).counted == 31
