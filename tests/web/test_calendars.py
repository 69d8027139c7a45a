"""Calendar files over HTTP."""

import gzip

import icalendar
import pytest

from app import site
from app.domain.invitations import InvitationState
from tests.calendar_rows import JOIN, change, store

NOT_FOUND = "Không tìm thấy nội dung này, hoặc nội dung không mở cho Quý vị."
TYPE = "text/calendar; charset=utf-8"


@pytest.fixture
def links(app) -> dict[str, str]:
    """Addresses of every calendar file of a stored roundtable whose institution has accepted."""
    with app.app_context():
        rows = store()
        change(rows.invitation, state=InvitationState.ACCEPTED)
        return {
            "event": site.event_file_url("ket-noi"),
            "session": site.session_file_url("ket-noi", 2),
            "institution": site.invitation_feed_url(rows.invitation),
            "delegate": site.delegate_file_url(rows.delegate),
            "feed": site.delegate_feed_url(rows.delegate),
        }


def summaries(data: bytes) -> list[str]:
    return [str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(data).walk("VEVENT")]


def test_every_file_is_a_calendar_without_cookies(client, links):
    for name, link in links.items():
        answer = client.get(link)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, TYPE), name
        assert "Set-Cookie" not in answer.headers
        assert summaries(answer.data)


def test_downloads_are_saved_and_feeds_are_not(client, links):
    saved = {name for name, link in links.items() if "Content-Disposition" in client.get(link).headers}
    assert saved == {"event", "session", "delegate"}
    assert client.get(links["event"]).headers["Content-Disposition"] == (
        'attachment; filename="toa-dam-viet-nga.ics"; '
        "filename*=UTF-8''T%E1%BB%8Da%20%C4%91%C3%A0m%20Vi%E1%BB%87t%20%E2%80%93%20Nga.ics"
    )


def test_public_files_may_be_cached_by_everybody_and_private_ones_not(client, links):
    for name, link in links.items():
        headers = client.get(link).headers
        public = name in {"event", "session"}
        assert headers["Cache-Control"] == ("public, max-age=900" if public else "private, max-age=900")
        assert headers.get("X-Robots-Tag") == (None if public else "noindex")


def test_link_to_join_is_in_private_files_only(client, links):
    shown = {name for name, link in links.items() if JOIN.encode() in unfolded(client.get(link).data)}
    assert shown == {"institution", "delegate", "feed"}


def unfolded(data: bytes) -> bytes:
    return data.replace(b"\r\n ", b"")


def test_unchanged_file_is_not_sent_again(client, links):
    for link in links.values():
        first = client.get(link)
        by_tag = client.get(link, headers={"If-None-Match": first.headers["ETag"]})
        by_date = client.get(link, headers={"If-Modified-Since": first.headers["Last-Modified"]})
        assert (by_tag.status_code, by_tag.data, by_date.status_code) == (304, b"", 304)
        assert client.get(link, headers={"If-None-Match": '"other"'}).status_code == 200


def test_head_says_the_same_without_a_body(client, links):
    for link in links.values():
        head, get = client.head(link), client.get(link)
        assert (head.status_code, head.data) == (200, b"")
        assert head.headers["ETag"] == get.headers["ETag"]
        assert head.headers["Content-Length"] == str(len(get.data))


def test_zipped_file_is_the_same_file_and_both_are_told_apart(client, links):
    plain = client.get(links["event"])
    zipped = client.get(links["event"], headers={"Accept-Encoding": "gzip"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data
    assert "Accept-Encoding" in zipped.vary
    assert "Accept-Encoding" in plain.vary
    assert "Content-Encoding" not in plain.headers


def test_token_links_speak_the_language_of_the_person_whatever_the_browser_says(client, links):
    client.set_cookie("lang", "en")
    for name in ("institution", "feed", "delegate"):
        answer = client.get(links[name], headers={"Accept-Language": "en"})
        assert summaries(answer.data)[-1].endswith("Круглый стол")
        assert not {"Cookie", "Accept-Language"} & set(answer.vary)
    assert summaries(client.get(links["feed"] + "?lang=vi").data) == [
        "Hợp tác đầu tư và thương mại – Tọa đàm Việt – Nga"
    ]


def test_public_files_speak_the_language_of_the_browser_and_no_cookie(client, links):
    client.set_cookie("lang", "en")
    link = links["session"]
    assert summaries(client.get(link).data)[0].endswith("Tọa đàm Việt – Nga")
    russian = client.get(link, headers={"Accept-Language": "ru-RU,ru;q=0.9,en;q=0.5"})
    assert summaries(russian.data) == ["Сессия 2 – Круглый стол"]
    assert "Accept-Language" in russian.vary
    assert summaries(client.get(f"{link}?lang=en").data)[0].endswith("Viet Nam – Russia roundtable")


def test_wrong_link_is_a_plain_404_and_no_redirect(client, links):
    wrong = [
        links["feed"].replace("/feeds/", "/d/"),
        links["delegate"].replace("/d/", "/feeds/"),
        links["delegate"].replace("/d/", "/i/"),
        links["institution"][:-5] + ("a.ics" if links["institution"][-5] != "a" else "b.ics"),
        "/feeds/short.ics",
        "/events/unknown.ics",
        "/events/ket-noi/sessions/9.ics",
    ]
    for link in wrong:
        answer = client.get(link)
        assert (answer.status_code, answer.mimetype) == (404, "text/plain"), link
        assert answer.text.strip() in {"Đường dẫn này không đúng hoặc đã hết hiệu lực.", NOT_FOUND}


def test_feed_link_revoked_by_its_generation_is_gone(client, app):
    with app.app_context():
        rows = store()
        old = site.delegate_feed_url(rows.delegate)
        assert client.get(old).status_code == 200
        change(rows.delegate, feed_generation=2)
        fresh = site.delegate_feed_url(rows.delegate)
    assert client.get(old).status_code == 404
    assert client.get(fresh).status_code == 200
