"""Answers over time against the deadline."""

from datetime import UTC, date, datetime

from app.domain.answer_line import Step, draw

ZONE = "Asia/Ho_Chi_Minh"
SENT = datetime(2027, 9, 1, 2, tzinfo=UTC)


def _draw(**known):
    told = {"sent": [SENT], "answered": [], "invited": 10, "deadline": None, "zone": ZONE, "now": SENT}
    return draw(**{**told, **known})


def test_before_the_first_letter_there_is_nothing_to_draw():
    assert _draw(sent=[]) is None


def test_answers_add_up_by_the_days_of_the_events_zone():
    late = datetime(2027, 9, 3, 18, tzinfo=UTC)  # the 4th in Hanoi
    line = _draw(answered=[late, datetime(2027, 9, 2, 3, tzinfo=UTC), late], now=late)
    assert line.steps == (Step(date(2027, 9, 2), 1, 1), Step(date(2027, 9, 4), 2, 3))
    assert (line.first, line.last) == (date(2027, 9, 1), date(2027, 9, 4))


def test_the_line_reaches_to_the_deadline_and_says_how_far_it_is():
    line = _draw(deadline=datetime(2027, 9, 20, 16, 59, tzinfo=UTC))
    assert (line.last, line.days, line.left) == (date(2027, 9, 20), 19, 19)


def test_after_the_deadline_days_are_counted_below_zero():
    line = _draw(deadline=datetime(2027, 9, 20, tzinfo=UTC), now=datetime(2027, 9, 22, tzinfo=UTC))
    assert line.left == -2


def test_an_answer_after_the_deadline_stays_on_the_line():
    after = datetime(2027, 9, 25, tzinfo=UTC)
    line = _draw(deadline=datetime(2027, 9, 20, tzinfo=UTC), answered=[after], now=after)
    assert line.last == date(2027, 9, 25)


def test_on_the_first_day_the_line_has_a_length():
    assert _draw().days == 1
