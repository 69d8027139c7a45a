"""SEQUENCE of a calendar entry."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain.calendars import EntryStatus
from app.domain.itip import Revision, next_sequence

BEFORE = Revision(
    starts=datetime(2027, 10, 27, 7, tzinfo=UTC),
    ends=datetime(2027, 10, 27, 10, tzinfo=UTC),
    status=EntryStatus.CONFIRMED,
    link="https://zoom.example/j/1",
)


@pytest.mark.parametrize(
    "change",
    [
        {"starts": datetime(2027, 10, 27, 8, tzinfo=UTC)},
        {"ends": None},
        {"status": EntryStatus.CANCELLED},
        {"link": "https://zoom.example/j/2"},
    ],
)
def test_sequence_rises_by_one_when_hours_status_or_link_change(change):
    assert next_sequence(4, BEFORE, replace(BEFORE, **change)) == 5


def test_sequence_stays_when_only_texts_changed():
    assert next_sequence(4, BEFORE, replace(BEFORE)) == 4
