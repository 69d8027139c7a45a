"""Requests to speak: which session, on what, how long; the organiser gives a slot or declines with a word."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import Conflict, InvalidInput
from app.domain.events import EventStatus

LONGEST = 60
"""Minutes that may be asked for."""


class SpeakingState(StrEnum):
    """Where a request to speak stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskToSpeak:
    """A request as typed; `session`, `delegate`: public ids. None: any session; a speaker to be named."""

    session: str | None
    delegate: str | None = None
    topics: Mapping[str, str]
    minutes: int

    def __post_init__(self) -> None:
        """Refuse a request that does not say what about, or wants more than an hour."""
        if not any(self.topics.values()):
            raise InvalidInput("topic_missing", field="topics")
        if not 1 <= self.minutes <= LONGEST:
            raise InvalidInput("minutes_out_of_range", field="minutes", most=LONGEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerToSpeaker:
    """The organiser's word; a refusal says why."""

    accepts: bool
    answer: str = ""

    def __post_init__(self) -> None:
        """Refuse a refusal without a reason."""
        if not self.accepts and not self.answer:
            raise InvalidInput("reason_missing", field="answer")


def may_ask(status: EventStatus, *, is_over: bool) -> bool:
    """Tell whether one may ask to speak: the event is public and still to come."""
    return status in {EventStatus.PUBLISHED, EventStatus.CLOSED} and not is_over


def require_open(state: SpeakingState) -> None:
    """Raise Conflict("request_decided") when somebody has decided already."""
    if state is not SpeakingState.OPEN:
        raise Conflict("request_decided")
