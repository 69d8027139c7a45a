"""The hours of an event on the clocks of its sides, and starts that suit all."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from app.domain.day_bands import Band, at_night, band_at, local_hours, propose

HANOI, MOSCOW, AMERICA = "Asia/Ho_Chi_Minh", "Europe/Moscow", "America/Los_Angeles"
DAY = date(2027, 10, 27)
START, END = datetime(2027, 10, 27, 7, tzinfo=UTC), datetime(2027, 10, 27, 10, tzinfo=UTC)
LENGTH = timedelta(hours=3)


def test_a_day_has_office_hours_waking_hours_and_a_night():
    clocks = {time(6, 59): "night", time(7): "waking", time(8): "office", time(17, 59): "office"}
    clocks |= {time(18): "waking", time(21, 59): "waking", time(22): "night", time(0): "night"}
    assert {clock: str(band_at(clock)) for clock in clocks} == clocks


def test_afternoon_in_hanoi_is_midnight_in_los_angeles():
    hours = local_hours(START, END, {AMERICA: 1, HANOI: 9, MOSCOW: 5})
    assert [one.zone for one in hours] == [HANOI, MOSCOW, AMERICA]
    assert [one.band for one in hours] == [Band.OFFICE, Band.OFFICE, Band.NIGHT]
    assert hours[-1].starts.hour == 0
    assert [one.zone for one in at_night(hours)] == [AMERICA]


def test_a_zone_without_anybody_keeps_nobody_awake():
    assert at_night(local_hours(START, END, {AMERICA: 0})) == ()


def test_the_worst_part_of_the_day_that_is_sat_through_counts():
    late = local_hours(
        datetime(2027, 10, 27, 14, tzinfo=UTC), datetime(2027, 10, 27, 17, tzinfo=UTC), {HANOI: 1}
    )
    assert (late[0].starts.hour, late[0].band) == (21, Band.NIGHT)
    assert not late[0].passes_midnight, "it ends at midnight"


def test_an_event_that_ends_after_midnight_passes_it():
    later = local_hours(
        datetime(2027, 10, 27, 15, tzinfo=UTC), datetime(2027, 10, 27, 18, tzinfo=UTC), {HANOI: 1}
    )
    assert later[0].passes_midnight


def test_hanoi_and_moscow_meet_in_the_office_hours_of_both():
    best = propose(DAY, HANOI, LENGTH, {HANOI: 18, MOSCOW: 5}, wanted=time(14))
    assert best[0].starts == START
    assert {one.band for one in best[0].hours} == {Band.OFFICE}


def test_fewest_at_night_go_before_fewest_outside_their_office():
    ranked = propose(DAY, HANOI, LENGTH, {HANOI: 18, MOSCOW: 5, AMERICA: 1}, wanted=time(14), most=48)
    nights = [one.count(Band.NIGHT) for one in ranked]
    assert nights == sorted(nights)
    assert len(ranked) == 48
    for one, after in pairwise(ranked):
        if one.count(Band.NIGHT) == after.count(Band.NIGHT):
            assert one.count(Band.OFFICE) >= after.count(Band.OFFICE)


def test_alone_the_host_gets_the_hour_that_was_wanted():
    best = propose(DAY, HANOI, LENGTH, {}, wanted=time(9, 30))
    assert best[0].hours[0].starts.time() == time(9, 30)


def test_an_hour_that_the_clocks_jump_over_is_not_proposed():
    offered = propose(date(2027, 3, 14), AMERICA, LENGTH, {}, wanted=time(2, 30), most=60)
    clocks = {one.hours[0].starts.time() for one in offered}
    assert time(2, 30) not in clocks
    assert len(offered) == 46
