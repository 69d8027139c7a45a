"""Hours are typed in the event's zone and kept in UTC."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import local_time
from app.domain.errors import InvalidInput
from app.domain.local_time import Hours

_DAY = date(2027, 10, 27)
_HANOI = "Asia/Ho_Chi_Minh"


def test_hours_are_read_in_the_zone_of_the_event():
    typed = Hours(day=_DAY, starts=time(14), ends=time(17))
    assert local_time.moments(typed, _HANOI) == (
        datetime(2027, 10, 27, 7, tzinfo=UTC),
        datetime(2027, 10, 27, 10, tzinfo=UTC),
    )


def test_midnight_closes_the_day_on_which_it_is_typed():
    _, ends = local_time.moments(Hours(day=_DAY, starts=time(22), ends=time()), _HANOI)
    assert ends == datetime(2027, 10, 27, 17, tzinfo=UTC)


def test_b19_times_may_be_missing_altogether():
    assert local_time.moments(Hours(day=_DAY), None) == (None, None)


@pytest.mark.parametrize(
    ("typed", "zone", "code", "field"),
    [
        (Hours(day=_DAY, ends=time(17)), _HANOI, "start_missing", "starts"),
        (Hours(starts=time(14)), _HANOI, "day_missing", "day"),
        (Hours(day=_DAY, starts=time(14)), None, "zone_missing", "starts"),
        (Hours(day=_DAY, starts=time(14), ends=time(14)), _HANOI, "ends_before_start", "ends"),
        (
            Hours(day=date(2027, 3, 28), starts=time(2, 30)),
            "Europe/Paris",
            "hour_does_not_exist",
            "starts",
        ),
    ],
)
def test_hours_that_mean_nothing_are_refused_at_their_field(typed, zone, code, field):
    with pytest.raises(InvalidInput) as refusal:
        local_time.moments(typed, zone)
    assert (refusal.value.code, refusal.value.field) == (code, field)


@given(
    day=st.dates(date(2020, 1, 1), date(2035, 1, 1)),
    starts=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    zone=st.sampled_from([_HANOI, "Asia/Tokyo", "Europe/Moscow", "Asia/Kolkata", "America/Caracas"]),
)
def test_hours_come_back_as_they_were_typed(day, starts, zone):
    typed = Hours(day=day, starts=starts)
    assert local_time.hours(*local_time.moments(typed, zone), zone, None) == typed
