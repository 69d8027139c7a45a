"""Rules of invitations: whose deadline counts, when it is over, who stands on which side."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from app.domain.directory import OrganizationKind as K
from app.domain.errors import Conflict, InvalidInput
from app.domain.events import EventStatus
from app.domain.identifiers import reference
from app.domain.invitations import (
    Answer,
    AnswerCommand,
    InvitationState,
    Party,
    effective_deadline,
    is_open,
    last_day,
    require_quota,
    side_of,
    state_after,
)
from app.i18n.parties import in_words

START = datetime(2027, 10, 27, 7, tzinfo=UTC)
OWN = datetime(2027, 10, 15, 10, tzinfo=UTC)
COMMON = datetime(2027, 10, 20, 10, tzinfo=UTC)


@dataclass
class Event:
    """What an event says about its time."""

    starts_at: datetime | None = START
    timezone: str | None = "Asia/Ho_Chi_Minh"
    registration_deadline: datetime | None = COMMON
    date: "date | None" = date(2027, 10, 27)


@dataclass
class Side:
    """A side by its code."""

    code: str


@pytest.mark.parametrize(
    ("own", "event", "until"),
    [
        (OWN, Event(), OWN),
        (None, Event(), COMMON),
        (None, Event(registration_deadline=None), START),
        (None, Event(registration_deadline=None, starts_at=None), datetime(2027, 10, 27, 17, tzinfo=UTC)),
        (None, Event(None, None, None, None), None),
    ],
)
def test_own_deadline_then_the_events_then_its_beginning(own, event, until):
    assert effective_deadline(own, event) == until


def test_midnight_belongs_to_the_day_that_it_closes():
    assert last_day(datetime(2027, 10, 27, 17, tzinfo=UTC), "Asia/Ho_Chi_Minh") == date(2027, 10, 27)
    assert last_day(COMMON, "Asia/Ho_Chi_Minh") == date(2027, 10, 20)


def test_only_published_events_are_open_until_the_deadline():
    assert is_open(EventStatus.PUBLISHED, COMMON, COMMON)
    assert not is_open(EventStatus.PUBLISHED, COMMON, COMMON.replace(second=1))
    assert not any(is_open(status, None, OWN) for status in EventStatus if status != "published")


def test_every_answer_has_its_state_and_a_refusal_asks_about_delegates():
    for answer in Answer:
        assert state_after(AnswerCommand(answer), delegates=0) == InvitationState(answer)
    assert state_after(AnswerCommand(Answer.TENTATIVE), delegates=3) is InvitationState.TENTATIVE
    with pytest.raises(Conflict, match="delegates_registered"):
        state_after(AnswerCommand(Answer.DECLINED), delegates=3)
    confirmed = AnswerCommand(Answer.DECLINED, withdraws=True)
    assert state_after(confirmed, delegates=3) is InvitationState.DECLINED


def test_a_quota_is_never_below_what_is_taken():
    require_quota(3, 3, 3)
    with pytest.raises(Conflict, match="quota_below_taken"):
        require_quota(2, 3, 0)
    with pytest.raises(InvalidInput, match="reserved_above_quota"):
        require_quota(3, 0, 4)


@pytest.mark.parametrize(
    ("kind", "country", "code"),
    [
        (K.EMBASSY, "JP", "A"),
        (K.FOREIGN_BUSINESS_ASSOCIATION, "KR", "A"),
        (K.LOCALITY, "VN", "B"),
        (K.CORPORATION, "VN", "B"),
        (K.CONSULATE_GENERAL, "VN", "C"),
        (K.FOREIGN_LOCALITY, "RU", "RU"),
        (K.MINISTRY, "VN", None),
    ],
)
def test_b09_sides_take_their_group_or_their_country(kind, country, code):
    side = side_of(kind, country, [Side("A"), Side("B"), Side("C"), Side("RU")])
    assert (side.code if side else None) == code


def test_a21_institutions_are_counted_in_words():
    parties = [Party(K.LOCALITY, "VN", 18), Party(K.FOREIGN_LOCALITY, "RU", 5)]
    assert in_words(parties, "vi") == ["18 địa phương Việt Nam", "5 chủ thể Nga"]
    assert in_words(parties, "en") == ["18 Vietnamese localities", "5 Russian subjects"]
    assert in_words([Party(K.FOREIGN_LOCALITY, "RU", 1)], "ru") == ["1 субъект Российской Федерации"]
    missions = [Party(K.EMBASSY, "JP", 1), Party(K.CONSULATE_GENERAL, "FR", 2), Party(K.EMBASSY, "VN", 94)]
    assert in_words(missions, "en") == ["3 foreign missions", "94 Vietnamese missions abroad"]


def test_a_reference_number_can_be_read_out():
    assert reference("k7qmxp42hhab") == "K7QM-XP42-HHAB"
