"""Every value of every enum of the domain that people can see has a word."""

import importlib
import inspect
import pkgutil
from enum import Enum

import pytest

from app import domain
from app.domain.invitations import InvitationState
from app.domain.registrations import SeatState
from app.i18n.labels import LABELS
from app.i18n.wording import label

NEVER_SHOWN = {
    "DueLetter",
    "Edition",
    "EntryStatus",
    "Method",
    "Outcome",
    "ParticipationRole",
    "Permission",
    "Proof",
}
"""STATUS, METHOD, ROLE of calendars, the server's word, rights, editions, the courier's notes: for code."""

ENUMS = {
    enum.__name__: enum
    for module in pkgutil.iter_modules(domain.__path__)
    for _, enum in inspect.getmembers(importlib.import_module(f"app.domain.{module.name}"), inspect.isclass)
    if issubclass(enum, Enum)
    and enum.__module__.startswith("app.domain")
    and enum.__name__ not in NEVER_SHOWN
}


@pytest.mark.parametrize("name", sorted(ENUMS))
def test_every_value_has_a_word(name):
    assert set(LABELS.get(name, ())) == {member.value for member in ENUMS[name]}


def test_no_words_for_what_is_not_there():
    assert set(LABELS) <= set(ENUMS)


def test_pending_waiting_and_confirmed_are_never_mixed():
    assert label(SeatState.WAITING, "vi") == "Danh sách chờ"
    assert label(SeatState.CONFIRMED, "vi") == "Đã xác nhận"
    assert label(InvitationState.SENT, "vi") == "Chưa trả lời"
