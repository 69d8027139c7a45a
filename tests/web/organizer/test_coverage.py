"""The board tab: counts that lead to institutions, the chase list, calls, reminders, the workbook; rights."""

import io
import re

import pytest
import sqlalchemy as sa
import time_machine
from python_calamine import CalamineWorkbook

from app.db import db
from app.domain.invitations import InvitationState
from app.domain.policy import SYSTEM
from app.models.audit import AuditEntry
from app.models.calls import Call
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.services.invitations import letters
from app.services.transaction import unit_of_work
from tests import guests

EVENT = f"/organizer/events/{guests.SLUG}"
BOARD = f"{EVENT}/board"


@pytest.fixture(autouse=True)
def before_the_deadline(now):
    """Requests happen at the moment of the tests."""
    with time_machine.travel(now):
        yield


@pytest.fixture
def invited(app, now) -> list[str]:
    """Five localities and two missions on sides; written to; the first locality has accepted."""
    with app.app_context():
        guests.event(sides=("B", "C"))
        ids = guests.invited([*guests.localities(5, phones=["0233 385 2525"]), *guests.missions(2)], now)
        letters.prepare(actor=SYSTEM, slug=guests.SLUG, now=now)
        letters.release(actor=SYSTEM, slug=guests.SLUG, expected=7, now=now)
        with unit_of_work() as session:
            first = sa.update(Invitation).where(Invitation.public_id == ids[0])
            session.execute(first.values(state=InvitationState.ACCEPTED))
        return ids


def shown(answer):
    page = re.sub(r"<(style|script)\b.*?</\1>", "", answer.get_data(as_text=True), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def lines(answer):
    table = re.search(r'<table id="lines".*?</table>', answer.get_data(as_text=True), re.DOTALL)
    return re.findall(r"guests/(\w{12})", table[0]) if table else []


def test_an_empty_board_teaches_whom_to_invite(app, organizer_client):
    with app.app_context():
        guests.event()
    assert f'href="{EVENT}/guests"' in organizer_client.get(BOARD).get_data(as_text=True)


def test_c02_the_board_counts_by_side_and_each_count_leads_to_its_institutions(organizer_client, invited):
    answer = organizer_client.get(BOARD)
    page = answer.get_data(as_text=True)
    assert "5 địa phương Việt Nam" in page
    assert "Nhắc 6 cơ quan chưa trả lời" in page
    assert lines(answer) == invited
    href = re.search(r'href="(\?[^"]*state=silent[^"]*)#list">4</a>', page)[1].replace("&amp;", "&")
    assert lines(organizer_client.get(BOARD + href)) == invited[1:5]


@pytest.mark.parametrize("part", ["side", "kind", "region"])
def test_the_board_counts_in_groups(organizer_client, invited, part):
    page = organizer_client.get(f"{BOARD}?by={part}").get_data(as_text=True)
    words = {"side": "Phía B", "kind": "Đại sứ quán", "region": "Trung du và miền núi phía Bắc"}[part]
    assert words in re.search(r'<table id="groups".*?</table>', page, re.DOTALL)[0]


def test_filters_are_pills_that_can_be_taken_away(organizer_client, invited):
    answer = organizer_client.get(f"{BOARD}?q=TINH+02&state=silent")
    assert lines(answer) == [invited[1]]
    pills = re.findall(r'class="filter-pill" href="([^"]*)"', answer.get_data(as_text=True))
    assert pills == ["?state=silent#list", "?q=TINH+02#list"]
    assert "Không có cơ quan nào phù hợp" in shown(organizer_client.get(f"{BOARD}?q=nobody"))


def test_the_picture_names_each_seat_and_has_tables_beside_it(organizer_client, invited):
    page = organizer_client.get(BOARD).get_data(as_text=True)
    ring = re.search(r'<figure class="ring">.*?</figure>', page, re.DOTALL)[0]
    assert ring.count('class="seat') - ring.count('class="shape') == 7
    assert "<title>Tỉnh 01: Nhận lời</title>" in ring
    assert "Phía B" in ring
    assert 'class="legend"' in ring


def test_the_localities_stand_on_tiles_with_a_list_beside_them(organizer_client, invited):
    page = organizer_client.get(BOARD).get_data(as_text=True)
    tiles = re.search(r'<figure class="tiles">.*?</figure>', page, re.DOTALL)[0]
    assert tiles.count("<rect") == 63 + 2  # Hoàng Sa and Trường Sa
    assert tiles.count('class="pill') == 5


def test_c02_the_chase_list_says_whom_to_call(organizer_client, invited):
    page = organizer_client.get(f"{BOARD}/chase").get_data(as_text=True)
    assert "6 cơ quan chưa trả lời" in page
    assert 'href="tel:02333852525"' in page
    assert invited[0] not in page


def test_a_call_is_recorded_and_stands_on_the_chase_list(app, organizer_client, invited):
    address = f"{EVENT}/guests/{invited[1]}/calls"
    assert 'value="2027-09-01"' in organizer_client.get(address).get_data(as_text=True)
    wrong = organizer_client.post(address, data={"means": "phone", "called_on": "2030-01-01", "note": "Hẹn"})
    assert wrong.status_code == 422
    assert "Hẹn" in wrong.get_data(as_text=True)
    done = {"means": "phone", "called_on": "2027-09-01", "spoken_with": "Bà Lan", "note": "Hẹn thứ Sáu"}
    for _ in range(2):
        assert organizer_client.post(address, data=done).status_code == 303
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(Call.id))) == 1
    page = shown(organizer_client.get(f"{BOARD}/chase"))
    assert "01/09/2027 · Điện thoại · Bà Lan Hẹn thứ Sáu" in page


def test_c02_the_silent_alone_are_reminded_by_one_button(app, organizer_client, invited):
    wrong = organizer_client.post(f"{BOARD}/remind", data={"expected": "63"})
    assert wrong.status_code == 422
    assert "nay là 6" in shown(wrong)
    answer = organizer_client.post(f"{BOARD}/remind", data={"expected": "6"})
    assert (answer.status_code, answer.location) == (303, f"{EVENT}/mail/drafts/reminder")
    page = shown(organizer_client.get(answer.location))
    assert "Gửi 6 thư" in page
    assert "Tỉnh 02 sẽ đọc như sau" in page or "Tỉnh 00 sẽ đọc như sau" in page
    assert "Ngôn ngữ: Tiếng Việt" in page
    assert organizer_client.post(answer.location, data={"expected": "6"}).status_code == 303
    with app.app_context():
        states = sa.select(OutboxMessage.state).filter_by(kind="reminder")
        assert list(db.session.scalars(states)) == ["queued"] * 6


def test_the_workbook_has_what_is_seen_and_the_history_remembers_it(app, colleague_client, invited):
    answer = colleague_client.post(f"{BOARD}.xlsx?state=silent&side=none")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert "0 cơ quan" in rows[1][0]
    answer = colleague_client.post(f"{BOARD}.xlsx?state=silent&q=tinh")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert [row[2] for row in rows[4:]] == ["Tỉnh 02", "Tỉnh 03", "Tỉnh 04", "Tỉnh 05"]
    assert rows[4][12] == "0233 385 2525"
    with app.app_context():
        acts = sa.select(AuditEntry.subject_name, AuditEntry.details).filter_by(act="event.export_coverage")
        assert len(db.session.execute(acts).all()) == 2


def test_readers_see_the_board_and_change_nothing(colleague_client, client, invited):
    page = colleague_client.get(BOARD).get_data(as_text=True)
    assert "/board/remind" not in page
    assert colleague_client.post(f"{BOARD}/remind", data={"expected": "6"}).status_code == 403
    assert colleague_client.get(f"{EVENT}/guests/{invited[1]}/calls").status_code == 403
    for path in ("", "/chase"):
        assert client.get(BOARD + path).status_code == 302
