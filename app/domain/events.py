"""Roundtables: their states, what may follow what, and what publishing asks for."""

from datetime import date, datetime
from enum import StrEnum

from app.domain.calendars import EntryStatus
from app.domain.errors import Conflict, InvalidInput
from app.domain.languages import DEFAULT, Translated


class EventKind(StrEnum):
    """Kinds of event; the roundtable is the default."""

    ROUNDTABLE = "roundtable"
    CONFERENCE = "conference"
    SEMINAR = "seminar"
    FORUM = "forum"
    MEET_EVENT = "meet_event"


class Mode(StrEnum):
    """How people take part; archives may not know."""

    ONLINE = "online"
    IN_PERSON = "in_person"
    HYBRID = "hybrid"
    UNKNOWN = "unknown"


class PartOfDay(StrEnum):
    """A time of day without a clock ("chiều 27/10")."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class EventStatus(StrEnum):
    """The life of an event. Published admits answers; closed shows, but admits no more of them.

    Postponed means without a new date: the old one stays in the row, so that calendars can strike it out.
    """

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"


class Act(StrEnum):
    """What an organiser can do with an event as a whole."""

    PUBLISH = "publish"
    DISCARD = "discard"
    CLOSE = "close"
    REOPEN = "reopen"
    POSTPONE = "postpone"
    RESUME = "resume"
    CANCEL = "cancel"
    ARCHIVE = "archive"
    RESTORE = "restore"


class Missing(StrEnum):
    """What an event must have before it is published."""

    TITLE = "title"
    DATE = "date"
    MODE = "mode"
    ORGANIZER = "organizer"


class Advice(StrEnum):
    """What an event should have before it is published, but need not."""

    HOURS = "hours"
    JOINING = "joining"
    DEADLINE = "deadline"
    CONTACT = "contact"
    TRANSLATION = "translation"
    PROGRAMME = "programme"
    GUESTS = "guests"


class OrganizerRole(StrEnum):
    """How an organisation carries an event."""

    ORGANIZER = "organizer"
    CO_ORGANIZER = "co_organizer"


class ProtocolOrder(StrEnum):
    """The rule that orders delegations; a manual override stands above it."""

    PRECEDENCE = "precedence"
    ALPHABETICAL = "alphabetical"
    DRAWN_LETTER = "drawn_letter"
    AS_INVITED = "as_invited"


_S = EventStatus
TRANSITIONS: dict[EventStatus, frozenset[EventStatus]] = {
    _S.DRAFT: frozenset({_S.PUBLISHED, _S.ARCHIVED}),
    _S.PUBLISHED: frozenset({_S.CLOSED, _S.POSTPONED, _S.CANCELLED, _S.ARCHIVED}),
    _S.CLOSED: frozenset({_S.PUBLISHED, _S.POSTPONED, _S.CANCELLED, _S.ARCHIVED}),
    _S.POSTPONED: frozenset({_S.PUBLISHED, _S.CANCELLED}),
    _S.CANCELLED: frozenset(),
    _S.ARCHIVED: frozenset({_S.CLOSED}),
}
"""What was called off stays so: the archive holds what took place."""
PUBLIC = frozenset({_S.PUBLISHED, _S.CLOSED, _S.POSTPONED, _S.CANCELLED, _S.ARCHIVED})
CALLED_OFF = frozenset({_S.POSTPONED, _S.CANCELLED})

_ACTS: dict[EventStatus, tuple[Act, ...]] = {
    _S.DRAFT: (Act.PUBLISH, Act.DISCARD),
    _S.PUBLISHED: (Act.CLOSE, Act.POSTPONE, Act.CANCEL, Act.ARCHIVE),
    _S.CLOSED: (Act.REOPEN, Act.POSTPONE, Act.CANCEL, Act.ARCHIVE),
    _S.POSTPONED: (Act.RESUME, Act.CANCEL),
    _S.CANCELLED: (),
    _S.ARCHIVED: (Act.RESTORE,),
}


def change_status(now: EventStatus, to: EventStatus) -> EventStatus:
    """Return the new status; raise Conflict("event_status") when it cannot follow the present one."""
    if to not in TRANSITIONS[now]:
        raise Conflict("event_status", now=now, to=to)
    return to


def possible_acts(status: EventStatus, *, is_archive: bool, is_over: bool) -> tuple[Act, ...]:
    """Return what can be done next: what is over admits no answers, what is not cannot be filed."""
    if status is _S.DRAFT and is_archive:
        return (Act.ARCHIVE, Act.DISCARD)
    if status is _S.ARCHIVED and is_archive:
        return ()  # a record of the past was never open
    unfit = Act.REOPEN if is_over else Act.ARCHIVE
    return tuple(act for act in _ACTS[status] if act is not unfit)


def is_over(day: date | None, starts: datetime | None, ends: datetime | None, *, now: datetime) -> bool:
    """Tell whether an event lies in the past; one whose date is not known does not."""
    if ends is not None:
        return ends <= now
    if starts is not None:
        return starts.date() < now.date()
    return day is not None and day < now.date()


def missing_for_publishing(
    *, titles: Translated, day: date | None, mode: Mode, organizers: int, is_archive: bool
) -> tuple[Missing, ...]:
    """Return what is missing; the archive asks for the title alone, its source may say no more (B30, A36)."""
    known = {Missing.TITLE: bool(titles.get(DEFAULT))}
    if not is_archive:
        known |= {
            Missing.DATE: day is not None,
            Missing.MODE: mode is not Mode.UNKNOWN,
            Missing.ORGANIZER: organizers > 0,
        }
    return tuple(need for need, is_known in known.items() if not is_known)


def require_complete(missing: tuple[Missing, ...]) -> None:
    """Raise InvalidInput("event_incomplete"), which names what is missing."""
    if missing:
        raise InvalidInput("event_incomplete", missing=missing)


def entry_status(status: EventStatus) -> EntryStatus:
    """Return what calendars say of an event in this status."""
    return EntryStatus.CANCELLED if status in CALLED_OFF else EntryStatus.CONFIRMED
