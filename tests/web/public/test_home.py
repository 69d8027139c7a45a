"""The first page: what lies ahead above what was, found by any form of its title, narrowed by filters."""

import re
from datetime import UTC, date, datetime, time

import pytest

from app.domain import clock
from app.domain.event_facts import OtherTitleFacts
from app.domain.event_times import Schedule
from app.domain.events import Mode
from app.services.events import lifecycle
from tests.roundtables import create, publish, store_directory

PAST = Schedule(day=date(2027, 8, 1), starts=time(9), ends=time(11), zone="Asia/Ho_Chi_Minh")
NEXT_YEAR = Schedule(day=date(2028, 3, 1), starts=time(9), ends=time(11), zone="Asia/Ho_Chi_Minh")


@pytest.fixture(autouse=True)
def still(context, now, monkeypatch):
    store_directory()
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def titles(client):
    """Return the titles of the events on a page, in their order."""

    def read(path="/", **request):
        answer = client.get(path, **request)
        assert answer.status_code == 200
        return re.findall(r'<h3><a href="/events/[^"]+">([^<]+)</a>', answer.get_data(as_text=True))

    return read


def test_an_empty_site_says_what_will_be_found_there(client):
    assert "Chưa có tọa đàm nào được công bố" in client.get("/").get_data(as_text=True)


def test_what_lies_ahead_stands_above_what_was(titles, client, organizer, now):
    slug = publish(organizer, now, titles={"vi": "Đã qua"})
    lifecycle.close(actor=organizer, slug=slug, now=now)
    publish(organizer, now, titles={"vi": "Sắp tới"})
    publish(organizer, now, titles={"vi": "Tháng Tám"}, schedule=PAST)
    archived = create(organizer, now, titles={"vi": "Năm 2021"}, is_archive=True, schedule=Schedule())
    lifecycle.publish(actor=organizer, slug=archived, now=now)
    create(organizer, now, titles={"vi": "Bản thảo"})
    assert set(titles()[:2]) == {"Đã qua", "Sắp tới"}
    assert titles()[2:] == ["Tháng Tám", "Năm 2021"]


def test_a03_either_form_of_the_title_finds_the_event(titles, organizer, now):
    other = OtherTitleFacts(language="vi", title="Xúc tiến hợp tác của các địa phương")
    publish(organizer, now, titles={"vi": "Thúc đẩy hợp tác"}, other_titles=(other,))
    publish(organizer, now, titles={"vi": "Việc khác"})
    assert titles("/?q=thuc+day") == ["Thúc đẩy hợp tác"]
    assert titles("/?q=XUC+TIEN+cua") == ["Thúc đẩy hợp tác"]


@pytest.mark.parametrize(
    ("name", "value", "other"),
    [
        ("kind", "roundtable", "forum"),
        ("mode", "hybrid", "online"),
        ("sector", "ENERGY", "FTA"),
        ("year", 2027, 2020),
    ],
)
def test_a07_a28_a_filter_narrows_and_can_be_taken_back(name, value, other, titles, client, organizer, now):
    """By kind, mode, field and year; each filter is a pill with its own way back."""
    publish(organizer, now, titles={"vi": "Gặp"}, mode=Mode.HYBRID, venues={"vi": "Huế"}, sectors=("ENERGY",))
    publish(organizer, now, titles={"vi": "Năm sau"}, schedule=NEXT_YEAR)
    assert titles(f"/?{name}={value}&q=gap") == ["Gặp"]
    assert titles(f"/?{name}={other}&q=gap") == []
    page = client.get(f"/?{name}={value}&q=gap").get_data(as_text=True)
    assert f'class="filter-pill" href="/?{name}={value}"' in page
    assert 'class="filter-pill" href="/?q=gap"' in page


def test_nothing_found_offers_the_way_back(client):
    page = client.get("/?q=khong+co").get_data(as_text=True)
    assert "Không tìm thấy" in page
    assert 'href="/"' in page


def test_a_long_list_is_paged(titles, client, organizer, now):
    for number in range(1, 23):
        publish(organizer, now, titles={"vi": f"Lần {number}"})
    assert len(titles("/?q=lan")) == 20
    assert len(titles("/?q=lan&page=2")) == 2
    assert 'href="/?q=lan&amp;page=2"' in client.get("/?q=lan").get_data(as_text=True)


def test_three_events_take_as_many_statements_as_one(client, organizer, now, statements):
    counts = []
    for number in (1, 2, 3):
        publish(organizer, now, titles={"vi": f"Lần {number}"})
        with statements() as seen:
            client.get("/")
        counts.append(len(seen))
    assert counts[0] == counts[2]


def test_dates_ahead_are_told_by_the_clock(titles, organizer, now, monkeypatch, client):
    publish(organizer, now, titles={"vi": "Sắp tới"})
    monkeypatch.setattr(clock, "now", lambda: datetime(2028, 1, 1, tzinfo=UTC))
    page = client.get("/").get_data(as_text=True)
    assert page.index('id="past"') < page.index("Sắp tới")


def test_the_first_page_names_itself_in_each_language(client):
    page = client.get("/").get_data(as_text=True)
    for code in ("vi", "en", "ru", "fr"):
        assert f'hreflang="{code}" href="http://localhost/?lang={code}"' in page
    assert '<meta property="og:title" content="Tọa đàm">' in page
