"""Connection sites at the desk: the tree, forms, tests of the line, headcounts, the workbook."""

import io
from datetime import timedelta

import pytest
import sqlalchemy as sa
from python_calamine import CalamineWorkbook

from app.db import db
from app.domain.policy import SYSTEM
from app.domain.sites import Endpoint, SiteKind
from app.models.audit import AuditEntry
from tests.registration_rows import register_one, store_event
from tests.site_rows import BAD, FIRST, GOOD, accept, add, book, get, get_bridge, note_test, open_bridge

pytestmark = pytest.mark.usefixtures("context")
HERE = "/organizer/events/ket-noi/sites"


@pytest.fixture
def event(context):
    return store_event(slug="ket-noi")


@pytest.fixture
def province(event):
    return accept(event, name="Quảng Trị")


@pytest.fixture
def own(event, province, now):
    return add(
        event,
        "",
        now,
        institution=province.public_id,
        endpoint=Endpoint(join_url="https://vc.example/qt", passcode="bimat"),
        facts={"planned": 40, "technician_phone": "+84 90 000 0001"},
    )


def _facts(**more):
    return {
        "kind": "subordinate",
        "stage": "planned",
        "names-vi": "",
        "timezone": "",
        "revision": "0",
        **more,
    }


def test_an_event_without_sites_says_what_they_are_for(event, province, organizer_client):
    page = organizer_client.get(HERE).text
    assert "Thêm điểm cầu đầu tiên" in page
    assert "Thêm điểm cầu cho 1 cơ quan đã nhận lời" in page
    organizer_client.post(f"{HERE}/accepted")
    assert "Quảng Trị" in organizer_client.get(HERE).text


def test_c06_the_tree_shows_what_the_sites_come_to(event, own, now, organizer_client):
    add(event, "Huyện Hải Lăng", now, parent=own.public_id, facts={"planned": 12})
    note_test(get(own.public_id), GOOD, now)
    answer = organizer_client.get(f"{HERE}/headcounts")
    names = [f"counted_{site}" for site in _sites(answer.text)]
    seen = {name.replace("counted", "seen"): "" for name in names}
    organizer_client.post(f"{HERE}/headcounts", data={**seen, names[0]: "35", names[1]: "9"})
    page = organizer_client.get(HERE).text
    assert [part in page for part in (">44</span>", ">52</span>", ">1/2</span>", "riêng: 35")] == [True] * 4


def test_c06_a_headcount_that_is_none_is_refused_at_its_field(own, organizer_client):
    name = f"counted_{own.public_id}"
    answer = organizer_client.post(f"{HERE}/headcounts", data={name: "rất đông", f"seen_{own.public_id}": ""})
    assert answer.status_code == 422
    assert f'id="{name}-error"' in answer.text


def test_a_site_is_entered_and_changed(event, province, now, organizer_client):
    answer = organizer_client.post(
        f"{HERE}/new",
        data=_facts(**{"names-vi": "Bộ Ngoại giao", "kind": "main", "join_url": "https://vc.example/hn"}),
    )
    assert answer.status_code == 303
    page = organizer_client.get(answer.location).text
    assert "https://vc.example/hn" in page
    known = get(answer.location.rsplit("/", 1)[1])
    changed = _facts(**{"names-vi": "Hội trường", "revision": str(known.revision)})
    assert organizer_client.post(f"{answer.location}/edit", data=changed).status_code == 303
    late = organizer_client.post(f"{answer.location}/edit", data=changed)
    assert (late.status_code, "Người khác" in late.text) == (409, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"join_url": "javascript:alert(1)"},
        {"timezone": "Asia/Hanoi"},
        {"planned": "-1"},
        {"institution": "unknown"},
        {"names-vi": ""},
    ],
)
def test_what_cannot_be_is_refused_and_kept_in_the_form(event, organizer_client, wrong):
    typed = _facts(**{"names-vi": "Hội trường", "contact_name": "Lê Thị Hoa", **wrong})
    answer = organizer_client.post(f"{HERE}/new", data=typed)
    assert answer.status_code == 422
    assert "Lê Thị Hoa" in answer.text


def test_c05_the_desk_opens_a_bridge_books_and_records(event, own, now, organizer_client):
    typed = {"name": "Cầu chính", "day": "2027-10-26", "starts": "09:00", "ends": "10:00", "minutes": "10"}
    assert organizer_client.post(f"{HERE}/bridges/new", data=typed).status_code == 303
    twice = organizer_client.post(f"{HERE}/bridges/new", data=typed)
    assert (twice.status_code, 'id="name-error"' in twice.text) == (422, True)
    site = f"{HERE}/{own.public_id}"
    slots = _slots(organizer_client.get(f"{site}/test").text)
    assert organizer_client.post(f"{site}/test", data={"slot": slots[0]}).status_code == 303
    assert "09:00–09:10 Hà Nội (GMT+7)" in organizer_client.get(site).text
    file = organizer_client.get(f"{site}/test.ics")
    assert (file.status_code, file.text.count("BEGIN:VALARM")) == (200, 1)
    result = {"sound": "good", "picture": "good", "line": "failed", "latency_ms": "640"}
    result["revision"] = str(get(own.public_id).revision)
    assert organizer_client.post(f"{site}/result", data=result).status_code == 303
    assert "kiểm tra không đạt" in organizer_client.get(HERE).text
    assert organizer_client.post(f"{site}/result", data=result).status_code == 409


def test_at_a_site_of_the_desk_people_are_told_apart_by_their_institutions(
    event, province, own, now, organizer_client
):
    register_one(province, now, "Lê Văn An")
    main = add(event, "Trụ sở Bộ", now)
    assert "Lê Văn An · Quảng Trị" in organizer_client.get(f"{HERE}/{main.public_id}/people").text
    assert "Lê Văn An · Đại biểu" in organizer_client.get(f"{HERE}/{own.public_id}/people").text


def test_c05_a_bridge_with_bookings_keeps_its_hours(event, own, now, organizer_client):
    bridge = open_bridge(event, now)
    book(own, bridge, FIRST + timedelta(minutes=30), now)
    there = f"{HERE}/bridges/{bridge}"
    typed = {"name": "Cầu chính", "day": "2027-10-26", "starts": "10:00", "ends": "12:00", "minutes": "10"}
    typed["revision"] = str(get_bridge(bridge).revision)
    assert organizer_client.post(there, data=typed).status_code == 422
    assert organizer_client.post(there, data={**typed, "starts": "09:00", "ends": "13:00"}).status_code == 303
    assert "Không thể xóa" in organizer_client.get(f"{there}/remove").text
    assert organizer_client.post(f"{there}/remove").status_code == 422
    organizer_client.post(f"{HERE}/{own.public_id}/test/give-back")
    assert organizer_client.post(f"{there}/remove").status_code == 303


def test_c05_a_slot_taken_meanwhile_is_refused_at_the_field(event, own, now, organizer_client):
    bridge = open_bridge(event, now)
    site = f"{HERE}/{own.public_id}"
    slots = _slots(organizer_client.get(f"{site}/test").text)
    book(add(event, "Nam Ninh", now), bridge, FIRST, now, SYSTEM)
    answer = organizer_client.post(f"{site}/test", data={"slot": slots[0]})
    assert (answer.status_code, 'id="slot-error"' in answer.text) == (422, True)
    assert organizer_client.post(f"{site}/test", data={"slot": "no slot"}).status_code == 422
    assert organizer_client.post(f"{site}/test", data={"slot": ""}).status_code == 422


def test_removing_a_site_says_what_follows(event, province, own, now, organizer_client):
    site = f"{HERE}/{own.public_id}"
    delegate = register_one(province, now)
    organizer_client.post(
        f"{site}/people", data={"people": [delegate.public_id], "seated": delegate.public_id}
    )
    add(event, "Huyện", now, parent=own.public_id)
    book(get(own.public_id), open_bridge(event, now), FIRST, now)
    page = organizer_client.get(f"{site}/remove").text
    for sentence in ("1 người sẽ dự", "1 điểm cầu trực thuộc", "Lượt kiểm tra đã đặt"):
        assert sentence in page
    assert organizer_client.post(f"{site}/remove").status_code == 303
    assert organizer_client.get(site).status_code == 404


def test_c10_readers_see_the_sites_without_their_links_and_change_nothing(event, own, now, colleague_client):
    site = f"{HERE}/{own.public_id}"
    page = colleague_client.get(site).text
    assert ("vc.example" in page, "bimat" in page) == (False, False)
    assert colleague_client.get(HERE).status_code == 200
    assert colleague_client.get(f"{site}/test.ics").status_code == 403
    for address in (
        "/new",
        "/headcounts",
        "/bridges/new",
        f"/{own.public_id}/edit",
        f"/{own.public_id}/test",
    ):
        assert colleague_client.get(HERE + address).status_code == 403


def test_the_workbook_is_a_tree_without_ways_to_join(event, own, now, colleague_client):
    add(event, "Huyện Hải Lăng", now, parent=own.public_id, facts={"planned": 12})
    add(event, "Bộ Ngoại giao", now, kind=SiteKind.MAIN)
    note_test(get(own.public_id), BAD, now)
    data = colleague_client.post(f"{HERE}/list.xlsx").data
    cells = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[4:]
    assert [row[1] for row in cells] == ["Quảng Trị", " · Huyện Hải Lăng", "Bộ Ngoại giao"]
    assert [(row[15], row[16]) for row in cells] == [(40, 52), (12, 12), ("", 0)]
    assert not any("vc.example" in str(cell) or "bimat" in str(cell) for row in cells for cell in row)


def test_who_took_the_list_with_its_telephones_out_stands_in_the_history(event, own, colleague_client):
    colleague_client.post(f"{HERE}/list.xlsx")
    db.session.rollback()
    entry = db.session.scalars(sa.select(AuditEntry).filter_by(act="event.export_sites")).one()
    assert (entry.subject_id, entry.subject_name) == (event.public_id, "XLSX, 1")


def test_a_site_of_another_event_is_not_found(event, now, organizer_client):
    other = add(store_event(slug="khac"), "Hội trường", now)
    for page in ("", "/edit", "/people", "/test", "/result", "/remove", "/test.ics"):
        assert organizer_client.get(f"{HERE}/{other.public_id}{page}").status_code == 404


def _sites(page):
    return [part.split('"')[0] for part in page.split('name="counted_')[1:]]


def _slots(page):
    return [part.split('"')[0] for part in page.split('<option value="')[1:] if part[0] != '"']
