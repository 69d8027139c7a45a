"""What stands in the calendar files of the public, of an institution and of a delegate."""

from datetime import UTC, date, datetime

import pytest

from app.domain.calendars import EntryStatus
from app.domain.errors import InvalidInput, NotFound
from app.domain.events import EventStatus
from app.domain.invitations import InvitationState
from app.domain.programme import SessionStatus
from app.domain.registrations import SeatState
from app.queries import calendars
from tests.calendar_rows import JOIN, change, store

pytestmark = pytest.mark.usefixtures("context")


def test_b13_each_session_is_an_entry_with_its_own_uid():
    rows = store()
    file = calendars.get_event_file("ket-noi", language="vi")
    assert [entry.uid for entry in file.entries] == [session.calendar_uid for session in rows.sessions]
    assert [entry.summary for entry in file.entries] == [
        "Kết nối vì phát triển – Tọa đàm Việt – Nga",
        "Hợp tác đầu tư và thương mại – Tọa đàm Việt – Nga",
    ]
    first, second = file.entries
    assert first.ends == second.starts == datetime(2027, 10, 27, 8, 30, tzinfo=UTC)
    assert second.ends == datetime(2027, 10, 27, 10, 0, tzinfo=UTC)


def test_session_file_is_the_entry_of_the_event_file():
    store()
    whole = calendars.get_event_file("ket-noi", language="vi")
    assert calendars.get_session_file("ket-noi", 2, language="vi").entries == whole.entries[1:]
    with pytest.raises(NotFound):
        calendars.get_session_file("ket-noi", 3, language="vi")


def test_a13_description_has_hours_purpose_programme_page_and_contact():
    store()
    entry = calendars.get_event_file("ket-noi", language="vi").entries[1]
    assert entry.description.split("\n\n") == [
        "thứ Tư, 27/10/2027, 15:30 Hà Nội (GMT+7)",
        "Kết nối địa phương, doanh nghiệp.",
        "Chương trình:\n– Trao đổi cơ hội",
        "Chi tiết: http://localhost/events/ket-noi",
        "Đầu mối liên hệ: Cục Ngoại vụ, toadam@example.vn",
    ]
    assert (entry.location, entry.categories) == ("Trực tuyến (Zoom)", ("Tọa đàm",))


def test_event_whose_sessions_have_no_hours_lists_them_in_its_own_entry():
    rows = store(timed=False)
    (entry,) = calendars.get_event_file("ket-noi", language="en").entries
    assert entry.uid == rows.event.calendar_uid
    assert "Wednesday, 27 October 2027, 14:00–17:00 Hanoi (GMT+7)" in entry.description
    assert "Programme:\n– Kết nối vì phát triển\n– Hợp tác đầu tư và thương mại" in entry.description


def test_a05_date_without_an_hour_is_said_in_words():
    store(timed=False, starts_at=None, ends_at=None, part_of_day="afternoon")
    (entry,) = calendars.get_event_file("ket-noi", language="vi").entries
    assert (entry.starts, entry.ends) == (date(2027, 10, 27), date(2027, 10, 28))
    assert entry.description.startswith("chiều 27/10/2027\n")


def test_b30_event_without_a_date_has_no_file_but_an_empty_feed():
    rows = store(timed=False, date=None, starts_at=None, ends_at=None, timezone=None)
    with pytest.raises(InvalidInput, match="calendar_without_date"):
        calendars.get_event_file("ket-noi", language="vi")
    assert calendars.get_delegate_feed(rows.delegate, language="vi").entries == ()


def test_draft_has_no_public_file_at_all():
    store(status=EventStatus.DRAFT)
    with pytest.raises(NotFound):
        calendars.get_event_file("ket-noi", language="vi")


@pytest.mark.parametrize(
    ("status", "title"),
    [(EventStatus.CANCELLED, "Đã hủy: Kết nối"), (EventStatus.POSTPONED, "Tạm hoãn: Kết nối")],
)
def test_c08_called_off_event_stays_in_the_calendar_as_cancelled(status, title):
    store(status=status)
    first, second = calendars.get_event_file("ket-noi", language="vi").entries
    assert first.summary.startswith(title)
    assert {first.status, second.status} == {EntryStatus.CANCELLED}


def test_called_off_session_is_cancelled_and_the_other_is_not():
    rows = store()
    change(rows.sessions[0], status=SessionStatus.CANCELLED)
    entries = calendars.get_event_file("ket-noi", language="vi").entries
    assert [entry.status for entry in entries] == [EntryStatus.CANCELLED, EntryStatus.CONFIRMED]


def test_public_files_never_carry_the_link_to_join():
    rows = store()
    change(rows.sessions[1], join_url=JOIN)
    files = (
        calendars.get_event_file("ket-noi", language="vi"),
        calendars.get_session_file("ket-noi", 2, language="vi"),
    )
    assert [entry for file in files for entry in file.entries if JOIN in repr(entry)] == []


@pytest.mark.parametrize("state", list(InvitationState))
def test_institution_gets_the_link_to_join_only_once_it_has_accepted(state):
    rows = store()
    change(rows.invitation, state=state)
    file = calendars.get_invitation_feed(rows.invitation, language="ru")
    (entry,) = file.entries
    assert entry.uid == rows.event.calendar_uid
    assert (JOIN in repr(entry)) == (state is InvitationState.ACCEPTED)
    assert file.feed.source_url.startswith("http://localhost/i/")


def test_b23_institution_reads_its_own_clock_beside_that_of_the_host():
    rows = store()
    (entry,) = calendars.get_invitation_feed(rows.invitation, language="ru").entries
    told = "среда, 27 октября 2027 г., 14:00–17:00 Ханой (GMT+7) · 16:00–19:00 Якутск (GMT+9)"
    assert told in entry.description


def test_institution_reads_the_sessions_that_take_place_with_links_of_their_own():
    rows = store()
    change(rows.invitation, state=InvitationState.ACCEPTED)
    change(rows.sessions[0], status=SessionStatus.CANCELLED, join_url="https://zoom.example/j/1")
    change(rows.sessions[1], join_url="https://zoom.example/j/2")
    (entry,) = calendars.get_invitation_feed(rows.invitation, language="ru").entries
    assert "– 14:30 Сессия 1" not in entry.description
    assert "– 15:30 Сессия 2" in entry.description
    assert "Сессия 2: https://zoom.example/j/2" in entry.description
    assert "zoom.example/j/1" not in entry.description


def test_delegate_has_his_sessions_only_with_the_link_where_his_seat_is_confirmed():
    rows = store()
    (entry,) = calendars.get_delegate_file(rows.delegate, language="ru").entries
    assert entry.uid == rows.sessions[1].calendar_uid
    assert (entry.conference.url, entry.conference.label) == (JOIN, "Подключиться онлайн")
    assert f"Подключиться онлайн: {JOIN}" in entry.description
    assert entry.alarm_minutes == 30


def test_session_with_a_room_of_its_own_has_its_own_link():
    rows = store()
    change(rows.sessions[1], join_url="https://zoom.example/j/2", room="Phòng 2")
    (entry,) = calendars.get_delegate_file(rows.delegate, language="vi").entries
    assert entry.conference.url == "https://zoom.example/j/2"
    assert entry.location == "Phòng 2 · Trực tuyến (Zoom)"


@pytest.mark.parametrize(
    ("state", "status", "title"),
    [
        (SeatState.WAITING, EntryStatus.TENTATIVE, "Лист ожидания: Сессия 2 – Круглый стол"),
        (SeatState.WITHDRAWN, EntryStatus.CANCELLED, "Сессия 2 – Круглый стол"),
    ],
)
def test_delegate_without_a_confirmed_seat_gets_no_link_to_join(state, status, title):
    rows = store(state=state)
    (entry,) = calendars.get_delegate_feed(rows.delegate, language="ru").entries
    assert (entry.status, entry.summary) == (status, title)
    assert JOIN not in repr(entry)


def test_delegate_whose_registration_waits_gets_no_link_to_join():
    rows = store()
    change(rows.delegate, state=SeatState.WAITING)
    (entry,) = calendars.get_delegate_feed(rows.delegate, language="ru").entries
    assert (entry.status, entry.conference) == (EntryStatus.TENTATIVE, None)


def test_same_rows_give_the_same_file_with_the_stamp_of_the_last_change():
    rows = store()
    file = calendars.get_event_file("ket-noi", language="vi")
    assert file == calendars.get_event_file("ket-noi", language="vi")
    assert {entry.stamp for entry in file.entries} == {file.changed}
    later = datetime(2027, 9, 9, tzinfo=UTC)
    change(rows.sessions[1], changed_at=later, sequence=1)
    file = calendars.get_event_file("ket-noi", language="vi")
    assert file.changed == file.entries[1].stamp == later
    assert [entry.sequence for entry in file.entries] == [0, 1]
