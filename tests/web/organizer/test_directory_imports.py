"""Organisations from a table at the desk: every step without script, errors at the field, leaks to nobody."""

import io
from urllib.parse import urlsplit

import pytest

from app.domain import clock
from app.queries import directory
from app.services.directory import work
from tests.web.organizer.test_directory import browse, public_id, send

pytestmark = pytest.mark.usefixtures("real_directory")
__all__ = ["browse", "public_id"]
ROWS = (
    "Tên tổ chức\tĐiện thoại\tĐầu mối\tThư điện tử đầu mối\n"
    "Sở Ngoại vụ Bắc Ninh\t+84 222 1\tTrần Thị B\tb@example.vn\n"
    "Tỉnh Hà Tĩnh\t+84 239 1\t\t\n"
    "UBND TP Huế\t\t\t\n"
    "Tỉnh Không Có Ai\t\tNgười Lạ\t\n"
)


def path_of(answer):
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return urlsplit(answer.location).path.removeprefix("/organizer/directory")


@pytest.fixture
def preview(organizer_client):
    """Send the rows and take the columns as guessed; return the address of the preview."""
    columns = path_of(send(organizer_client, "/imports/new?lang=vi", pasted=ROWS))
    page = organizer_client.get(f"/organizer/directory{columns}").get_data(as_text=True)
    assert page.count(" selected>") >= 4
    fields = {
        "column_0": "name_vi",
        "column_1": "phones",
        "column_2": "contact_name",
        "column_3": "contact_email",
    }
    return path_of(send(organizer_client, columns, has_headings="y", **fields))


def test_a_pasted_table_is_read_shown_brought_in_and_taken_back(app, organizer_client, browse, preview):
    page = browse(preview)
    for words in ("Mới", "Sẽ thay đổi", "Cần sửa", "2 dòng không được nhập", "Nhập 2 dòng", "Thành phố Huế"):
        assert words in page, words
    assert path_of(send(organizer_client, preview, act="decide", row_4="VN34-46")) == preview
    assert "Nhập 3 dòng" in browse(preview)
    made = path_of(send(organizer_client, preview, act="confirm", row_4="new"))
    assert path_of(send(organizer_client, preview, act="confirm", row_4="new")) == made, "sent twice"
    for page in (preview, preview.replace("preview", "columns")):
        assert path_of(organizer_client.get(f"/organizer/directory{page}")) == made, "gone back"
    page = browse(made)
    assert "Sở Ngoại vụ Bắc Ninh" in page
    assert "UBND TP Huế" in page
    with app.app_context():
        assert directory.get_by_code("VN34-42").phones == ["+84 239 1"]
    assert path_of(send(organizer_client, made)) == made
    page = browse(made)
    assert "Lần nhập này đã được hoàn tác" in page
    with app.app_context():
        assert directory.get_by_code("VN34-42").phones == []
        assert directory.search("so ngoai vu bac ninh") == []
    assert send(organizer_client, made).status_code == 422


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04 not a workbook"])
def test_what_is_no_table_is_refused_at_the_field(organizer_client, content):
    data = {"file": (io.BytesIO(content), "danh-sach.xlsx")}
    answer = organizer_client.post(
        "/organizer/directory/imports/new", data=data, content_type="multipart/form-data"
    )
    assert answer.status_code == 422


def test_columns_without_a_name_are_refused_and_stay_as_chosen(organizer_client):
    columns = path_of(send(organizer_client, "/imports/new", pasted=ROWS))
    answer = send(organizer_client, columns, column_0="fax", has_headings="y")
    assert answer.status_code == 422
    assert '<option value="fax" selected>' in answer.get_data(as_text=True)


def test_markup_in_a_cell_stays_text(organizer_client, browse):
    columns = path_of(
        send(organizer_client, "/imports/new", pasted="Tên\tĐịa chỉ\n<script>alert(1)</script>\tx")
    )
    found = path_of(send(organizer_client, columns, column_0="name_vi", column_1="address", has_headings="y"))
    assert "<script>alert" not in browse(found)


def test_only_who_manages_the_directory_imports(colleague_client, client, preview, organizer_client):
    made = path_of(send(organizer_client, preview, act="confirm"))
    for path in ("/imports/new", preview.replace("preview", "columns"), preview, made):
        for method in (colleague_client.get, colleague_client.post):
            assert method(f"/organizer/directory{path}").status_code == 403
        assert "next=" in client.get(f"/organizer/directory{path}").location


def test_a_large_import_shows_that_the_worker_is_at_it_and_what_came_of_it(
    app, organizer_client, browse, preview, now, monkeypatch
):
    monkeypatch.setattr("app.services.directory.imports.AT_ONCE", 1)
    made = path_of(send(organizer_client, preview, act="confirm"))
    for acts in ("4 dòng đang được nhập", "2 tổ chức đang được trả lại"):
        answer = organizer_client.get(f"/organizer/directory{made}")
        assert (answer.status_code, answer.headers["Refresh"]) == (200, "5")
        assert acts in answer.text
        assert path_of(organizer_client.get(f"/organizer/directory{preview}")) == made, "gone back"
        with app.app_context():
            work.work_off(now=clock.now())
        answer = organizer_client.get(f"/organizer/directory{made}")
        assert (answer.status_code, "Refresh" in answer.headers) == (200, False)
        assert path_of(send(organizer_client, made)) == made if "nhập" in acts else True
    assert "Lần nhập này đã được hoàn tác" in answer.text
