"""Calendar files read back by three independent readers, byte for byte and by what they mean."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from app.domain.calendars import CalendarEntry, CalendarFile, Conference, EntryStatus, Feed, Organizer
from app.domain.text import clean_line, clean_paragraph
from app.ical.serialize import serialize

GOLDEN = Path(__file__).parent / "golden"
STAMP = datetime(2027, 9, 1, 3, 4, 5, tzinfo=UTC)
ZONES = ("Asia/Ho_Chi_Minh", "Europe/Moscow", "Asia/Yakutsk", "America/New_York", "Asia/Kolkata", "UTC")

FIRST = CalendarEntry(
    uid="0f3c5b7a9d1e2f4860718293a4b5c6d7",
    sequence=2,
    stamp=STAMP,
    created=datetime(2027, 8, 1, tzinfo=UTC),
    starts=datetime(2027, 10, 27, 7, 0, tzinfo=UTC),
    ends=datetime(2027, 10, 27, 8, 30, tzinfo=UTC),
    zone="Asia/Ho_Chi_Minh",
    summary="Phiên 1: “Kết nối vì phát triển”",
    description="Mục đích: kết nối địa phương; doanh nghiệp, hiệp hội.\n"
    "14:00–15:30 Hà Nội (GMT+7) · 10:00–11:30 Mátxcơva (GMT+3)",
    location="Trực tuyến (Zoom)",
    url="https://toadam.example.vn/events/ket-noi",
    organizer=Organizer(name='Cục Ngoại vụ "CNV"; Bộ Ngoại giao', address="toadam@example.vn"),
    conference=Conference(url="https://zoom.example/j/1?pwd=a", label="Tham gia trực tuyến"),
    categories=("Tọa đàm", "Hợp tác, địa phương"),
    alarm_minutes=30,
)
SECOND = replace(
    FIRST,
    uid="aa3c5b7a9d1e2f4860718293a4b5c6d7",
    starts=FIRST.ends,
    ends=FIRST.ends + timedelta(hours=1, minutes=30),
    summary="Phiên 2: “Hợp tác đầu tư và thương mại”",
    status=EntryStatus.CANCELLED,
    conference=None,
)
FILES = {
    "vi": CalendarFile(title="Tọa đàm", entries=(FIRST, SECOND), language="vi", changed=STAMP),
    "en": CalendarFile(
        title="Roundtables of Quảng Trị",
        entries=(
            replace(
                FIRST,
                summary="Session 1: Connecting for development",
                description="Purpose: to link localities, enterprises; associations.",
                location="Online (Zoom)",
                zone="America/New_York",
                organizer=None,
                categories=(),
                status=EntryStatus.TENTATIVE,
            ),
        ),
        language="en",
        changed=STAMP,
        feed=Feed(
            zone="Asia/Ho_Chi_Minh",
            source_url="https://toadam.example.vn/i/x.ics",
        ),
    ),
    "ru": CalendarFile(
        title="Круглый стол",
        entries=(
            replace(
                FIRST,
                starts=date(2021, 10, 27),
                ends=date(2021, 10, 28),
                summary="Содействие сотрудничеству регионов и предприятий Вьетнама и России",
                description="",
                location="Онлайн",
                zone="Europe/Moscow",
            ),
        ),
        language="ru",
        changed=STAMP,
    ),
    "fr": CalendarFile(
        title="Table ronde",
        entries=(
            replace(
                FIRST,
                summary="Session 1\u00a0: Mise en relation des collectivités et des entreprises",
                description="Objet\u00a0: œuvrer à la coopération; associations, entreprises.",
                location="En ligne (Zoom)",
                zone="Europe/Paris",
                categories=("Table ronde",),
            ),
        ),
        language="fr",
        changed=STAMP,
    ),
}


def read(data: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def names_of_lines(data: bytes) -> list[str]:
    unfolded = data.decode().replace("\r\n ", "").split("\r\n")
    return [line.partition(":")[0].partition(";")[0] for line in unfolded]


def download(*entries: CalendarEntry) -> bytes:
    return serialize(CalendarFile(title="", entries=entries, language="vi", changed=STAMP))


@pytest.mark.parametrize("language", FILES)
def test_file_is_the_golden_file(language):
    assert serialize(FILES[language]) == (GOLDEN / f"{language}.ics").read_bytes()


@pytest.mark.parametrize("language", FILES)
def test_three_readers_agree_on_text_and_hours(language):
    file = FILES[language]
    data = serialize(file)
    by_vobject = list(vobject.readOne(data.decode()).vevent_list)
    by_ical = IcsCalendarStream.calendar_from_ics(data.decode()).events
    for entry, one, two, three in zip(file.entries, read(data), by_vobject, by_ical, strict=True):
        assert (one.start, one.end) == (entry.starts, entry.ends)
        assert (two.dtstart.value, two.dtend.value) == (entry.starts, entry.ends)
        assert (three.dtstart, three.dtend) == (entry.starts, entry.ends)
        for summary in (str(one["SUMMARY"]), two.summary.value, three.summary):
            assert summary == entry.summary
        assert str(one.get("DESCRIPTION", "")) == (three.description or "") == entry.description
        assert not one.errors


def test_session_has_its_own_uid_sequence_and_status():
    first, second = read(serialize(FILES["vi"]))
    assert first["UID"] != second["UID"]
    assert (first["SEQUENCE"], first["STATUS"], second["STATUS"]) == (2, "CONFIRMED", "CANCELLED")
    assert (first["TRANSP"], second["TRANSP"]) == ("OPAQUE", "TRANSPARENT")


def test_download_has_no_method_no_guests_and_no_feed_lines():
    data = serialize(FILES["vi"])
    for absent in (b"METHOD", b"ATTENDEE", b"X-WR-", b"REFRESH-INTERVAL", b"X-PUBLISHED-TTL", b"COMMENT"):
        assert absent not in data


def test_feed_says_its_name_source_and_interval_and_has_no_alarm():
    data = serialize(FILES["en"])
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT4H\r\nX-PUBLISHED-TTL:PT4H\r\n" in data
    feed = icalendar.Calendar.from_ical(data)
    assert feed["NAME"] == feed["X-WR-CALNAME"] == "Roundtables of Quảng Trị"
    assert feed["SOURCE"] == "https://toadam.example.vn/i/x.ics"
    assert b"VALARM" not in data


def test_download_rings_unless_the_entry_is_cancelled():
    first, second = read(serialize(FILES["vi"]))
    assert [alarm.trigger for alarm in first.alarms.times] == [FIRST.starts - timedelta(minutes=30)]
    assert not second.subcomponents


def test_feed_without_entries_is_a_file_readers_accept():
    data = serialize(replace(FILES["en"], entries=()))
    assert icalendar.Calendar.from_ical(data).subcomponents
    assert vobject.readOne(data.decode()).vtimezone.tzid.value == "Asia/Ho_Chi_Minh"
    assert IcsCalendarStream.calendar_from_ics(data.decode()).events == []
    in_utc = serialize(replace(FILES["en"], entries=(), feed=replace(FILES["en"].feed, zone="UTC")))
    assert icalendar.Calendar.from_ical(in_utc).subcomponents


def test_conference_has_two_features_and_a_label():
    conference = read(serialize(FILES["vi"]))[0]["CONFERENCE"]
    assert conference == "https://zoom.example/j/1?pwd=a"
    assert conference.params["FEATURE"] == ["AUDIO", "VIDEO"]
    assert conference.params["LABEL"] == "Tham gia trực tuyến"


def test_organizer_name_has_nothing_that_readers_cut_or_show_raw():
    organizer = read(serialize(FILES["vi"]))[0]["ORGANIZER"]
    assert organizer.params["CN"] == "Cục Ngoại vụ “CNV”, Bộ Ngoại giao"
    assert organizer == "mailto:toadam@example.vn"


@pytest.mark.parametrize("zone", ZONES)
@settings(max_examples=25)
@given(hours=st.integers(0, 24 * 366))
def test_every_hour_of_a_year_is_read_back_in_every_zone(zone, hours):
    starts = datetime(2027, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    data = download(replace(FIRST, zone=zone, starts=starts, ends=starts + timedelta(hours=1)))
    assert (read(data)[0].start, read(data)[0].end) == (starts, starts + timedelta(hours=1))
    assert IcsCalendarStream.calendar_from_ics(data.decode()).events[0].dtstart == starts


def test_entry_across_midnight_ends_on_the_next_day():
    starts = datetime(2027, 10, 27, 15, 30, tzinfo=UTC)
    data = download(replace(FIRST, starts=starts, ends=starts + timedelta(hours=3), zone="Asia/Yakutsk"))
    assert b"DTSTART;TZID=Asia/Yakutsk:20271028T003000\r\nDTEND;TZID=Asia/Yakutsk:20271028T033000\r\n" in data


def test_second_of_two_equal_local_times_is_written_in_utc():
    starts = datetime(2027, 11, 7, 1, 30, fold=1, tzinfo=ZoneInfo("America/New_York"))
    assert b"DTSTART:20271107T063000Z" in download(
        replace(FIRST, starts=starts, ends=starts + timedelta(hours=2), zone="America/New_York")
    )


def test_a05_day_without_an_hour_takes_no_time_and_invents_none():
    data = serialize(FILES["ru"])
    assert b"DTSTART;VALUE=DATE:20211027\r\nDTEND;VALUE=DATE:20211028\r\n" in data
    assert b"TRANSP:TRANSPARENT" in data
    assert b"VTIMEZONE" not in data
    assert b"VALARM" not in data  # half an hour before a day is the night before


@given(
    summary=st.text(max_size=120).map(clean_line),
    description=st.text(max_size=400).map(clean_paragraph),
    categories=st.lists(st.text(min_size=1).map(clean_line).filter(bool), min_size=1, max_size=3),
)
def test_clean_text_comes_back_as_it_was(summary, description, categories):
    data = download(replace(FIRST, summary=summary, description=description, categories=tuple(categories)))
    event = IcsCalendarStream.calendar_from_ics(data.decode()).events[0]
    assert (event.summary, event.description or "") == (summary, description)
    assert read(data)[0]["CATEGORIES"].cats == categories  # ical cuts a category at its comma


@given(text=st.text(alphabet=st.characters(codec=None), max_size=400))
def test_any_text_gives_short_clean_lines_and_no_line_of_its_own(text):
    hostile = replace(
        FIRST,
        summary="x" + text,
        description="x" + text,
        location="x" + text,
        url="https://x.example/" + text,
        organizer=Organizer(name=text, address="a@x.example"),
        conference=Conference(url="https://x.example/" + text, label=text),
        categories=("x" + text,),
    )
    data = download(hostile)
    assert data == download(hostile)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert not any(c < 0x20 or c == 0x7F for c in data.replace(b"\r\n", b""))
    assert names_of_lines(data) == names_of_lines(download(FIRST))


def test_long_run_of_backslashes_is_folded_without_loss():
    text = "\\" * 500
    assert read(download(replace(FIRST, summary=text)))[0]["SUMMARY"] == text
