"""The agenda in minutes: interpretation, hours that follow, what an item delays, what does not fit."""

from datetime import UTC, datetime, timedelta

from app.domain.agenda import Point, delay, lay_out, takes
from app.domain.programme import AgendaKind, Interpretation

TALK, BREAK = AgendaKind.PRESENTATION, AgendaKind.BREAK
TWO = datetime(2027, 10, 27, 7, tzinfo=UTC)
SIMULTANEOUS, CONSECUTIVE = Interpretation.SIMULTANEOUS, Interpretation.CONSECUTIVE


def _at(minutes):
    return TWO + timedelta(minutes=minutes)


def _laid(*points, ends=None, interpretation=SIMULTANEOUS):
    return lay_out([Point(key=str(n), **point) for n, point in enumerate(points)], TWO, ends, interpretation)


def _told(slots):
    return [[str(warning.code) for warning in slot.warnings] for slot in slots]


def test_consecutive_interpretation_doubles_what_is_spoken_but_no_break():
    assert takes(TALK, 10, CONSECUTIVE) == 20
    assert takes(BREAK, 15, CONSECUTIVE) == 15
    assert takes(TALK, 10, SIMULTANEOUS) == 10
    assert takes(TALK, None, CONSECUTIVE) is None


def test_items_follow_each_other_from_the_start_of_the_session():
    slots = _laid({"kind": TALK, "minutes": 10}, {"kind": BREAK, "minutes": 15}, {"kind": TALK})
    assert [slot.starts for slot in slots] == [_at(0), _at(10), _at(25)]
    assert not any(slot.is_stated for slot in slots)


def test_consecutive_interpretation_pushes_what_follows():
    slots = _laid({"kind": TALK, "minutes": 10}, {"kind": TALK, "minutes": 5}, interpretation=CONSECUTIVE)
    assert [(slot.starts, slot.ends) for slot in slots] == [(_at(0), _at(20)), (_at(20), _at(30))]


def test_after_an_item_without_minutes_no_hour_is_invented():
    slots = _laid({"kind": TALK}, {"kind": TALK, "minutes": 5}, {"kind": TALK, "starts": _at(60)})
    assert [slot.starts for slot in slots] == [_at(0), None, _at(60)]


def test_an_item_that_begins_before_the_one_above_it_ends_is_told():
    slots = _laid({"kind": TALK, "minutes": 20}, {"kind": TALK, "starts": _at(15), "minutes": 5})
    assert _told(slots) == [[], ["item_overlaps"]]
    assert slots[1].warnings[0].params == {"minutes": 5}


def test_an_item_before_its_session_and_one_beyond_it_are_told():
    slots = _laid(
        {"kind": TALK, "starts": _at(-10)}, {"kind": TALK, "starts": _at(50), "minutes": 20}, ends=_at(60)
    )
    assert _told(slots) == [["item_too_early"], ["item_runs_over"]]
    assert slots[1].warnings[0].params == {"minutes": 10}


def test_a_gap_between_two_items_is_nobodys_mistake():
    assert _told(_laid({"kind": TALK, "minutes": 5}, {"kind": TALK, "starts": _at(30)})) == [[], []]


def test_what_follows_is_delayed_by_start_and_length_together():
    before = _laid({"kind": TALK, "starts": _at(0), "minutes": 10}, interpretation=CONSECUTIVE)[0]
    after = _laid({"kind": TALK, "starts": _at(5), "minutes": 15}, interpretation=CONSECUTIVE)[0]
    assert delay(before, after) == timedelta(minutes=15)


def test_a_length_that_was_not_known_delays_nothing():
    before = _laid({"kind": TALK, "starts": _at(0)})[0]
    after = _laid({"kind": TALK, "starts": _at(0), "minutes": 30})[0]
    assert delay(before, after) == timedelta()
