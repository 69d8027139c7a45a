"""Change requests: what is asked for after the deadline; until the desk accepts, the old stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.errors import Conflict, InvalidInput
from app.domain.events import EventStatus

Values = Mapping[str, Any]
"""Particulars of a delegate by name: texts, texts per language, a role, public ids of sessions."""
_PER_LANGUAGE = frozenset({"ranks", "posts"})


class ChangeKind(StrEnum):
    """What is asked for."""

    EDIT = "edit"
    REPLACE = "replace"
    WITHDRAW = "withdraw"


class ChangeState(StrEnum):
    """Where a request stands; one that is taken back, or followed by another, is withdrawn."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForChange:
    """A request as typed: what the delegate, or who comes in his place, is to be; who asks, and why."""

    kind: ChangeKind
    wanted: Values
    asked_by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerToChange:
    """The desk's word about a request; a refusal says why."""

    accepts: bool
    answer: str = ""

    def __post_init__(self) -> None:
        """Refuse a refusal without a reason."""
        if not self.accepts and not self.answer:
            raise InvalidInput("reason_missing", field="answer")


def may_ask(status: EventStatus, *, is_open: bool, is_over: bool) -> bool:
    """Tell whether changes are asked for: when they are closed, and the event is still to come."""
    return not is_open and not is_over and status in {EventStatus.PUBLISHED, EventStatus.CLOSED}


def require_open(state: ChangeState) -> None:
    """Raise Conflict("request_decided") when somebody has decided already."""
    if state is not ChangeState.OPEN:
        raise Conflict("request_decided")


def changed(before: Values, wanted: Values) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what differs, as it is and as it is wanted; raise InvalidInput("nothing_changed").

    Of texts per language only those count that were asked for: others stay.
    """
    compared = {name: _part(name, before.get(name), value) for name, value in wanted.items()}
    different = [name for name, value in wanted.items() if compared[name] != value]
    if not different:
        raise InvalidInput("nothing_changed")
    return {name: compared[name] for name in different}, {name: wanted[name] for name in different}


def _part(name: str, present: Any, wanted: Any) -> Any:
    if name in _PER_LANGUAGE and isinstance(wanted, Mapping):
        return {language: (present or {}).get(language, "") for language in wanted}
    return present
