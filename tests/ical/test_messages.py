"""C04: scheduling messages of every kind in vi, en and ru, byte for byte and as four readers have them.

`BANTRON_TEST_GOLDEN=1` writes the files anew: read the difference before it is committed.
"""

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import icalendar
import pytest
import vobject
from ical.calendar_stream import IcsCalendarStream

from app.domain.calendars import (
    Attendee,
    CalendarEntry,
    CalendarFile,
    Conference,
    EntryStatus,
    Method,
    Organizer,
    ParticipationRole,
    PartStat,
)
from app.ical.serialize import serialize
from tests.plugins import icaljs

GOLDEN = Path(__file__).parent / "golden"
STAMP = datetime(2027, 9, 1, 3, 4, 5, tzinfo=UTC)
TOKEN = "k7qmxp42hhab" + "abcdefghijklmnopqrstuvwxyz234567"

WORDS = {
    "vi": CalendarEntry(
        uid="0f3c5b7a9d1e2f4860718293a4b5c6d7",
        sequence=0,
        stamp=STAMP,
        starts=datetime(2027, 10, 27, 7, 0, tzinfo=UTC),
        ends=datetime(2027, 10, 27, 10, 0, tzinfo=UTC),
        zone="Asia/Ho_Chi_Minh",
        summary="Tọa đàm “Kết nối vì phát triển”",
        description="thứ Tư, 27/10/2027, 14:00–17:00 Hà Nội (GMT+7) · 10:00–13:00 Mátxcơva (GMT+3)\n\n"
        "Tham dự trực tuyến: https://zoom.example/j/1?pwd=a\n\n"
        "Chương trình:\n– 14:00 Phiên 1; khai mạc, phát biểu",
        location="Trực tuyến (Zoom)",
        url="https://toadam.example.vn/events/ket-noi",
        organizer=Organizer(name='Cục Ngoại vụ, "Bộ Ngoại giao"', address=f"rsvp+{TOKEN}@example.vn"),
        attendee=Attendee(name="Sở Ngoại vụ; Quảng Trị", address="songoaivu@quangtri.example.vn"),
        conference=Conference(url="https://zoom.example/j/1?pwd=a", label="Tham gia trực tuyến"),
        categories=("Tọa đàm",),
    )
}
WORDS["en"] = replace(
    WORDS["vi"],
    uid="1f3c5b7a9d1e2f4860718293a4b5c6d7",
    zone="Asia/Tokyo",
    summary="Session 2: Investment and trade – Roundtable",
    description="Wednesday, 27 October 2027, 14:00–17:00 Hanoi (GMT+7) · 16:00–19:00 Tokyo (GMT+9)",
    location="Online (Zoom)",
    organizer=Organizer(name="Department of Local Foreign Affairs", address=f"rsvp+{TOKEN}@example.vn"),
    attendee=Attendee(
        name="H.E. Vũ Hồng Nam",
        address="nam@example.jp",
        partstat=PartStat.ACCEPTED,
        role=ParticipationRole.OPTIONAL,
    ),
    categories=("Roundtable",),
)
WORDS["ru"] = replace(
    WORDS["vi"],
    uid="2f3c5b7a9d1e2f4860718293a4b5c6d7",
    starts=date(2027, 10, 27),
    ends=date(2027, 10, 28),
    zone="Europe/Moscow",
    summary="Круглый стол «Содействие сотрудничеству регионов»",
    description="среда, 27 октября 2027 г., вторая половина дня",
    location="Онлайн",
    organizer=Organizer(
        name="Управление внешних региональных связей МИД Вьетнама", address=f"rsvp+{TOKEN}@example.vn"
    ),
    attendee=Attendee(name="Григорьев Семён Вячеславович", address="grigoriev@example.ru"),
    conference=None,
    categories=("Круглый стол",),
)
WORDS["fr"] = replace(
    WORDS["vi"],
    uid="3f3c5b7a9d1e2f4860718293a4b5c6d7",
    zone="Europe/Paris",
    summary="Table ronde «\u00a0Œuvrer ensemble au développement des collectivités\u00a0»",
    description="mercredi 27 octobre 2027, 14:00–17:00 Hanoï (GMT+7) · 09:00–12:00 Paris (GMT+2)\n\n"
    "Se connecter en ligne\u00a0: https://zoom.example/j/1?pwd=a\n\n"
    "Programme\u00a0:\n– 14:00 Session 1; ouverture, allocutions",
    location="En ligne (Zoom)",
    organizer=Organizer(
        name="Département des affaires étrangères locales", address=f"rsvp+{TOKEN}@example.vn"
    ),
    attendee=Attendee(name="S.E. M. Hervé Lefèvre", address="herve.lefevre@example.fr"),
    conference=Conference(url="https://zoom.example/j/1?pwd=a", label="Se connecter en ligne"),
    categories=("Table ronde",),
)


def _of_kind(kind: str, language: str) -> CalendarFile:
    """Return a message of this kind; an update is a REQUEST under a higher SEQUENCE."""
    entry = WORDS[language]
    if kind == "update":
        entry = replace(entry, sequence=3, stamp=STAMP.replace(day=2))
    if kind == "cancel":
        entry = replace(entry, sequence=4, status=EntryStatus.CANCELLED, description="", conference=None)
    method = {"cancel": Method.CANCEL, "declinecounter": Method.DECLINECOUNTER}.get(kind, Method.REQUEST)
    return CalendarFile(
        title=entry.summary, entries=(entry,), language=language, changed=STAMP, method=method
    )


KINDS = ("request", "update", "cancel", "declinecounter")
CASES = [(kind, language) for kind in KINDS for language in WORDS]


@pytest.mark.parametrize(("kind", "language"), CASES)
def test_c04_message_is_the_golden_file(kind: str, language: str) -> None:
    path = GOLDEN / f"{kind}.{language}.ics"
    data = serialize(_of_kind(kind, language))
    if os.environ.get("BANTRON_TEST_GOLDEN") == "1":
        path.write_bytes(data)
    assert data == path.read_bytes()


@pytest.mark.parametrize(("kind", "language"), CASES)
def test_c04_three_readers_agree_on_who_what_and_when(kind: str, language: str) -> None:
    file = _of_kind(kind, language)
    data = serialize(file)
    (entry,) = file.entries
    guest = f"mailto:{entry.attendee.address}"
    calendar = icalendar.Calendar.from_ical(data)
    (one,) = calendar.walk("VEVENT")
    assert not one.errors
    assert (calendar["METHOD"], one["UID"], one["SEQUENCE"]) == (file.method, entry.uid, entry.sequence)
    assert (one.start, one.end) == (entry.starts, entry.ends)
    assert str(one["SUMMARY"]) == entry.summary
    assert str(one.get("DESCRIPTION", "")) == entry.description
    assert str(one["ATTENDEE"]) == guest
    assert one["ATTENDEE"].params["PARTSTAT"] == entry.attendee.partstat
    assert one["ATTENDEE"].params["RSVP"] == "TRUE"
    two = vobject.readOne(data.decode())
    assert two.method.value == file.method
    (event,) = two.vevent_list
    assert (event.uid.value, event.summary.value) == (entry.uid, entry.summary)
    assert (event.dtstart.value, event.dtend.value) == (entry.starts, entry.ends)
    assert [line.value for line in event.attendee_list] == [guest]
    assert event.organizer.value == f"mailto:{entry.organizer.address}"
    three = IcsCalendarStream.calendar_from_ics(data.decode())
    (item,) = three.events
    assert (item.uid, item.summary, item.sequence) == (entry.uid, entry.summary, entry.sequence)
    assert (item.dtstart, item.dtend) == (entry.starts, entry.ends)
    assert [str(person.uri) for person in item.attendees] == [guest]
    assert str(item.organizer.uri) == f"mailto:{entry.organizer.address}"


@pytest.mark.parametrize(("kind", "language"), CASES)
def test_c04_ical_js_agrees(icaljs_module: str, kind: str, language: str) -> None:
    file = _of_kind(kind, language)
    (entry,) = file.entries
    (read,) = icaljs.read(icaljs_module, serialize(file))
    assert read == {
        "method": file.method,
        "uid": entry.uid,
        "sequence": entry.sequence,
        "summary": entry.summary,
        "description": entry.description,
        "location": entry.location,
        "status": entry.status,
        "starts": _as_javascript(entry.starts),
        "ends": _as_javascript(entry.ends),
        "organizer": f"mailto:{entry.organizer.address}",
        "attendees": [f"mailto:{entry.attendee.address}"],
        "name": entry.attendee.name.replace(";", ","),
        "partstat": entry.attendee.partstat,
    }


@pytest.mark.parametrize(("kind", "language"), CASES)
def test_c04_a_message_carries_nothing_of_feeds_and_no_alarm(kind: str, language: str) -> None:
    data = serialize(_of_kind(kind, language))
    for absent in (b"X-WR-", b"REFRESH-INTERVAL", b"X-PUBLISHED-TTL", b"VALARM", b"\r\nNAME:", b"SOURCE"):
        assert absent not in data
    assert data.count(b"ATTENDEE") == 1
    lines = data.split(b"\r\n")
    assert lines.index(f"METHOD:{_of_kind(kind, language).method}".encode()) < lines.index(b"BEGIN:VEVENT")


def _as_javascript(at: datetime | date) -> str:
    if isinstance(at, datetime):
        return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return at.isoformat()
