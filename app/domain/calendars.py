"""What a calendar file says: entries and feeds as values, free of any byte format.

The names are those of RFC 5545 and RFC 7986; moments are aware, all-day entries are dates.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class EntryStatus(StrEnum):
    """STATUS of a calendar entry (RFC 5545 section 3.8.1.11)."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organizer:
    """Who to write to about the entry; `address` is a plain mail address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conference:
    """Where to join online; `label` names it in the reader's language."""

    url: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One entry; `ends` is exclusive, for all-day entries too, as in RFC 5545 (one day: the next date).

    `stamp` is when this revision was made, in UTC; `zone` an IANA name; `alarm_minutes` before the start.
    """

    uid: str
    sequence: int
    stamp: datetime
    starts: datetime | date
    ends: datetime | date
    zone: str
    summary: str
    status: EntryStatus = EntryStatus.CONFIRMED
    created: datetime | None = None
    description: str = ""
    location: str = ""
    url: str = ""
    organizer: Organizer | None = None
    conference: Conference | None = None
    categories: tuple[str, ...] = ()
    alarm_minutes: int | None = None

    @property
    def is_all_day(self) -> bool:
        """Tell whether only the date is known or meant."""
        return not isinstance(self.starts, datetime)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a subscription says about itself; `color` is a CSS colour name (RFC 7986 section 5.9)."""

    zone: str
    source_url: str
    refresh_hours: int = 4
    color: str = "darkred"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFile:
    """A download, or with `feed` a subscription; `changed` is the last change of what it says, in UTC."""

    title: str
    entries: tuple[CalendarEntry, ...]
    language: str
    changed: datetime
    feed: Feed | None = None
