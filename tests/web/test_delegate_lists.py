"""The delegates of an event at the desk."""

import io
import re

import pytest
import sqlalchemy as sa
from python_calamine import CalamineWorkbook

from app import site
from app.db import db
from app.domain.events import ProtocolOrder
from app.domain.registrations import DelegateRole, SeatState
from app.models.audit import AuditEntry
from app.models.events import Side
from app.models.invitations import Invitation
from app.models.registrations import Delegate
from app.services.transaction import unit_of_work
from tests.registration_rows import (
    list_written_mails,
    register_one,
    session_ids,
    store_event,
    store_invitation,
)

LIST = "/organizer/events/ket-noi/delegates"


@pytest.fixture
def people(app, now) -> dict[str, str]:
    """Three delegations on two sides; their people by name."""
    with app.app_context():
        event = store_event(slug="ket-noi", seats=(1, None), protocol_order=ProtocolOrder.ALPHABETICAL)
        sides = [
            Side(event=event, code=code, names={"vi": name}, position=place)
            for place, (code, name) in enumerate([("VN", "Phía Việt Nam"), ("RU", "Phía Nga")], 1)
        ]
        with unit_of_work() as session:
            session.add_all(sides)
        sakha = store_invitation(event, name="Sakha", side=sides[1], country="RU")
        tri = store_invitation(event, name="Quảng Trị", side=sides[0])
        dong = store_invitation(event, name="Đồng Nai", side=sides[0])
        known = {"sessions": session_ids(event)}
        head = {"role": DelegateRole.HEAD_OF_DELEGATION}
        native = {"native_name": "Иванов Иван"}
        made = [
            register_one(sakha, now, "Ivanov Ivan", posts={"vi": "Bộ trưởng"}, **native, **known),
            register_one(tri, now, "Lê Thị Bình", phone="+84 905 123 456", **known),
            register_one(tri, now, "Nguyễn Triều Thương", email="t@x.vn", **head),
            register_one(dong, now, "=HYPERLINK(1)"),
        ]
        return {delegate.person.full_name: delegate.public_id for delegate in made}


def listed(text: str) -> list[str]:
    return re.findall(r'delegates/(\w{12})">', text)


def test_who_waits_for_one_session_alone_is_counted_as_waiting(organizer_client, people):
    page = organizer_client.get(LIST).text
    assert re.search(
        r'<span class="figure">1</span>\s*<a href="[^"]+/delegates/waiting">Danh sách chờ</a>', page
    )


def test_list_follows_the_protocol_order(organizer_client, people):
    order = ["=HYPERLINK(1)", "Nguyễn Triều Thương", "Lê Thị Bình", "Ivanov Ivan"]
    assert listed(organizer_client.get(LIST).text) == [people[name] for name in order]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=thuong+trieu", ["Nguyễn Triều Thương"]),
        ("q=quang+tri", ["Nguyễn Triều Thương", "Lê Thị Bình"]),
        ("q=иванов", ["Ivanov Ivan"]),
        ("role=head_of_delegation", ["Nguyễn Triều Thương"]),
        ("state=withdrawn", []),
        ("state=nonsense&q=ivanov", ["Ivanov Ivan"]),
    ],
)
def test_list_is_narrowed_by_folded_words_and_filters(organizer_client, people, query, found):
    assert listed(organizer_client.get(f"{LIST}?{query}").text) == [people[name] for name in found]


def test_list_is_narrowed_by_side_session_and_institution(app, organizer_client, people):
    page = organizer_client.get(LIST).text
    for name, value, count in (
        ("side", "Phía Nga", 1),
        ("session", "Kết nối vì phát triển", 2),
        ("institution", "Quảng Trị", 2),
    ):
        wish = re.search(rf'<option value="(\w+)">{value}</option>', page)[1]
        narrowed = organizer_client.get(f"{LIST}?{name}={wish}").text
        assert len(listed(narrowed)) == count
        assert "filter-pill" in narrowed


def test_c07_workbook_has_what_is_seen_in_protocol_order(organizer_client, people):
    answer = organizer_client.post(f"{LIST}.xlsx?q=a")
    assert 'filename="danh-sach-dai-bieu-toa-dam' in answer.headers["Content-Disposition"]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert rows[1][0].startswith("4 đại biểu / 4 delegates")
    assert rows[3][4].endswith(" / Full name")
    assert [(row[0], row[2], row[4]) for row in rows[4:]] == [
        (1, "Đồng Nai", "=HYPERLINK(1)"),
        (2, "Quảng Trị", "Nguyễn Triều Thương"),
        (3, "Quảng Trị", "Lê Thị Bình"),
        (4, "Sakha", "Ivanov Ivan"),
    ]
    last = rows[-1]
    assert (last[1], last[5], last[7]) == ("Phía Nga", "Иванов Иван", "Bộ trưởng")
    assert rows[6][12] == "+84 905 123 456"
    assert rows[6][9] == "Kết nối vì phát triển (Danh sách chờ); Hợp tác đầu tư và thương mại"


def test_c07_text_file_has_the_same_rows_and_no_formula(colleague_client, people):
    answer = colleague_client.post(f"{LIST}.csv?role=delegate")
    text = answer.data.decode("utf-8-sig")
    assert answer.mimetype == "text/csv"
    assert "'=HYPERLINK(1)" in text
    assert "Nguyễn Triều Thương" not in text
    assert text.strip().splitlines()[-1].startswith("3 đại biểu / 3 delegates")


def test_the_history_says_who_took_the_list_out_when_and_how_much_of_it(
    app, organizer_client, colleague_client, people
):
    page = colleague_client.get(f"{LIST}?role=delegate").text
    action = re.search(r'<form class="inline" method="post" action="([^"]+csv[^"]*)">', page)[1]
    colleague_client.post(action)
    with app.app_context():
        (entry,) = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.act == "event.export_delegates"))
        assert (entry.actor_name, entry.details) == ("Trần Văn Đọc", {"filters": {"role": "delegate"}})
    history = organizer_client.get("/organizer/events/ket-noi/history").text
    assert "Lưu danh sách đại biểu thành tệp: CSV, 3" in history
    assert organizer_client.get(f"{LIST}.csv").status_code == 405, "looking at an address takes nothing out"


def test_reader_sees_the_list_and_changes_nothing(colleague_client, people):
    page = colleague_client.get(LIST)
    assert (page.status_code, 'name="chosen"' in page.text) == (200, False)
    person = people["Lê Thị Bình"]
    assert "/d/" not in colleague_client.get(f"{LIST}/{person}").text
    for path in ("/new", "/order", f"/{person}/edit", f"/{person}/withdraw"):
        assert colleague_client.get(LIST + path).status_code == 403
    assert colleague_client.post(f"{LIST}/attendance", data={"chosen": person}).status_code == 403


def test_stranger_is_asked_to_sign_in(client, people):
    for path in (".xlsx", ".csv"):
        assert client.post(LIST + path).status_code == 302
    for path in ("", "/new", f"/{people['Lê Thị Bình']}"):
        assert client.get(LIST + path).status_code == 302


def test_a06_ticked_delegates_are_noted_as_attended(app, organizer_client, people):
    sent = {"chosen": [people["Lê Thị Bình"], people["Nguyễn Triều Thương"], "unknown"], "attended": "yes"}
    assert organizer_client.post(f"{LIST}/attendance", data=sent).status_code == 303
    page = organizer_client.get(f"{LIST}?q=thuong").text
    assert "Đã tham dự" in page
    with app.app_context():
        attended = sa.select(sa.func.count(Delegate.id)).where(Delegate.attended)
        assert db.session.scalar(attended) == 2


def test_organizer_registers_from_a_letter_after_choosing_the_institution(app, organizer_client, people):
    page = organizer_client.get(f"{LIST}/new").text
    address = re.search(r'href="([^"]+institution=\w+)">Đồng Nai<', page)[1]
    sent = {"full_name": "Trần Thị Cẩm", "role": "delegate", "language": "vi", "source": "letter"}
    answer = organizer_client.post(address, data={**sent, "precedence": "30", "email": "cam@x.vn"})
    assert answer.status_code == 303
    shown = organizer_client.get(answer.headers["Location"]).text
    with app.app_context():
        delegate = db.session.scalars(sa.select(Delegate).order_by(Delegate.id.desc())).first()
        assert (delegate.person.precedence, delegate.invitation.taken) == (30, 2)
        assert site.delegate_url(delegate) in shown
        assert list_written_mails()[-1] == ("registration", "cam@x.vn")
    assert organizer_client.post(address, data={**sent, "source": "link"}).status_code == 422


def test_organizer_changes_and_withdraws_with_a_source(app, organizer_client, people):
    address = f"{LIST}/{people['Nguyễn Triều Thương']}"
    form = organizer_client.get(f"{address}/edit").text
    revision = re.search(r'name="revision"[^>]*value="(\d+)"', form)[1]
    sent = {
        "full_name": "Nguyễn Triều Thương",
        "role": "delegate",
        "language": "vi",
        "source": "phone",
        "email": "t@x.vn",
        "revision": revision,
    }
    assert organizer_client.post(f"{address}/edit", data=sent).status_code == 303
    assert organizer_client.post(f"{address}/withdraw", data={}).status_code == 422
    assert organizer_client.post(f"{address}/withdraw", data={"source": "phone"}).status_code == 303
    with app.app_context():
        row = sa.select(Delegate).where(Delegate.public_id == people["Nguyễn Triều Thương"])
        delegate = db.session.scalars(row).one()
        assert (delegate.role, delegate.state) == (DelegateRole.DELEGATE, SeatState.WITHDRAWN)


def test_delegate_of_another_event_is_not_there(app, organizer_client, people, now):
    with app.app_context():
        foreign = register_one(store_invitation(store_event()), now).public_id
    for path in ("", "/edit", "/withdraw"):
        assert organizer_client.get(f"{LIST}/{foreign}{path}").status_code == 404


def test_place_by_hand_puts_a_delegation_first(app, organizer_client, people):
    page = organizer_client.get(f"{LIST}/order").text
    field = re.findall(r'name="(place-\w+)"', page)[-1]
    assert organizer_client.post(f"{LIST}/order", data={field: "1"}).status_code == 303
    assert listed(organizer_client.get(LIST).text)[0] == people["Ivanov Ivan"]
    assert organizer_client.post(f"{LIST}/order", data={field: "x"}).status_code == 422
    assert organizer_client.post(f"{LIST}/order", data={field: ""}).status_code == 303
    with app.app_context():
        assert set(db.session.scalars(sa.select(Invitation.protocol_position))) == {None}


def delegations(page):
    return re.findall(r'<tr id="(\w{12})"', page)


def test_a_delegation_moves_by_its_arrows_and_keeps_the_focus(app, organizer_client, people):
    before = delegations(organizer_client.get(f"{LIST}/order").text)
    answer = organizer_client.post(f"{LIST}/order", data={"move": f"{before[2]}:2"})
    assert answer.location == f"{LIST}/order?up={before[2]}"
    page = organizer_client.get(answer.location).text
    assert delegations(page) == [before[0], before[2], before[1]]
    assert re.search(r"<button[^>]*autofocus", page)[0].split('value="')[1].startswith(f"{before[2]}:1")
    answer = organizer_client.post(f"{LIST}/order", data={"move": f"{before[0]}:3"})
    assert "?down=" in answer.location
    assert delegations(organizer_client.get(f"{LIST}/order").text) == [before[2], before[1], before[0]]
    assert organizer_client.post(f"{LIST}/order/rule").status_code == 303
    assert delegations(organizer_client.get(f"{LIST}/order").text) == before


@pytest.mark.parametrize("move", ["", "x", "nobody", "a:b", "a:-1", "a:9999999999"])
def test_a_move_that_makes_no_sense_moves_nothing(organizer_client, people, move):
    before = delegations(organizer_client.get(f"{LIST}/order").text)
    assert organizer_client.post(f"{LIST}/order", data={"move": move}).status_code == 303
    assert delegations(organizer_client.get(f"{LIST}/order").text) == before


def test_a_move_of_a_stranger_is_not_found(organizer_client, people):
    assert organizer_client.post(f"{LIST}/order", data={"move": "stranger0000:1"}).status_code == 404


def test_the_public_page_follows_the_protocol_order(app, organizer_client, client, people):
    with app.app_context(), unit_of_work() as session:
        session.execute(sa.update(Invitation).values(state="accepted"))
    order = delegations(organizer_client.get(f"{LIST}/order").text)
    organizer_client.post(f"{LIST}/order", data={"move": f"{order[1]}:1"})
    names = re.findall(r"<li>([^<]*)</li>", client.get("/events/ket-noi").text)
    assert names.index("Quảng Trị") < names.index("Đồng Nai")


def test_empty_list_teaches_the_next_act(app, organizer_client):
    with app.app_context():
        store_event(slug="ket-noi")
    assert f"{LIST}/new" in organizer_client.get(LIST).text


@pytest.mark.databases("sqlite")
def test_list_takes_as_many_statements_for_three_delegates_as_for_one(app, organizer_client, now):
    counts = []
    with app.app_context():
        event = store_event(slug="ket-noi")
        engine = db.engine
    executed = []
    note = lambda _c, _cursor, statement, *_: executed.append(statement)  # noqa: E731  one line says it
    for names in (["An"], ["Bình", "Cường"]):
        with app.app_context():
            event = db.session.merge(event)
            for name in names:
                invitation = store_invitation(event, name=f"Tỉnh {name}")
                register_one(invitation, now, name, sessions=session_ids(event))
        executed.clear()
        sa.event.listen(engine, "before_cursor_execute", note)
        organizer_client.get(LIST)
        sa.event.remove(engine, "before_cursor_execute", note)
        counts.append(len(executed))
    assert counts[0] == counts[1]
