"""The way to the first letter: one step is the next, and it is the right one."""

from itertools import product

import pytest

from app.domain.first_steps import FirstStep, next_step

S = FirstStep


@pytest.mark.parametrize(
    ("done", "wanted"),
    [
        ((), S.FACTS),
        ((S.FACTS,), S.PROGRAMME),
        ((S.GUESTS,), S.FACTS),
        ((S.FACTS, S.GUESTS), S.PUBLISH),
        ((S.FACTS, S.PUBLISH), S.GUESTS),
        ((S.FACTS, S.PROGRAMME, S.GUESTS, S.PUBLISH, S.LETTERS), S.RELEASE),
    ],
)
def test_the_first_that_is_left_is_next_and_a_programme_may_wait(done, wanted):
    assert next_step({step: step in done for step in S}) is wanted


def test_there_is_a_next_step_as_long_as_no_letter_has_left():
    before = [step for step in S if step is not S.RELEASE]
    for states in product((True, False), repeat=len(before)):
        done = dict(zip(before, states, strict=True)) | {S.RELEASE: False}
        assert not done[next_step(done)]
