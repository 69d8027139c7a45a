"""Reports at the desk."""

import html
import re

import pytest
import sqlalchemy as sa

from app.db import db
from app.models.reports import NewsReport, Outcome, Statement
from tests.programme import make_directory, make_event

_BASE = "/organizer/events/toa-dam/reports"
_NEWS = {
    "headline": "Sở Ngoại vụ Quảng Trị tham gia Tọa đàm",
    "language": "vi",
    "publisher": "Quảng Trị [VN-25]",
    "section": "Tin tức sự kiện",
    "day": "2021-10-28",
    "clock": "20:24",
    "news_source": "HTQT",
    "author": "P.V",
    "photo_caption": "Thứ trưởng Tô Anh Dũng",
    "photo_credit": "Lâm Khánh/TTXVN",
}


@pytest.fixture(autouse=True)
def _event(context):
    make_directory()
    make_event()


def _text(client, path=_BASE):
    page = client.get(f"{path}?lang=vi")
    assert page.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def _key(kind):
    db.session.rollback()
    return db.session.scalars(sa.select(kind.public_id)).one()


def test_an_empty_page_teaches_the_next_act(organizer_client):
    assert "Thêm phát biểu đầu tiên" in _text(organizer_client)


def test_a01_a04_b01_b29_a_report_shows_everything_it_was_printed_with(organizer_client):
    assert organizer_client.post(f"{_BASE}/news/new", data=_NEWS).status_code == 303
    page = _text(organizer_client)
    assert "Quảng Trị · Tin tức sự kiện" in page
    assert "28/10/2021 20:24" in page
    assert "Thứ trưởng Tô Anh Dũng · Ảnh: Lâm Khánh/TTXVN" in page
    assert "Nguồn tin HTQT" in page
    assert "Tác giả P.V" in page
    url = f"{_BASE}/news/{_key(NewsReport)}"
    assert 'value="20:24"' in organizer_client.get(url).text
    organizer_client.post(url, data={**_NEWS, "headline": "Tin khác"})
    assert "Tin khác" in _text(organizer_client)
    organizer_client.post(f"{url}/remove")
    assert "Tin khác" not in _text(organizer_client)


def test_b22_a_statement_of_a_group_and_b27_an_outcome_are_shown(organizer_client):
    group = {"texts-vi": "EVFTA là đòn bẩy", "attribution-vi": "các diễn giả"}
    assert organizer_client.post(f"{_BASE}/statements/new", data=group).status_code == 303
    outcome = {"texts-vi": "các nhà đầu tư thêm vững tin"}
    assert organizer_client.post(f"{_BASE}/outcomes/new", data=outcome).status_code == 303
    page = _text(organizer_client)
    assert "“ EVFTA là đòn bẩy ”" in page or "“EVFTA là đòn bẩy”" in page
    assert "các diễn giả" in page
    assert "các nhà đầu tư thêm vững tin" in page
    for path, form in (
        (f"statements/{_key(Statement)}", group),
        (f"outcomes/{_key(Outcome)}", outcome),
    ):
        assert organizer_client.get(f"{_BASE}/{path}").status_code == 200
        changed = {**form, "texts-vi": "Sửa lại"}
        assert organizer_client.post(f"{_BASE}/{path}", data=changed).status_code == 303
        assert "Sửa lại" in _text(organizer_client)
        assert organizer_client.post(f"{_BASE}/{path}/move", data={"places": "1"}).status_code == 303
        assert organizer_client.post(f"{_BASE}/{path}/remove").status_code == 303
    assert "Thêm phát biểu đầu tiên" in _text(organizer_client)


def test_a_statement_of_nobody_is_refused_and_nothing_is_lost(organizer_client):
    page = organizer_client.post(f"{_BASE}/statements/new", data={"texts-vi": "EVFTA là đòn bẩy"})
    assert (page.status_code, 'id="person-error"' in page.text) == (422, True)
    assert "EVFTA là đòn bẩy" in page.text


def test_who_may_only_read_sees_reports_without_buttons(organizer_client, colleague_client):
    organizer_client.post(f"{_BASE}/news/new", data=_NEWS)
    assert "20:24" in _text(colleague_client)
    assert "news/new" not in colleague_client.get(_BASE).text
    assert colleague_client.get(f"{_BASE}/news/new").status_code == 403
