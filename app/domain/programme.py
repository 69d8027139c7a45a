"""Sessions, agenda items and appointments."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from typing import TypeVar

from app.domain.calendars import EntryStatus
from app.domain.directory import OrganizationKind
from app.domain.errors import InvalidInput
from app.domain.local_time import Hours

T = TypeVar("T")
MOST_SLOTS = 60
"""How many speaking slots one act may reserve."""


class SessionStatus(StrEnum):
    """A session is on, or called off; the called-off one stays visible."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


class Edition(StrEnum):
    """Who reads a row of the programme: guests, the desk that plans on, or both (decision 14).

    Until a version is released everybody reads the same rows. From then on guests keep those that were
    released, and the desk changes twins of them, which have the same public ids.
    """

    SHARED = "shared"
    RELEASED = "released"
    PLANNED = "planned"


class AgendaKind(StrEnum):
    """What happens in an agenda item."""

    OPENING_REMARKS = "opening_remarks"
    PRESENTATION = "presentation"
    DISCUSSION = "discussion"
    PROPOSALS = "proposals"
    CLOSING_REMARKS = "closing_remarks"
    BREAK = "break"
    OTHER = "other"


class Interpretation(StrEnum):
    """How people of different languages understand each other; consecutive doubles speaking time."""

    NONE = "none"
    SIMULTANEOUS = "simultaneous"
    CONSECUTIVE = "consecutive"


class AppointmentRole(StrEnum):
    """What an organisation or its person does in the programme."""

    CHAIR = "chair"
    CO_CHAIR = "co_chair"
    OPENING_SPEAKER = "opening_speaker"
    CLOSING_SPEAKER = "closing_speaker"
    MODERATOR = "moderator"
    SPEAKER = "speaker"
    INTERPRETER = "interpreter"
    SECRETARY = "secretary"
    GUEST_OF_HONOUR = "guest_of_honour"


CHAIRS = frozenset({AppointmentRole.CHAIR, AppointmentRole.CO_CHAIR})
SPEAKERS = frozenset(
    {AppointmentRole.OPENING_SPEAKER, AppointmentRole.CLOSING_SPEAKER, AppointmentRole.SPEAKER}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDetails:
    """A session as typed; the hours are those of the event's zone. Empty `admitted_kinds` admit all.

    Without an `interpretation` of its own that of the event holds. `moves_following` lets the sessions that
    follow on that day move by as much as its end does.
    """

    titles: Mapping[str, str]
    summaries: Mapping[str, str] = field(default_factory=dict)
    hours: Hours = field(default_factory=Hours)
    capacity: int | None = None
    languages: tuple[str, ...] = ()
    room: str = ""
    join_url: str | None = None
    admitted_kinds: tuple[OrganizationKind, ...] = ()
    sectors: tuple[str, ...] = ()
    interpretation: Interpretation | None = None
    moves_following: bool = False

    def __post_init__(self) -> None:
        """Refuse a session without a title."""
        if not any(self.titles.values()):
            raise InvalidInput("title_missing", field="titles")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItemDetails:
    """A point of the programme as typed; `session` is a public id, None means the event as a whole.

    `starts` is a clock on the day of the session, in the event's zone; `minutes` are those that are spoken.
    `moves_following` lets the items after it move by as much as its end does.
    """

    kind: AgendaKind
    titles: Mapping[str, str] = field(default_factory=dict)
    session: str | None = None
    starts: time | None = None
    minutes: int | None = None
    moves_following: bool = False

    def __post_init__(self) -> None:
        """Refuse an item of which nobody could tell what it is."""
        if self.kind is AgendaKind.OTHER and not any(self.titles.values()):
            raise InvalidInput("title_missing", field="titles")


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentDetails:
    """Who does what: held by an organisation, reserved for a side, or by whom `labels` describe (B14, A30).

    `session`, `agenda_item`, `side` and `person` are public ids, `organization` is a code of the directory.
    """

    role: AppointmentRole
    session: str | None = None
    agenda_item: str | None = None
    side: str | None = None
    organization: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    person: str | None = None
    topics: Mapping[str, str] = field(default_factory=dict)
    from_language: str | None = None
    to_language: str | None = None

    def __post_init__(self) -> None:
        """Refuse a place that belongs to nobody, and an interpreter from a language into the same."""
        if not (self.side or self.organization or self.person or any(self.labels.values())):
            raise InvalidInput("holder_missing", field="organization")
        if self.from_language is not None and self.from_language == self.to_language:
            raise InvalidInput("same_language", field="to_language")


@dataclass(frozen=True, slots=True, kw_only=True)
class SideDetails:
    """A party to the event. Guests join it by its code: a country's, or A, B, C for the groups of B09."""

    code: str
    names: Mapping[str, str]
    capacity: int | None = None

    def __post_init__(self) -> None:
        """Refuse a side without name or code."""
        if not self.code:
            raise InvalidInput("code_missing", field="code")
        if not any(self.names.values()):
            raise InvalidInput("name_missing", field="names")


@dataclass(frozen=True, slots=True)
class SpeakingSlots:
    """The speaking slots of one side: reserved, given to somebody; and how many institutions could speak."""

    reserved: int
    filled: int
    invited: int


def moved(order: Sequence[T], item: T, places: int) -> tuple[T, ...]:
    """Return the order with the item moved up (negative) or down; it stops at the ends."""
    rest = [other for other in order if other != item]
    place = max(0, min(len(rest), order.index(item) + places))
    return (*rest[:place], item, *rest[place:])


def admits(admitted_kinds: Collection[str], kind: OrganizationKind | None) -> bool:
    """Tell whether delegates of such an organisation may choose the session (B20)."""
    return not admitted_kinds or (kind is not None and kind in admitted_kinds)


def require_capacity(capacity: int | None, taken: int) -> None:
    """Raise InvalidInput("capacity_below_taken") rather than leave people without their seat."""
    if capacity is not None and capacity < taken:
        raise InvalidInput("capacity_below_taken", field="capacity", taken=taken)


def entry_status(status: SessionStatus) -> EntryStatus:
    """Return what a calendar says of a session."""
    return EntryStatus.CANCELLED if status is SessionStatus.CANCELLED else EntryStatus.CONFIRMED
