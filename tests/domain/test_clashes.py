"""Warnings about a programme that does not fit."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain import clashes
from app.domain.clashes import Frame, Holder, Occupancy, WarningCode

_START = datetime(2027, 10, 27, 7, tzinfo=UTC)
_NO_FRAME = Frame(zone="Asia/Ho_Chi_Minh")
_LAOS = Holder(organization=7, name={"vi": "Đại sứ quán Lào"})


def _session(key, starts=0, minutes=60, event="here", number=1, **facts):
    return Occupancy(
        key=key,
        event=event,
        event_title={"vi": f"Tọa đàm {event}"},
        number=number,
        title={"vi": f"Phiên {key}"},
        starts=_START + timedelta(minutes=starts),
        ends=_START + timedelta(minutes=starts + minutes),
        **facts,
    )


def _codes(sessions, elsewhere=(), frame=_NO_FRAME):
    found = clashes.find_warnings(sessions, elsewhere, frame)
    return {key: [warning.code for warning in warnings] for key, warnings in found.items()}


def test_one_room_holds_one_session_at_a_time_across_events():
    mine = [_session("a", room="Phòng Trúc Bạch"), _session("b", starts=60, room="Phòng Trúc Bạch")]
    other = _session("c", starts=30, event="there", room="phong truc bach")
    assert _codes(mine, [other]) == {"a": [WarningCode.ROOM_TAKEN], "b": [WarningCode.ROOM_TAKEN]}
    warning = clashes.find_warnings(mine, [other], _NO_FRAME)["a"][0]
    assert warning.params["event"] == {"vi": "Tọa đàm there"}


def test_sessions_that_touch_do_not_clash():
    assert _codes([_session("a", room="1", minutes=60), _session("b", room="1", starts=60)]) == {}


def test_one_link_serves_one_session_at_a_time():
    url = "https://meet.example/1"
    assert _codes([_session("a", link=url), _session("b", link=url)])["a"] == [WarningCode.LINK_TAKEN]


def test_a_person_cannot_speak_in_two_places():
    ambassador = Holder(organization=7, person="Vũ Hồng Nam")
    sessions = [_session("a", holders=(ambassador,)), _session("b", holders=(ambassador,))]
    assert _codes(sessions) == {key: [WarningCode.PERSON_OVERLAPS] for key in ("a", "b")}


def test_an_institution_with_two_named_people_may_speak_in_two_places():
    named = [Holder(organization=7, person=name) for name in ("Một", "Hai")]
    assert _codes([_session("a", holders=(named[0],)), _session("b", holders=(named[1],))]) == {}


def test_b14_an_unnamed_place_of_an_institution_overlaps():
    sessions = [_session("a", holders=(_LAOS,)), _session("b", holders=(_LAOS,))]
    assert _codes(sessions)["a"] == [WarningCode.ORGANIZATION_OVERLAPS]


def test_a_session_outside_the_hours_of_the_event_is_noticed():
    frame = Frame(zone="Asia/Ho_Chi_Minh", starts=_START, ends=_START + timedelta(hours=2))
    assert _codes([_session("a", minutes=120)], frame=frame) == {}
    assert _codes([_session("a", minutes=121)], frame=frame) == {"a": [WarningCode.OUTSIDE_EVENT]}
    assert _codes([_session("a", starts=-1)], frame=frame) == {"a": [WarningCode.OUTSIDE_EVENT]}


def test_a05_an_event_with_a_day_alone_notices_sessions_on_other_days():
    frame = Frame(zone="Asia/Ho_Chi_Minh", day=date(2027, 10, 27))
    assert _codes([_session("a", starts=9 * 60)], frame=frame) == {}
    assert _codes([_session("a", starts=10 * 60)], frame=frame) == {"a": [WarningCode.OUTSIDE_EVENT]}


def test_an_order_against_the_clock_and_a_full_agenda_are_noticed():
    sessions = [_session("a", starts=60), _session("b", number=2, agenda_minutes=75)]
    assert _codes(sessions) == {"b": [WarningCode.AGENDA_TOO_LONG, WarningCode.OUT_OF_ORDER]}


@given(
    st.lists(st.tuples(st.integers(0, 300), st.integers(1, 120), st.sampled_from(["", "A", "B"])), max_size=8)
)
def test_a_room_clash_is_seen_from_both_sessions(hours):
    sessions = [
        _session(str(key), starts=starts, minutes=minutes, room=room)
        for key, (starts, minutes, room) in enumerate(hours)
    ]
    found = clashes.find_warnings(sessions, (), _NO_FRAME)
    named = {
        (key, warning.params["session"]["vi"].removeprefix("Phiên "))
        for key, warnings in found.items()
        for warning in warnings
        if warning.code is WarningCode.ROOM_TAKEN
    }
    assert named == {(there, here) for here, there in named}


def test_b19_sessions_without_times_clash_with_nothing():
    bare = Occupancy(
        key="a", event="here", event_title={}, number=1, title={}, starts=None, ends=None, room="A"
    )
    assert _codes([bare, _session("b", room="A")]) == {}
