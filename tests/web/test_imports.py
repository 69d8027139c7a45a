"""A delegation at once in the pages: by the link and at the desk, also with hostile files."""

import io
import re

import pytest
import sqlalchemy as sa

from app import site
from app.db import db
from app.domain.imports import MAX_BYTES
from app.models.registrations import Delegate
from app.queries import imports
from tests.registration_rows import store_event, store_invitation

TABLE = "Họ và tên\tChức vụ\tE-mail\nLê Văn An\tGiám đốc\tan@x.vn\nTrần Bé\tTrưởng phòng\tsai\n"


@pytest.fixture
def link(app) -> str:
    """The imports of an invited institution with two places."""
    with app.app_context():
        invitation = store_invitation(store_event(), quota=2)
        return f"{site.invitation_url(invitation).removeprefix('http://localhost')}/imports"


def send(client, link, text=TABLE):
    """Send a pasted table and take the guessed columns; return the address of the draft."""
    answer = client.post(f"{link}/new", data={"pasted": text})
    assert answer.status_code == 303, answer.text
    address = answer.headers["Location"].removesuffix("/columns")
    columns = client.get(f"{address}/columns").text
    chosen = dict(
        re.findall(r'<select id="\w+" name="(column_\d+)".*?value="(\w*)" selected', columns, re.DOTALL)
    )
    sessions = re.findall(r'checked[^>]+name="sessions"[^>]+value="(\w+)"', columns)
    assert (
        client.post(
            f"{address}/columns", data={**chosen, "has_headings": "y", "sessions": sessions}
        ).status_code
        == 303
    )
    return address


def people(app):
    """Return the names of everybody registered."""
    with app.app_context():
        return [row.person.full_name for row in db.session.scalars(sa.select(Delegate).order_by(Delegate.id))]


def test_a_table_is_pasted_corrected_confirmed_and_undone(app, client, link):
    address = send(client, link)
    page = client.get(f"{address}/preview").text
    for words in ("Mới", "Cần sửa", "Lê Văn An", "Giám đốc", "sai"):
        assert words in page
    ticks = {"shown": ["2", "3"], "chosen": ["2", "3"], "tells": "1"}
    refused = client.post(f"{address}/preview", data={**ticks, "act": "confirm"})
    assert refused.status_code == 422
    assert "Số dòng còn phải sửa: 1." in refused.text
    wrong = client.post(f"{address}/rows/3", data={"full_name": "Trần Bé", "email": "vẫn sai"})
    assert (wrong.status_code, wrong.text.count('id="email-error"')) == (422, 1)
    right = {"full_name": "Trần Bé", "email": "be@x.vn", "post": "Trưởng phòng"}
    assert client.post(f"{address}/rows/3", data=right).status_code == 303
    assert people(app) == []
    done = client.post(f"{address}/preview", data={**ticks, "act": "confirm"})
    assert done.status_code == 303
    assert people(app) == ["Lê Văn An", "Trần Bé"]
    result = client.get(done.headers["Location"]).text
    assert "Hoàn tác" in result
    assert client.post(done.headers["Location"]).status_code == 303
    assert "Đã hoàn tác" in client.get(done.headers["Location"]).text
    assert client.post(done.headers["Location"]).status_code == 422


def test_all_rows_to_be_corrected_can_be_left_out_at_once(app, client, link):
    address = send(client, link)
    ticks = {"shown": ["2", "3"], "chosen": ["2", "3"]}
    assert client.post(f"{address}/preview", data={**ticks, "act": "leave_out"}).status_code == 303
    page = client.get(f"{address}/preview").text
    assert "Bỏ qua" in page
    assert len(re.findall(r'name="chosen"[^>]+checked', page)) == 1
    one = {"shown": ["2", "3"], "chosen": ["2"], "act": "confirm"}
    assert client.post(f"{address}/preview", data=one).status_code == 303
    assert people(app) == ["Lê Văn An"]


def test_columns_must_name_somebody(app, client, link):
    address = client.post(f"{link}/new", data={"pasted": "1\t2\n3\t4\n"}).headers["Location"]
    answer = client.post(address, data={"column_0": "", "column_1": "email"})
    assert answer.status_code == 422
    assert "cột nào là “Họ và tên”" in answer.text


def test_a_file_is_read_and_an_empty_form_says_what_to_do(app, client, link):
    assert "Vui lòng dán các dòng" in client.post(f"{link}/new", data={}).text
    file = (io.BytesIO("Họ tên;E-mail\nLê An;an@x.vn\n".encode("utf-16")), "danh sach.csv")
    answer = client.post(f"{link}/new", data={"file": file}, content_type="multipart/form-data")
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), 422, "định dạng cũ"),
        (b"%PDF-1.7", 422, "không phải là bảng"),
        (b"x" * (MAX_BYTES + 1), 422, "Tệp quá lớn"),
        (b"x" * 50_000_000, 413, "vượt quá mức cho phép"),
    ],
)
def test_a_hostile_file_gets_one_sentence_at_its_field(app, client, link, content, status, words):
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="x.xlsx"\r\n\r\n'
    body = io.BytesIO(head + content + b"\r\n--b--\r\n")
    answer = client.post(
        f"{link}/new",
        input_stream=body,
        content_type="multipart/form-data; boundary=b",
        content_length=len(body.getvalue()),
    )
    assert answer.status_code == status
    assert words in answer.text
    if status == 422:
        assert answer.text.count('id="file-error"') == 1


def test_other_pages_keep_their_smaller_limit(app, client, link):
    page = link.removesuffix("/imports") + "/delegates/new"
    assert client.post(page, data={"full_name": "x" * 3_000_000}).status_code == 413


def test_another_institution_finds_neither_draft_nor_import(app, client, link):
    address = send(client, link)
    with app.app_context():
        other = site.invitation_url(store_invitation(store_event(), name="Huế"))
    draft = address.rsplit("/", 1)[1]
    for page in (f"{draft}/columns", f"{draft}/preview", f"{draft}/rows/2", draft):
        foreign = f"{other.removeprefix('http://localhost')}/imports/{page}"
        assert client.get(foreign).status_code == client.post(foreign).status_code == 404
    assert client.get(f"{address}/rows/99").status_code == 404


def test_no_person_is_in_a_cookie(client, link):
    send(client, link)
    with client.session_transaction() as session:
        assert set(session) <= {"csrf_token", "_fresh", "_permanent", "language"}


def test_the_desk_imports_for_several_institutions_and_readers_do_not(
    app, organizer_client, colleague_client
):
    with app.app_context():
        event = store_event()
        for name in ("Quảng Trị", "Huế"):
            store_invitation(event, name=name)
        slug = event.slug
    base = f"/organizer/events/{slug}/imports"
    assert colleague_client.get(f"{base}/new").status_code == 403
    assert f"{base}/new" in organizer_client.get(f"/organizer/events/{slug}/delegates").text
    text = "Địa phương\tHọ tên\nquang tri\tLê An\nHuế\tTrần Bé\n"
    address = send(organizer_client, base, text)
    assert "Quảng Trị" in organizer_client.get(f"{address}/preview").text
    sent = {"shown": ["2", "3"], "chosen": ["2", "3"], "act": "confirm"}
    done = organizer_client.post(f"{address}/preview", data=sent)
    assert people(app) == ["Lê An", "Trần Bé"]
    assert organizer_client.get(done.headers["Location"]).status_code == 200


@pytest.mark.databases("sqlite")
def test_statements_of_a_preview_do_not_grow_with_the_rows(app, client, link, statements):
    counted = []
    for n in (1, 30):
        text = "Họ và tên\n" + "".join(f"Người {letter:03}\n" for letter in range(n)).replace("0", "o")
        address = send(client, link, text)
        with statements() as executed:
            assert client.get(f"{address}/preview").status_code == 200
        counted.append(len(executed))
    assert counted[0] == counted[1]
    assert imports.DRAFT_LIVES.days == 1
