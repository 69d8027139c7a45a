"""Rows that need a word: each says what is wrong with it, and until all are settled nobody is registered."""

import io
import re
import unicodedata
import zipfile

import pytest
import sqlalchemy as sa

from app.db import db
from app.models.people import Person
from app.models.registrations import Delegate
from tests.office_files import formulas, in_windows_1258, workbook
from tests.registration_rows import store_event, store_invitation

_NFD = unicodedata.normalize("NFD", "Nguyễn Hoàng Ẩn")
HEADINGS = ["Địa phương", "Họ và tên", "E-mail", "Điện thoại", "Chức vụ"]
ROWS = {
    2: (["quang tri", _NFD, "", "+84 912 345 678", "Giám đốc"], "Mới"),
    3: (["Quảng Trị", "Nguyễn Hoàng Ẩn", "", "", ""], "đã có ở dòng 2"),
    4: (["Tỉnh Không Có Ai", "Lê Văn An", "an@x.vn", "", ""], "Không có cơ quan được mời nào tên"),
    5: (["Quảng Trị", "Trần Thị Bé", "be@x.vn", "0912", '=HYPERLINK("http://x.vn";"Bấm")'], "Mới"),
    6: (["Quảng Trị", "Phạm Văn Cường", "cuong@@x", "", ""], "địa chỉ"),
    7: (["Quảng Trị", "Đỗ Thị Dung", "dung@x.vn", "", ""], "Vượt"),
    8: (["Quảng Trị", "x" * 32_000, "", "", ""], "dài"),
    9: (["Quảng Trị", "", "ai@x.vn", "", ""], "nhập họ và tên đầy đủ"),
}


@pytest.fixture
def desk(app):
    """The imports of a roundtable to which one locality, with two places, is invited."""
    with app.app_context():
        event = store_event()
        store_invitation(event, quota=2)
        return f"/organizer/events/{event.slug}/imports"


def _send(client, desk, content, name="danh sach.xlsx"):
    """Send a file and take the columns as guessed; return the address of the draft."""
    head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    answer = client.post(
        f"{desk}/new",
        input_stream=io.BytesIO(head + content + b"\r\n--b--\r\n"),
        content_type="multipart/form-data; boundary=b",
    )
    assert answer.status_code == 303, answer.text
    address = answer.location.removesuffix("/columns")
    page = client.get(f"{address}/columns").text
    guessed = re.findall(r'<select id="\w+" name="(column_\d+)".*?value="(\w*)" selected', page, re.DOTALL)
    sessions = re.findall(r'checked[^>]+name="sessions"[^>]+value="(\w+)"', page)
    sent = {**dict(guessed), "has_headings": "y", "sessions": sessions}
    assert client.post(f"{address}/columns", data=sent).status_code == 303
    return address


def _people(app):
    with app.app_context():
        found = sa.select(Person).join(Delegate, Delegate.person_id == Person.id).order_by(Delegate.id)
        return [(one.full_name, one.email, one.phone, one.posts) for one in db.session.scalars(found)]


def _row(page, line):
    return re.search(rf'name="shown" value="{line}".*?</tr>', page, re.DOTALL)[0]


def test_each_row_has_its_state_and_nothing_is_half_imported(app, organizer_client, desk):
    content = workbook([HEADINGS, *(cells for cells, _ in ROWS.values())])
    address = _send(organizer_client, desk, content)
    page = organizer_client.get(f"{address}/preview").text
    said = {line: words in _row(page, line) for line, (_, words) in ROWS.items()}
    assert said == dict.fromkeys(ROWS, True)
    assert "x" * 300 not in page, "a page is not made of one cell"
    ticks = {"shown": list(ROWS), "chosen": list(ROWS)}
    refused = organizer_client.post(f"{address}/preview", data={**ticks, "act": "confirm"})
    assert (refused.status_code, _people(app)) == (422, [])
    organizer_client.post(f"{address}/preview", data={**ticks, "act": "leave_out"})
    good = {"shown": list(ROWS), "chosen": [2, 5], "act": "confirm"}
    first = organizer_client.post(f"{address}/preview", data=good)
    again = organizer_client.post(f"{address}/preview", data=good)
    assert (first.status_code, again.status_code) == (303, 303), "a double submit is harmless"
    assert first.location == again.location
    for page in ("columns", "preview", "rows/5"):
        assert organizer_client.get(f"{address}/{page}").location == first.location, "so is going back"
    assert _people(app) == [
        ("Nguyễn Hoàng Ẩn", None, "+84 912 345 678", {"vi": "Giám đốc"}),
        ("Trần Thị Bé", "be@x.vn", "0912", {"vi": '=HYPERLINK("http://x.vn";"Bấm")'}),
    ]
    saved = organizer_client.post(f"{desk.removesuffix('/imports')}/delegates.xlsx").data
    with zipfile.ZipFile(io.BytesIO(saved)) as book:
        sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/")]
    assert [b"<f>" in sheet for sheet in sheets] == [False] * len(sheets), "a formula leaves as text"


_LIST = "Địa phương;Họ và tên;E-mail\nQuảng Trị;Nguyễn Hoàng Ẩn;an@x.vn\n"


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize(
    "content",
    [
        _LIST.encode("utf-16"),
        _LIST.encode(),
        _LIST.replace(";", ",").encode("utf-8-sig"),
        in_windows_1258(_LIST),
        formulas(
            [
                [('="Địa phương"', "Địa phương"), ('="Họ và tên"', "Họ và tên"), ('="E-mail"', "E-mail")],
                [("=A1", "Quảng Trị"), ("=B1", "Nguyễn Hoàng Ẩn"), ("=C1", "an@x.vn")],
            ]
        ),
    ],
    ids=["UTF-16", "semicolons", "commas", "windows-1258", "formulas alone"],
)
def test_whatever_program_wrote_the_list_the_same_person_is_registered(app, organizer_client, desk, content):
    address = _send(organizer_client, desk, content)
    sent = {"shown": ["2"], "chosen": ["2"], "act": "confirm"}
    assert organizer_client.post(f"{address}/preview", data=sent).status_code == 303
    assert [person[:2] for person in _people(app)] == [("Nguyễn Hoàng Ẩn", "an@x.vn")]
