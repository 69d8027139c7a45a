"""How long a place is kept for an answer."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from app.domain.offers import offered_until

NOW = datetime(2027, 10, 1, 2, 0, 30, tzinfo=UTC)


def _event(starts=None, day=None):
    return SimpleNamespace(
        date=day, starts_at=starts, timezone="Asia/Ho_Chi_Minh", registration_deadline=None
    )


@pytest.mark.parametrize(
    ("hours", "starts_in", "kept_for"),
    [
        (48, timedelta(days=26), timedelta(hours=48)),
        (48, timedelta(days=2), timedelta(hours=12)),
        (2, timedelta(days=2), timedelta(hours=2)),
        (48, timedelta(hours=4), timedelta(hours=1)),
        (48, timedelta(hours=3), None),
        (48, timedelta(hours=-3), None),
        (0, timedelta(days=26), None),
    ],
)
def test_c03_offer_is_shorter_near_the_event_and_none_where_nobody_could_answer(hours, starts_in, kept_for):
    until = offered_until(hours, _event(NOW + starts_in), NOW)
    assert until == (kept_for and (NOW + kept_for).replace(second=0))


def test_event_without_hours_begins_with_its_day_in_its_zone():
    assert offered_until(48, _event(day=date(2027, 10, 3)), NOW) == NOW.replace(second=0) + timedelta(
        hours=9, minutes=45
    )
    assert offered_until(48, _event(), NOW) == NOW.replace(second=0) + timedelta(hours=48)
