"""Versions of a programme: differences, whom they concern, the next number."""

from dataclasses import asdict, replace

import pytest

from app.domain.errors import Conflict
from app.domain.programme_versions import (
    Change,
    Line,
    LineKind,
    compare,
    concerned,
    line_of,
    news,
    next_number,
)

EVENT = Line(kind=LineKind.EVENT, key="event", starts="2027-10-27T07:00:00+00:00")
FIRST = Line(kind=LineKind.SESSION, key="a", titles={"vi": "Phiên 1"}, starts="2027-10-27T07:00:00+00:00")
SECOND = Line(kind=LineKind.SESSION, key="b", titles={"vi": "Phiên 2"}, room="Phòng 1")
TALK = Line(kind=LineKind.ITEM, key="t", session="b", titles={"vi": "Tham luận"}, minutes=10, people=("A",))
BREAK = Line(kind=LineKind.ITEM, key="g", titles={"vi": "Giải lao"}, minutes=15)
BEFORE = (EVENT, FIRST, SECOND, TALK, BREAK)


def _changes(*after):
    return [(one.line.key, *map(str, one.changes)) for one in compare(BEFORE, after)]


def test_the_same_programme_has_no_differences():
    assert compare(BEFORE, BEFORE) == ()


def test_each_kind_of_change_is_named():
    later = replace(FIRST, starts="2027-10-27T08:00:00+00:00")
    elsewhere = replace(SECOND, room="Phòng 2", titles={"vi": "Phiên hai"})
    other = replace(TALK, minutes=15, people=("A", "B"))
    assert _changes(EVENT, later, elsewhere, other, BREAK) == [
        ("a", "moved"),
        ("b", "place", "title"),
        ("t", "minutes", "people"),
    ]


def test_what_came_and_what_went_is_told_and_moves_nothing_else():
    new = Line(kind=LineKind.SESSION, key="c")
    assert _changes(EVENT, FIRST, new, SECOND, BREAK) == [("c", "added"), ("t", "removed")]


def test_lines_that_changed_places_are_told():
    assert _changes(EVENT, SECOND, FIRST, TALK, BREAK) == [("b", "order"), ("a", "order")]


def test_items_that_go_along_with_their_session_have_not_changed_places():
    talk = replace(TALK, session="a")
    assert [one.line.key for one in compare([FIRST, talk, SECOND], [SECOND, FIRST, talk])] == ["b", "a"]


def test_other_details_are_a_change_of_their_own_where_they_were_kept():
    with_details = replace(FIRST, details="x")
    assert compare([with_details], [replace(with_details, details="y")])[0].changes == (Change.DETAILS,)
    assert compare([FIRST], [with_details]) == (), "an older version did not keep them"


def test_hours_reach_whoever_has_them_in_his_calendar():
    """A session without an end lasts until the next; an event without hours spans its sessions."""
    at = "2027-10-27T{}:00+00:00".format
    event = Line(kind=LineKind.EVENT, key="event")
    first = Line(kind=LineKind.SESSION, key="a", starts=at("07:00"))
    second = Line(kind=LineKind.SESSION, key="b", starts=at("08:00"), ends=at("09:00"))
    later = replace(second, starts=at("08:30"), ends=at("09:30"))
    whom = news([event, first, second], [event, first, later], zone="Asia/Ho_Chi_Minh").concerned
    assert (whom.sessions, whom.institutions, whom.must_be_told, whom.everybody) == (
        {"a", "b"},
        True,
        True,
        False,
    )
    own = replace(event, starts=at("07:00"), ends=at("10:00"))
    whom = news([own, first, second], [own, first, later], zone="Asia/Ho_Chi_Minh").concerned
    assert not whom.institutions
    renamed = replace(second, titles={"vi": "Tên khác"})
    whom = news([own, first, second], [own, first, renamed], zone="Asia/Ho_Chi_Minh").concerned
    assert (whom.sessions, whom.must_be_told) == ({"b"}, False)


def test_a_session_that_was_called_off_takes_place_again():
    off = replace(FIRST, is_off=True)
    assert compare([FIRST], [off])[0].changes == (Change.CALLED_OFF,)
    assert compare([off], [FIRST])[0].changes == (Change.RESTORED,)


def test_a_change_in_a_session_concerns_those_who_sit_in_it():
    found = concerned(compare(BEFORE, (EVENT, FIRST, SECOND, replace(TALK, minutes=20), BREAK)))
    assert (found.everybody, found.sessions) == (False, {"b"})


def test_a_change_outside_the_sessions_concerns_everybody():
    assert concerned(compare(BEFORE, (EVENT, FIRST, SECOND, TALK))).everybody
    assert concerned(compare([EVENT], [replace(EVENT, starts=None)])).everybody


def test_a_new_session_concerns_nobody_yet():
    found = concerned(compare([FIRST], [FIRST, SECOND]))
    assert (found.everybody, found.sessions) == (False, frozenset())


def test_versions_are_counted_and_an_unchanged_one_is_refused():
    assert next_number(None, ()) == 1
    assert next_number(1, compare([FIRST], [])) == 2
    with pytest.raises(Conflict, match="version_unchanged"):
        next_number(2, ())


def test_a_line_is_kept_and_read_back():
    assert line_of({**asdict(TALK), "kind": "item", "people": ["A"]}) == TALK
