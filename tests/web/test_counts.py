"""What is counted is forgotten when its time is over, and only then."""

from datetime import datetime, timedelta

import pytest

from app.domain import clock
from app.web import counts
from app.web.counts import Counts


@pytest.fixture
def hour(monkeypatch: pytest.MonkeyPatch, now: datetime) -> list[datetime]:
    """A clock that stands still; its hand is the only entry."""
    hand = [now]
    monkeypatch.setattr(clock, "now", lambda: hand[0])
    return hand


def test_a_window_begins_with_its_first_count_and_ends_once(hour: list[datetime], now: datetime) -> None:
    """Later counts do not make it longer."""
    counted = Counts()
    assert counted.incr("a", 60) == 1
    hour[0] = now + timedelta(seconds=59)
    assert counted.incr("a", 60, amount=4) == 5
    assert counted.get_expiry("a") == now.timestamp() + 60
    hour[0] = now + timedelta(seconds=60)
    assert counted.get("a") == 0
    assert counted.incr("a", 60) == 1


def test_strangers_who_came_once_are_forgotten(hour: list[datetime], monkeypatch: pytest.MonkeyPatch) -> None:
    """A flood from many addresses does not stay in memory; who still counts is not forgotten with it."""
    monkeypatch.setattr(counts, "_FEW", 10)
    counted = Counts()
    counted.incr("long", 10_000, amount=7)
    for number in range(100):
        counted.incr(str(number), 60)
        hour[0] += timedelta(seconds=10)
    assert len(counted.counted) <= 20
    assert counted.get("long") == 7
