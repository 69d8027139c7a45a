"""The way of a new roundtable to its first letter."""

from collections.abc import Mapping
from enum import StrEnum


class FirstStep(StrEnum):
    """What is done for the first time, in the order in which it is best done."""

    FACTS = "facts"
    PROGRAMME = "programme"
    GUESTS = "guests"
    PUBLISH = "publish"
    LETTERS = "letters"
    RELEASE = "release"


def next_step(done: Mapping[FirstStep, bool]) -> FirstStep:
    """Return the first step that is left; a programme may wait once a later step is done."""
    left = [step for step in FirstStep if not done[step]]
    order = list(FirstStep)
    later = any(done[step] for step in order[order.index(FirstStep.PROGRAMME) + 1 :])
    return next(step for step in left if step is not FirstStep.PROGRAMME or not later)
