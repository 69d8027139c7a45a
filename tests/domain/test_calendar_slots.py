"""When events and sessions stand in a calendar."""

from datetime import UTC, date, datetime, timedelta

from app.domain.calendar_slots import (
    Placement,
    Slot,
    place_chosen,
    place_event,
    place_session,
    status_of_invitation,
    status_of_seat,
)
from app.domain.calendars import EntryStatus
from app.domain.invitations import InvitationState
from app.domain.registrations import SeatState

ZONE = "Asia/Ho_Chi_Minh"
DAY = date(2027, 10, 27)
HOUR = timedelta(hours=1)


def at(hour: int, minute: int = 0) -> datetime:
    """Return a moment of the day by the clock of Hà Nội."""
    return datetime(2027, 10, 27, hour, minute, tzinfo=UTC) - timedelta(hours=7)


def slot(uid: str = "event", **known: object) -> Slot:
    return Slot(uid=uid, zone=ZONE, **known)


def test_event_with_timed_sessions_is_its_sessions():
    sessions = [slot("2", starts=at(15, 30), ends=at(17)), slot("1", starts=at(14), ends=at(15, 30))]
    placed = place_event(slot(starts=at(14), ends=at(17)), sessions)
    assert [(p.uid, p.starts, p.ends) for p in placed] == [
        ("1", at(14), at(15, 30)),
        ("2", at(15, 30), at(17)),
    ]


def test_b19_event_whose_sessions_have_no_times_is_one_entry():
    placed = place_event(slot(day=DAY, starts=at(14), ends=at(17)), [slot("1"), slot("2")])
    assert placed == (Placement(uid="event", starts=at(14), ends=at(17), called_off=False),)


def test_a05_date_without_an_hour_is_a_day():
    placed = place_event(slot(day=DAY), [slot("1")])
    assert placed == (Placement(uid="event", starts=DAY, ends=date(2027, 10, 28), called_off=False),)


def test_b30_event_without_a_date_has_no_entry():
    assert place_event(slot(), [slot("1")]) == ()
    assert place_session(slot("1"), event=slot(), sessions=[]) is None


def test_session_without_an_hour_is_on_the_day_of_its_event():
    placed = place_session(slot("1"), event=slot(day=DAY), sessions=[])
    assert (placed.uid, placed.starts, placed.ends) == ("1", DAY, date(2027, 10, 28))


def test_called_off_session_keeps_its_entry():
    sessions = [slot("1", starts=at(14), ends=at(15), called_off=True), slot("2", starts=at(15), ends=at(16))]
    placed = place_event(slot(starts=at(14)), sessions)
    assert [(p.uid, p.called_off) for p in placed] == [("1", True), ("2", False)]


def test_event_whose_every_session_is_called_off_stands_for_itself_again():
    placed = place_event(slot(starts=at(14)), [slot("1", starts=at(14), ends=at(15), called_off=True)])
    assert [(p.uid, p.called_off) for p in placed] == [("event", False), ("1", True)]


def test_c08_called_off_event_calls_its_sessions_off():
    placed = place_event(slot(day=DAY, called_off=True), [slot("1", starts=at(14)), slot("2", starts=at(15))])
    assert [(p.uid, p.called_off) for p in placed] == [("1", True), ("2", True)]


def test_session_without_an_end_lasts_until_the_next_of_the_day_then_the_event_then_an_hour():
    event = slot(starts=at(9), ends=at(17))
    sessions = [
        slot("1", starts=at(9)),
        slot("parallel", starts=at(9)),
        slot("off", starts=at(10), called_off=True),
        slot("2", starts=at(11)),
        slot("tomorrow", starts=at(9) + 24 * HOUR),
    ]
    ends = {p.uid: p.ends for p in place_event(event, sessions)}
    assert ends == {
        "1": at(11),
        "parallel": at(11),
        "off": at(11),
        "2": at(17),
        "tomorrow": at(10) + 24 * HOUR,
    }


def test_event_without_an_end_lasts_an_hour():
    assert place_event(slot(starts=at(14)), [])[0].ends == at(15)


def test_delegate_has_only_the_sessions_he_chose():
    sessions = [slot("1", starts=at(14)), slot("2", starts=at(15)), slot("3")]
    event = slot(day=DAY, starts=at(14))
    assert [p.uid for p in place_chosen(event, sessions, {"2"})] == ["2"]
    assert [p.uid for p in place_chosen(event, sessions, set())] == ["1", "2"]
    assert [(p.uid, p.starts) for p in place_chosen(event, sessions, {"2", "3"})] == [
        ("2", at(15)),
        ("3", DAY),
    ]


def test_event_stands_for_chosen_sessions_that_have_no_hours():
    placed = place_chosen(slot(starts=at(14)), [slot("1"), slot("2")], {"2"})
    assert [p.uid for p in placed] == ["event"]


def test_entry_is_as_firm_as_the_answer_and_the_seat():
    firm = {state: status_of_invitation(state) for state in InvitationState}
    assert [state for state in firm if firm[state] is EntryStatus.CONFIRMED] == [InvitationState.ACCEPTED]
    assert [state for state in firm if firm[state] is EntryStatus.CANCELLED] == [InvitationState.DECLINED]
    assert status_of_seat(SeatState.CONFIRMED, SeatState.CONFIRMED) is EntryStatus.CONFIRMED
    assert status_of_seat(SeatState.CONFIRMED, SeatState.WAITING) is EntryStatus.TENTATIVE
    assert status_of_seat(SeatState.WAITING, SeatState.WITHDRAWN) is EntryStatus.CANCELLED
