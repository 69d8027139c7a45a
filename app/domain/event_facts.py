"""What organisers say of an event: the commands of its use-cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from app.domain.approvals import Approval
from app.domain.errors import InvalidInput
from app.domain.event_times import Kept, Schedule
from app.domain.events import EventKind, EventStatus, Mode, ProtocolOrder
from app.domain.languages import Translated
from app.domain.programme import Interpretation


class RelationLevel(StrEnum):
    """How far the relations go whose anniversary an event marks."""

    DIPLOMATIC_RELATIONS = "diplomatic_relations"
    COMPREHENSIVE_PARTNERSHIP = "comprehensive_partnership"
    STRATEGIC_PARTNERSHIP = "strategic_partnership"
    COMPREHENSIVE_STRATEGIC_PARTNERSHIP = "comprehensive_strategic_partnership"


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherTitleFacts:
    """Another form of the title, met in print or used by one side (A03)."""

    language: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OccasionFacts:
    """An anniversary that the event marks; it may lie after the event (A14, A15)."""

    labels: Translated
    years: int | None = None
    relation_level: RelationLevel | None = None
    date_from: date | None = None
    date_to: date | None = None
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFacts:
    """Everything that the form of an event asks for.

    Organisations are named as people type them: code, name, abbreviation or alias. `parent` is the slug of
    the umbrella event; `deadline_clock` is read in the event's zone.
    """

    titles: Translated
    other_titles: tuple[OtherTitleFacts, ...] = ()
    purposes: Translated = field(default_factory=dict)
    taglines: Translated = field(default_factory=dict)
    public_notes: Translated = field(default_factory=dict)
    kind: EventKind = EventKind.ROUNDTABLE
    is_archive: bool = False
    schedule: Schedule = field(default_factory=Schedule)
    moves_programme: bool = True
    kept: Kept | None = None
    """What stays where the zone is changed and the hours are not."""
    mode: Mode = Mode.ONLINE
    venues: Translated = field(default_factory=dict)
    platform: str | None = None
    join_url: str | None = None
    languages: tuple[str, ...] = ()
    interpretation: Interpretation = Interpretation.NONE
    organizers: tuple[str, ...] = ()
    co_organizers: tuple[str, ...] = ()
    occasions: tuple[OccasionFacts, ...] = ()
    sectors: tuple[str, ...] = ()
    parent: str | None = None
    series: Translated = field(default_factory=dict)
    deadline_date: date | None = None
    deadline_clock: time | None = None
    admits_open_registration: bool = False
    capacity: int | None = None
    default_quota: int = 3
    approval: Approval = Approval.NONE
    offer_hours: int = 48
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    protocol_order: ProtocolOrder = ProtocolOrder.AS_INVITED
    order_language: str = "vi"
    order_letter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDate:
    """When an event takes place instead, and why; without a deadline of its own the old one moves along."""

    schedule: Schedule
    deadline_date: date | None = None
    deadline_clock: time | None = None
    note: Translated = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyFacts:
    """What a copy of an event gets of its own: titles, and a day or none yet."""

    titles: Translated
    day: date | None = None


class Shelf(StrEnum):
    """The parts of the desk's list of events."""

    UPCOMING = "upcoming"
    DRAFTS = "drafts"
    PAST = "past"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCriteria:
    """What a list of events is narrowed to; None means any."""

    words: str = ""
    shelf: Shelf | None = None
    kind: EventKind | None = None
    mode: Mode | None = None
    status: EventStatus | None = None
    sector: str | None = None
    year: int | None = None
    series: str | None = None


def require_letter(order: ProtocolOrder, letter: str | None) -> None:
    """Raise InvalidInput when the order begins at a drawn letter and none was drawn."""
    if order is ProtocolOrder.DRAWN_LETTER and not letter:
        raise InvalidInput("letter_missing", field="order_letter")


def named_occasion(occasion: OccasionFacts) -> Mapping[str, object]:
    """Return the columns of an occasion; raise InvalidInput where its dates contradict each other."""
    if occasion.date_from and occasion.date_to and occasion.date_to < occasion.date_from:
        raise InvalidInput("occasion_dates", field="occasions")
    return {
        "labels": dict(occasion.labels),
        "years": occasion.years,
        "relation_level": occasion.relation_level,
        "date_from": occasion.date_from,
        "date_to": occasion.date_to,
        "countries": list(occasion.countries),
    }
