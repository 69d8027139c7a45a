"""Delegates: roles, what a place is counted against, and the commands that change who comes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from app.domain.directory import OrganizationKind
from app.domain.errors import Conflict, InvalidInput
from app.domain.events import EventStatus
from app.domain.people import PersonDetails
from app.domain.text import fold


class DelegateRole(StrEnum):
    """What a person is in the delegation."""

    HEAD_OF_DELEGATION = "head_of_delegation"
    DELEGATE = "delegate"
    SPEAKER = "speaker"
    INTERPRETER = "interpreter"
    TECHNICIAN = "technician"
    OBSERVER = "observer"


class SeatState(StrEnum):
    """A seat, in an event or a session.

    Pending waits for approval; offered has been promised to the first of the waiting list until he says no or
    the offer runs out. Both hold a place, so that no later word can find it gone.
    """

    CONFIRMED = "confirmed"
    PENDING = "pending"
    OFFERED = "offered"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"


class Departure(StrEnum):
    """Why somebody who is withdrawn does not come; an offer is a place offered to the first who waits."""

    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    REJECTED = "rejected"
    DECLINED_OFFER = "declined_offer"
    EXPIRED_OFFER = "expired_offer"


OCCUPYING = frozenset({SeatState.CONFIRMED, SeatState.PENDING, SeatState.OFFERED})
"""States that hold a place: counted in `taken` of event, session, side."""

SERVING = frozenset({DelegateRole.INTERPRETER, DelegateRole.TECHNICIAN})
"""They serve a delegation and are never counted: not in its quota, nor in the event, nor in a session."""

CONSENT_VERSION = "2026-11"
"""Names the text on personal data under the open form; a change of that text needs a new name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDelegate:
    """Add a person to a delegation; `sessions` are public ids, `request_key` is made with the form."""

    person: PersonDetails
    role: DelegateRole
    sessions: tuple[str, ...]
    request_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterAlone:
    """Register oneself where the event admits it; `consented` to the text of CONSENT_VERSION."""

    person: PersonDetails
    sessions: tuple[str, ...]
    request_key: str
    consented: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EditDelegate:
    """Change a delegate's particulars, role and sessions; `revision` is the one that was shown."""

    person: PersonDetails
    role: DelegateRole
    sessions: tuple[str, ...]
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceDelegate:
    """Send somebody else in a delegate's place, in his role and sessions.

    `revision` is the one of the delegate that was shown; a substitute stands in for this once (dự thay).
    """

    person: PersonDetails
    is_substitute: bool
    request_key: str
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOffer:
    """Take the place that is kept, or leave it; `session` is a public id, None is the event as a whole."""

    session: str | None
    takes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectOwnData:
    """What a delegate may correct himself: how his name is written, and how to reach him."""

    full_name: str
    native_name: str | None
    form_of_address: str
    language: str
    phone: str
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegateFilters:
    """What one wants to see; side, session and institution by public id, None for all."""

    side: str | None = None
    session: str | None = None
    state: SeatState | None = None
    role: DelegateRole | None = None
    institution: str | None = None
    words: str = ""


def is_counted(role: DelegateRole) -> bool:
    """Tell whether this role takes a place of quota, event and sessions."""
    return role not in SERVING


def free_places(capacity: int | None, taken: int) -> int | None:
    """Return how many places are left; None where there is no limit."""
    return None if capacity is None else max(capacity - taken, 0)


def admits(admitted_kinds: Collection[str], kind: OrganizationKind | None) -> bool:
    """Tell whether a session is open to delegates of this kind of organisation (B20); None: not known."""
    return not admitted_kinds or (kind is not None and kind.value in admitted_kinds)


def require_changeable(status: EventStatus) -> None:
    """Raise Conflict("event_not_open") where not even the desk may change who comes."""
    if status is EventStatus.CANCELLED:
        raise Conflict("event_not_open")


def require_one_head(role: DelegateRole, heads: Iterable[str]) -> None:
    """Raise Conflict("head_exists") when the delegation has a head already; `heads` are the others' names."""
    name = next(iter(heads), None)
    if role is DelegateRole.HEAD_OF_DELEGATION and name is not None:
        raise Conflict("head_exists", field="role", name=name)


def require_same_person(before: str, after: str, *, code: str = "name_of_another") -> None:
    """Raise InvalidInput unless names differ in spelling alone: another person has to be nominated."""
    if sorted(fold(before).split()) != sorted(fold(after).split()):
        raise InvalidInput(code, field="full_name")


def require_another_person(before: tuple[str, str | None], after: tuple[str, str | None]) -> None:
    """Raise InvalidInput("replaces_himself") when (name, e-mail) are those of the one who is replaced."""
    if is_same_person(before, after):
        raise InvalidInput("replaces_himself", field="full_name")


def is_same_person(one: tuple[str, str | None], other: tuple[str, str | None]) -> bool:
    """Compare (name, e-mail). Without an address diacritics count: Tú and Tư are two people."""
    (name, email), (other_name, other_email) = one, other
    if (email or "").casefold() != (other_email or "").casefold():
        return False
    return fold(name) == fold(other_name) if email else name.casefold() == other_name.casefold()


def request_fingerprint(scope: str, request_key: str) -> str:
    """Return what a form sent twice has in common, 40 characters; `scope` keeps strangers' keys apart."""
    return sha256(f"{scope}\x00{request_key}".encode()).hexdigest()[:40]


def has_more_room(before: int | None, after: int | None) -> bool:
    """Tell whether a changed capacity (None: no limit) leaves room for some who wait."""
    return before is not None and (after is None or after > before)
