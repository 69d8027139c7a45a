"""Links of the add-to-calendar menu."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from app.domain.calendar_links import links_to_add, links_to_add_all, links_to_subscribe
from app.domain.calendars import CalendarEntry, CalendarFile

ENTRY = CalendarEntry(
    uid="1",
    sequence=0,
    stamp=datetime(2027, 9, 1, tzinfo=UTC),
    starts=datetime(2027, 10, 27, 7, tzinfo=UTC),
    ends=datetime(2027, 10, 27, 10, tzinfo=UTC),
    zone="Asia/Ho_Chi_Minh",
    summary="Tọa đàm & kết nối",
    location="Trực tuyến",
    url="https://toadam.example.vn/events/a?x=1",
)


def query(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_google_and_outlook_get_moment_zone_title_and_page():
    google, outlook, private, file = links_to_add(ENTRY, file_url="https://toadam.example.vn/events/a.ics")
    asked = query(google.url)
    assert asked["dates"] == "20271027T070000Z/20271027T100000Z"
    assert (asked["ctz"], asked["text"], asked["details"]) == (ENTRY.zone, ENTRY.summary, ENTRY.url)
    asked = query(outlook.url)
    assert (asked["startdt"], asked["enddt"]) == ("2027-10-27T07:00:00Z", "2027-10-27T10:00:00Z")
    assert urlsplit(outlook.url).netloc == "outlook.office.com"
    assert private.url == outlook.url.replace("outlook.office.com", "outlook.live.com")
    assert (asked["subject"], asked["allday"], asked["rru"]) == (ENTRY.summary, "false", "addevent")
    assert (file.target, file.url) == ("file", "https://toadam.example.vn/events/a.ics")


def test_day_without_an_hour_stays_one_in_the_links():
    whole = replace(ENTRY, starts=date(2027, 10, 27), ends=date(2027, 10, 28))
    google, outlook, *_ = links_to_add(whole, file_url="https://x.example/a.ics")
    assert query(google.url)["dates"] == "20271027/20271028"
    assert query(outlook.url)["startdt"] == "2027-10-27"
    assert query(outlook.url)["allday"] == "true"


def test_subscription_is_webcal_for_google_and_devices_and_https_to_copy():
    feed = "https://toadam.example.vn/feeds/abc.ics"
    links = {link.target: link.url for link in links_to_subscribe("Lịch của tôi", feed_url=feed)}
    assert links["device"] == "webcal://toadam.example.vn/feeds/abc.ics"
    assert links["address"] == feed
    assert query(links["google"])["cid"] == links["device"]
    assert query(links["outlook"]) == {"url": feed, "name": "Lịch của tôi"}
    assert links["outlook"].startswith("https://outlook.office.com/calendar/0/addfromweb/?")
    assert links["outlook_com"].startswith("https://outlook.live.com/calendar/0/addfromweb/?")
    assert "file" not in links


def test_subscription_offers_the_file_beside_it():
    links = links_to_subscribe("a", feed_url="https://x.example/f.ics", file_url="https://x.example/d.ics")
    assert [link.url for link in links if link.target == "file"] == ["https://x.example/d.ics"]


def test_one_link_spans_all_sessions_of_a_file():
    """Calendars on the web take one entry by link: from the first start to the last end, under one title."""
    later = replace(ENTRY, starts=ENTRY.ends, ends=ENTRY.ends + timedelta(hours=2))
    file = CalendarFile(title="Cả hai phiên", entries=(ENTRY, later), language="vi", changed=ENTRY.stamp)
    google, *_ = links_to_add_all(file, file_url="https://x.example/a.ics")
    assert query(google.url)["text"] == "Cả hai phiên"
    assert query(google.url)["dates"] == "20271027T070000Z/20271027T120000Z"
    alone = CalendarFile(title="Một phiên", entries=(ENTRY,), language="vi", changed=ENTRY.stamp)
    assert (
        links_to_add_all(alone, file_url="https://x.example/a.ics")[0].url
        == links_to_add(ENTRY, file_url="https://x.example/a.ics")[0].url
    )
