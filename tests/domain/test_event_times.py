"""When an event is: typed in its zone, kept in UTC, and nothing invented."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import InvalidInput
from app.domain.event_times import (
    Kept,
    Schedule,
    Times,
    asks_what_stays,
    deadline_of,
    distance,
    moved,
    rezoned,
    schedule_of,
    times_of,
)
from app.domain.events import PartOfDay

_DAY = date(2027, 10, 27)
_HANOI = "Asia/Ho_Chi_Minh"
_PARIS = "Europe/Paris"
_TWICE = date(2027, 10, 31)


def _refused(schedule):
    with pytest.raises(InvalidInput) as refusal:
        times_of(schedule)
    return refusal.value.code, refusal.value.field


def test_a05_a_date_with_a_part_of_day_gets_no_hour():
    times = times_of(Schedule(day=date(2021, 10, 27), part_of_day=PartOfDay.AFTERNOON, zone=_HANOI))
    assert (times.day, times.part_of_day) == (date(2021, 10, 27), PartOfDay.AFTERNOON)
    assert (times.starts_at, times.ends_at) == (None, None)


def test_hours_are_read_in_the_zone_and_silence_the_part_of_day():
    times = times_of(
        Schedule(day=_DAY, part_of_day=PartOfDay.MORNING, starts=time(14), ends=time(17), zone=_HANOI)
    )
    assert times.starts_at == datetime(2027, 10, 27, 7, tzinfo=UTC)
    assert times.ends_at == datetime(2027, 10, 27, 10, tzinfo=UTC)
    assert times.part_of_day is None


@pytest.mark.parametrize(
    ("schedule", "refusal"),
    [
        (Schedule(starts=time(14), zone=_HANOI), ("day_missing", "day")),
        (Schedule(part_of_day=PartOfDay.EVENING), ("day_missing", "day")),
        (Schedule(day=_DAY, starts=time(14)), ("zone_missing", "zone")),
        (Schedule(day=_DAY, ends=time(14), zone=_HANOI), ("start_missing", "starts")),
        (Schedule(day=_DAY, last_day=_DAY, zone=_HANOI), ("last_day_without_hours", "last_day")),
        (Schedule(day=_DAY, starts=time(14), last_day=_DAY, zone=_HANOI), ("end_missing", "ends")),
        (Schedule(day=_DAY, starts=time(14), ends=time(13), zone=_HANOI), ("ends_before_start", "ends")),
        (
            Schedule(day=date(2027, 3, 28), starts=time(2, 30), zone=_PARIS),
            ("hour_does_not_exist", "starts"),
        ),
        (Schedule(day=_TWICE, starts=time(2, 30), zone=_PARIS), ("hour_comes_twice", "starts")),
        (
            Schedule(day=_TWICE, starts=time(1), ends=time(2, 30), zone=_PARIS),
            ("hour_comes_twice", "ends"),
        ),
    ],
)
def test_times_that_contradict_are_refused_at_their_field(schedule, refusal):
    assert _refused(schedule) == refusal


@pytest.mark.parametrize(("later", "hour"), [(False, 0), (True, 1)])
def test_an_hour_that_comes_twice_is_asked_about_and_the_answer_counts(later, hour):
    times = times_of(Schedule(day=_TWICE, starts=time(2, 30), zone=_PARIS, later=later))
    assert times.starts_at == datetime(2027, 10, 31, hour, 30, tzinfo=UTC)
    assert schedule_of(times).later is later


@given(
    day=st.dates(date(2020, 1, 1), date(2035, 1, 1)),
    starts=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    minutes=st.integers(1, 3 * 24 * 60),
    zone=st.sampled_from([_HANOI, "Asia/Tokyo", "Asia/Kolkata", "America/Caracas"]),
)
def test_what_is_kept_can_be_typed_again(day, starts, minutes, zone):
    ends = datetime.combine(day, starts) + timedelta(minutes=minutes)
    typed = Schedule(day=day, starts=starts, ends=ends.time(), last_day=ends.date(), zone=zone)
    times = times_of(typed)
    assert times_of(schedule_of(times)) == times


def test_a_deadline_without_a_clock_is_the_end_of_its_day():
    times = times_of(Schedule(day=_DAY, starts=time(14), zone=_HANOI))
    assert deadline_of(date(2027, 10, 20), None, times) == datetime(2027, 10, 20, 16, 59, tzinfo=UTC)
    assert deadline_of(None, None, times) is None


@pytest.mark.parametrize("starts", [time(14), None])
def test_a_deadline_after_the_beginning_is_refused(starts):
    times = times_of(Schedule(day=_DAY, starts=starts, zone=_HANOI))
    with pytest.raises(InvalidInput) as refusal:
        deadline_of(date(2027, 10, 28), None, times)
    assert (refusal.value.code, refusal.value.field) == ("deadline_after_start", "deadline_date")


def test_moving_keeps_the_clock_on_the_wall_across_daylight_saving():
    before = datetime(2027, 10, 27, 12, tzinfo=UTC)  # 14:00 in Paris, summer time
    assert moved(before, timedelta(days=7), zone=_PARIS, to_zone=_PARIS) == datetime(
        2027, 11, 3, 13, tzinfo=UTC
    )


def test_the_distance_of_a_move_is_measured_on_the_wall():
    before = times_of(Schedule(day=_DAY, starts=time(14), zone=_PARIS))
    after = times_of(Schedule(day=date(2027, 11, 3), starts=time(15), zone=_PARIS))
    assert distance(before, after) == timedelta(days=7, hours=1)
    assert (
        distance(before, Times(day=None, part_of_day=None, starts_at=None, ends_at=None, timezone=None))
        is None
    )


_HANOI_TIMES = times_of(
    Schedule(day=date(2027, 10, 27), starts=time(14), ends=time(17), zone="Asia/Ho_Chi_Minh")
)


def _zone_alone(zone):
    return replace(schedule_of(_HANOI_TIMES), zone=zone)


def test_c08_another_zone_with_the_hours_left_asks_what_stays():
    with pytest.raises(InvalidInput) as refusal:
        rezoned(_zone_alone("Europe/Moscow"), _HANOI_TIMES, None)
    assert (refusal.value.code, refusal.value.field) == ("zone_changed", "kept")


def test_c08_the_clock_stays_or_the_moment_does():
    clock = rezoned(_zone_alone("Europe/Moscow"), _HANOI_TIMES, Kept.CLOCK)
    moment = rezoned(_zone_alone("Europe/Moscow"), _HANOI_TIMES, Kept.MOMENT)
    assert schedule_of(clock).starts == time(14)
    assert moment.starts_at == _HANOI_TIMES.starts_at
    assert schedule_of(moment).starts == time(10)


def test_a_moment_that_stays_may_lie_on_another_day():
    moment = rezoned(_zone_alone("Pacific/Honolulu"), _HANOI_TIMES, Kept.MOMENT)
    assert moment.day == date(2027, 10, 26)


def test_where_clocks_agree_or_hours_were_typed_there_is_no_question():
    assert not asks_what_stays(_zone_alone("Asia/Bangkok"), _HANOI_TIMES)
    assert not asks_what_stays(replace(_zone_alone("Europe/Moscow"), starts=time(10)), _HANOI_TIMES)
    assert not asks_what_stays(_zone_alone("Asia/Ho_Chi_Minh"), _HANOI_TIMES)
