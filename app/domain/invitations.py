"""Invitations of institutions: states, answers, deadlines, quotas, and who is addressed how."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from app.domain.directory import HOME, MISSIONS, OrganizationKind
from app.domain.errors import Conflict, InvalidInput
from app.domain.events import EventStatus


class InvitationState(StrEnum):
    """Where an invitation stands. That a link was opened is not recorded: scanners open links."""

    DRAFT = "draft"
    SENT = "sent"
    UNDELIVERABLE = "undeliverable"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"


class Answer(StrEnum):
    """What an institution may answer."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


class AnswerSource(StrEnum):
    """Where an answer came from; a report is the printed account of a past event."""

    LINK = "link"
    LETTER = "letter"
    PHONE = "phone"
    EMAIL = "email"
    CALENDAR = "calendar"
    REPORT = "report"


class AttendanceLevel(StrEnum):
    """Who is asked to come: the head of the institution or a representative."""

    LEADER = "leader"
    REPRESENTATIVE = "representative"


class Constituency(StrEnum):
    """The three groups of "kết nối tay ba" (B09); an institution belongs to one of them at most."""

    DIPLOMATIC_CORPS = "A"
    LOCALITIES = "B"
    MISSIONS_ABROAD = "C"


ANSWERED = frozenset({InvitationState.ACCEPTED, InvitationState.DECLINED, InvitationState.TENTATIVE})
SILENT = frozenset({InvitationState.SENT, InvitationState.UNDELIVERABLE})
"""Asked, and no answer yet."""


@dataclass(frozen=True)
class Party:
    """How many institutions of one kind and country there are ("18 địa phương Việt Nam")."""

    kind: OrganizationKind
    country: str | None
    count: int


@dataclass(frozen=True)
class Invite:
    """Whom to invite: organisations by public id, groups by code; and on what terms (None: the event's)."""

    organizations: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    side: str | None = None
    level: AttendanceLevel | None = None
    quota: int | None = None
    deadline: datetime | None = None
    language: str | None = None
    letter_number: str = ""
    letter_date: date | None = None


@dataclass(frozen=True)
class GuestFilters:
    """What the list of guests is narrowed to; None and "" narrow nothing. `side` is a public id."""

    words: str = ""
    state: InvitationState | None = None
    side: str | None = None
    kind: OrganizationKind | None = None


@dataclass(frozen=True)
class Terms:
    """The terms of one invitation."""

    addressee: str
    email: str | None
    language: str
    side: str | None
    level: AttendanceLevel | None
    quota: int
    deadline: datetime | None
    letter_number: str
    letter_date: date | None
    reserved: int = 0


@dataclass(frozen=True)
class CommonTerms:
    """Terms set for several invitations at once; None leaves each as it is."""

    language: str | None = None
    side: str | None = None
    level: AttendanceLevel | None = None
    quota: int | None = None
    deadline: datetime | None = None
    letter_number: str | None = None
    letter_date: date | None = None
    reserved: int | None = None


@dataclass(frozen=True)
class AnswerCommand:
    """An answer of an institution.

    `after` is the public id of the answer that its author saw as the last one ("" for none);
    `withdraws` confirms that a refusal withdraws the delegates registered so far.
    """

    answer: Answer
    note: str = ""
    answered_by: str = ""
    after: str = ""
    withdraws: bool = False


@dataclass(frozen=True)
class RecordCommand:
    """An answer that came by letter, telephone or e-mail and is typed by the organiser."""

    answer: AnswerCommand
    source: AnswerSource
    source_date: date | None = None
    source_reference: str = ""


class Datable(Protocol):
    """What an event says about its time."""

    date: date | None
    starts_at: datetime | None
    timezone: str | None
    registration_deadline: datetime | None


def effective_deadline(own: datetime | None, event: Datable) -> datetime | None:
    """Return until when an answer may come: the institution's own deadline, the event's, or its beginning.

    An event that has a date and no clock time admits answers until that day is over in its zone.
    """
    if own or event.registration_deadline or event.starts_at:
        return own or event.registration_deadline or event.starts_at
    if event.date and event.timezone:
        return datetime.combine(event.date + timedelta(days=1), time(), ZoneInfo(event.timezone))
    return None


def last_day(deadline: datetime, zone: str | None) -> date:
    """Return the last day on which an answer is in time: midnight belongs to the day before it."""
    return (deadline.astimezone(ZoneInfo(zone or "UTC")) - timedelta(seconds=1)).date()


def is_open(status: EventStatus, deadline: datetime | None, now: datetime) -> bool:
    """Tell whether the institution may still answer by its link."""
    return status is EventStatus.PUBLISHED and (deadline is None or now <= deadline)


def require_open(status: EventStatus, deadline: datetime | None, now: datetime) -> None:
    """Raise Conflict("event_not_open") or Conflict("deadline_passed") when it may not."""
    if status is not EventStatus.PUBLISHED:
        raise Conflict("event_not_open")
    if deadline is not None and now > deadline:
        raise Conflict("deadline_passed")


def require_recordable(status: EventStatus, source: AnswerSource) -> None:
    """Raise unless the organiser may record an answer: letters come late, but not for a cancelled event."""
    if status is EventStatus.CANCELLED:
        raise Conflict("event_not_open")
    if source in {AnswerSource.LINK, AnswerSource.CALENDAR}:
        raise InvalidInput("source_not_by_hand", field="source")


def state_after(command: AnswerCommand, *, delegates: int) -> InvitationState:
    """Return the state after an answer.

    A refusal of an institution with registered delegates withdraws them, which must be confirmed:
    raises Conflict("delegates_registered", n=…) at the field `withdraws`.
    """
    if command.answer is Answer.DECLINED and delegates and not command.withdraws:
        raise Conflict("delegates_registered", field="withdraws", n=delegates)
    return InvitationState(command.answer.value)


def require_quota(quota: int, taken: int, reserved: int) -> None:
    """Raise Conflict("quota_below_taken") when more people are registered than the new quota admits.

    More places than it admits cannot be kept either: InvalidInput("reserved_above_quota").
    """
    if quota < taken:
        raise Conflict("quota_below_taken", field="quota", taken=taken)
    if reserved > quota:
        raise InvalidInput("reserved_above_quota", field="reserved", quota=quota)


def is_addressed_to_head(kind: OrganizationKind, country: str | None) -> bool:
    """Tell whether the letter goes to the head of the mission: ours abroad get theirs so (B04).

    A foreign mission is addressed as an institution, as notes verbales are.
    """
    return kind in MISSIONS and country == HOME


def usual_level(kind: OrganizationKind, country: str | None) -> AttendanceLevel:
    """Return who is usually asked: leaders of localities and missions of ours, representatives of others."""
    ours = kind is OrganizationKind.LOCALITY or is_addressed_to_head(kind, country)
    return AttendanceLevel.LEADER if ours else AttendanceLevel.REPRESENTATIVE


def constituency(kind: OrganizationKind, country: str | None) -> Constituency | None:
    """Return the group of B09 an organisation belongs to."""
    if kind in MISSIONS:
        return Constituency.MISSIONS_ABROAD if country == HOME else Constituency.DIPLOMATIC_CORPS
    return _CONSTITUENCIES.get(kind)


class Coded(Protocol):
    """A side of an event, by its code."""

    code: str


SideKind = TypeVar("SideKind", bound=Coded)


def side_of(kind: OrganizationKind, country: str | None, sides: Sequence[SideKind]) -> SideKind | None:
    """Return the side an organisation stands on by rule; None when no rule says.

    Sides named A, B and C are the groups of B09; sides named by a country take its organisations.
    """
    names = (constituency(kind, country), country)
    return next((side for name in names for side in sides if side.code == name), None)


_K = OrganizationKind
_CONSTITUENCIES = {
    _K.FOREIGN_BUSINESS_ASSOCIATION: Constituency.DIPLOMATIC_CORPS,
    _K.INTERNATIONAL_ORGANIZATION: Constituency.DIPLOMATIC_CORPS,
    _K.LOCALITY: Constituency.LOCALITIES,
    _K.FOREIGN_AFFAIRS_DEPARTMENT: Constituency.LOCALITIES,
    _K.BUSINESS_ASSOCIATION: Constituency.LOCALITIES,
    _K.CORPORATION: Constituency.LOCALITIES,
    _K.ENTERPRISE: Constituency.LOCALITIES,
}
