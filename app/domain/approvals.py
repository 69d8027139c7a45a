"""Approval of registrations: in none, one or two stages; whose word is still missing."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import InvalidInput
from app.domain.registrations import SeatState


class Approval(StrEnum):
    """Who has to approve a registration before it is confirmed."""

    NONE = "none"
    SECRETARIAT = "secretariat"
    HEAD_THEN_SECRETARIAT = "head_then_secretariat"


class Approver(StrEnum):
    """Whose word a registration waits for: the head of the delegate's institution, or the secretariat."""

    HEAD = "head"
    SECRETARIAT = "secretariat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A word about delegates (public ids); a refusal says why."""

    delegates: tuple[str, ...]
    approves: bool
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse a decision about nobody, and a refusal without a reason."""
        if not self.delegates:
            raise InvalidInput("nobody_chosen", field="chosen")
        if not self.approves and not self.reason:
            raise InvalidInput("reason_missing", field="reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskHead:
    """Whom the focal point asks to approve: the head of the institution, at an address of his."""

    name: str
    email: str


def first_approver(approval: Approval, *, has_institution: bool) -> Approver | None:
    """Return whose word a new registration waits for; who registers alone has no head above him."""
    if approval is Approval.NONE:
        return None
    is_first_head = approval is Approval.HEAD_THEN_SECRETARIAT and has_institution
    return Approver.HEAD if is_first_head else Approver.SECRETARIAT


def next_approver(given: Approver) -> Approver | None:
    """Return whose word is missing after this one was given."""
    return Approver.SECRETARIAT if given is Approver.HEAD else None


def granted(awaits: Approver | None) -> SeatState:
    """Return in which state somebody holds his places: pending while a word is missing."""
    return SeatState.CONFIRMED if awaits is None else SeatState.PENDING
