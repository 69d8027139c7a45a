"""The life of an event: what may follow what, and what publishing asks for."""

from datetime import UTC, date, datetime

import pytest

from app.domain.errors import Conflict, InvalidInput
from app.domain.events import (
    PUBLIC,
    TRANSITIONS,
    Act,
    EventStatus,
    Missing,
    Mode,
    change_status,
    is_over,
    missing_for_publishing,
    possible_acts,
    require_complete,
)

_ALLOWED = {
    ("draft", "published"),
    ("draft", "archived"),
    ("published", "closed"),
    ("published", "postponed"),
    ("published", "cancelled"),
    ("published", "archived"),
    ("closed", "published"),
    ("closed", "postponed"),
    ("closed", "cancelled"),
    ("closed", "archived"),
    ("postponed", "published"),
    ("postponed", "cancelled"),
    ("archived", "closed"),
}
_NOW = datetime(2027, 9, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize("before", EventStatus)
@pytest.mark.parametrize("after", EventStatus)
def test_every_change_of_status_is_allowed_or_refused_by_the_table(before, after):
    if (before, after) in _ALLOWED:
        assert change_status(before, after) is after
    else:
        with pytest.raises(Conflict) as refusal:
            change_status(before, after)
        assert (refusal.value.code, refusal.value.params["now"]) == ("event_status", before)


def test_a_draft_never_becomes_public_without_the_check_of_publishing():
    assert {to for to in TRANSITIONS[EventStatus.DRAFT] if to in PUBLIC} == {
        EventStatus.PUBLISHED,
        EventStatus.ARCHIVED,
    }
    assert TRANSITIONS[EventStatus.CANCELLED] == frozenset()


@pytest.mark.parametrize(
    ("status", "is_archive", "past", "acts"),
    [
        (EventStatus.DRAFT, False, False, (Act.PUBLISH, Act.DISCARD)),
        (EventStatus.DRAFT, True, True, (Act.ARCHIVE, Act.DISCARD)),
        (EventStatus.PUBLISHED, False, False, (Act.CLOSE, Act.POSTPONE, Act.CANCEL)),
        (EventStatus.PUBLISHED, False, True, (Act.CLOSE, Act.POSTPONE, Act.CANCEL, Act.ARCHIVE)),
        (EventStatus.CLOSED, False, False, (Act.REOPEN, Act.POSTPONE, Act.CANCEL)),
        (EventStatus.CLOSED, False, True, (Act.POSTPONE, Act.CANCEL, Act.ARCHIVE)),
        (EventStatus.POSTPONED, False, True, (Act.RESUME, Act.CANCEL)),
        (EventStatus.CANCELLED, False, True, ()),
        (EventStatus.ARCHIVED, False, True, (Act.RESTORE,)),
        (EventStatus.ARCHIVED, True, True, ()),
    ],
)
def test_the_next_acts_follow_from_status_and_time(status, is_archive, past, acts):
    assert possible_acts(status, is_archive=is_archive, is_over=past) == acts


def test_b30_publishing_a_live_event_names_everything_that_is_missing():
    missing = missing_for_publishing(
        titles={"en": "Roundtable"}, day=None, mode=Mode.UNKNOWN, organizers=0, is_archive=False
    )
    assert missing == (Missing.TITLE, Missing.DATE, Missing.MODE, Missing.ORGANIZER)
    with pytest.raises(InvalidInput) as refusal:
        require_complete(missing)
    assert refusal.value.params == {"missing": missing}


def test_b30_a36_the_archive_may_leave_date_mode_and_organizer_unknown():
    assert (
        missing_for_publishing(
            titles={"vi": "Tọa đàm"}, day=None, mode=Mode.UNKNOWN, organizers=0, is_archive=True
        )
        == ()
    )


@pytest.mark.parametrize(
    ("day", "starts", "ends", "over"),
    [
        (None, None, None, False),
        (date(2027, 9, 1), None, None, False),
        (date(2027, 8, 31), None, None, True),
        (date(2027, 9, 1), datetime(2027, 9, 1, 1, tzinfo=UTC), None, False),
        (date(2027, 9, 1), datetime(2027, 9, 1, tzinfo=UTC), datetime(2027, 9, 1, 1, 59, tzinfo=UTC), True),
        (date(2027, 9, 1), datetime(2027, 9, 1, tzinfo=UTC), datetime(2027, 9, 1, 3, tzinfo=UTC), False),
    ],
)
def test_an_event_is_over_when_its_end_has_passed(day, starts, ends, over):
    assert is_over(day, starts, ends, now=_NOW) is over
