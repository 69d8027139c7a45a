"""Bridges are cut into slots that never overlap; results say whether a line is tested (C05)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.connection_tests import (
    BridgeDetails,
    LineResult,
    Quality,
    Window,
    is_passed,
    require_apart,
    require_kept,
    require_slot,
    window_of,
)
from app.domain.errors import Conflict, InvalidInput

NOW = datetime(2027, 10, 26, tzinfo=UTC)
DETAILS = BridgeDetails(name="Cầu chính", day=date(2027, 10, 26), starts=time(9), ends=time(11), minutes=15)
ZONE = "Asia/Ho_Chi_Minh"


@given(minutes=st.integers(5, 240), length=st.integers(1, 1440))
def test_c05_slots_touch_and_never_overlap_and_stay_inside(minutes, length):
    window = Window(NOW, NOW + timedelta(minutes=length), minutes)
    ends = [start + window.step for start in window.slots]
    assert all(end == start for end, start in zip(ends, window.slots[1:], strict=False))
    assert not ends or ends[-1] <= window.ends_at < ends[-1] + window.step


def test_hours_are_those_of_the_event_and_midnight_closes_the_day():
    window = window_of(DETAILS, ZONE)
    assert (window.starts_at, len(window.slots)) == (datetime(2027, 10, 26, 2, tzinfo=UTC), 8)
    assert len(window_of(replace(DETAILS, starts=time(22), ends=time(0)), ZONE).slots) == 8


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"ends": time(9)}, "ends_before_start"),
        ({"ends": time(9, 10)}, "no_slot_fits"),
        ({"minutes": 1}, "slot_length"),
        ({"minutes": 600}, "slot_length"),
    ],
)
def test_a_bridge_without_room_for_a_slot_is_refused(change, code):
    with pytest.raises(InvalidInput, match=code):
        window_of(replace(DETAILS, **change), ZONE)
    with pytest.raises(InvalidInput, match="zone_missing"):
        window_of(DETAILS, None)


def test_c05_a_bridge_of_the_same_name_takes_no_tests_in_the_same_hours():
    window = window_of(DETAILS, ZONE)
    later = replace(window, starts_at=window.ends_at, ends_at=window.ends_at + timedelta(hours=1))
    require_apart("Cầu chính", window, [("Cầu chính", later), ("Cầu dự phòng", window)])
    with pytest.raises(Conflict, match="bridge_overlaps"):
        require_apart("CAU CHINH", window, [("Cầu chính", replace(window, starts_at=window.slots[3]))])


def test_booked_slots_keep_their_place():
    window = window_of(DETAILS, ZONE)
    longer = replace(window, ends_at=window.ends_at + timedelta(hours=1))
    require_kept(longer, [window.slots[2]], 15)
    require_kept(replace(window, minutes=20), [], 15)
    for other in (replace(longer, minutes=5), replace(window, starts_at=window.slots[3])):
        with pytest.raises(Conflict, match="slots_are_booked"):
            require_kept(other, [window.slots[2]], 15)


def test_c05_a_slot_is_taken_once_and_ahead():
    window = window_of(DETAILS, ZONE)
    require_slot(window, window.slots[1], [window.slots[0]], NOW)
    with pytest.raises(Conflict, match="slot_taken"):
        require_slot(window, window.slots[1], [window.slots[1]], NOW)
    with pytest.raises(Conflict, match="slot_past"):
        require_slot(window, window.slots[1], [], window.slots[1])


def test_a_weak_line_is_tested_a_failed_one_is_not():
    good = LineResult(sound=Quality.GOOD, picture=Quality.WEAK, line=Quality.GOOD)
    assert is_passed(good)
    assert not any(
        is_passed(replace(good, **{part: Quality.FAILED})) for part in ("sound", "picture", "line")
    )
