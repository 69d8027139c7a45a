"""What a calendar file says: entries, feeds and messages as values, free of any byte format.

The names are those of RFC 5545, RFC 5546 and RFC 7986; moments are aware, all-day entries are dates.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class EntryStatus(StrEnum):
    """STATUS of a calendar entry (RFC 5545 section 3.8.1.11)."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


class Method(StrEnum):
    """METHOD of a scheduling message (RFC 5546 section 1.4)."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    REPLY = "REPLY"
    ADD = "ADD"
    CANCEL = "CANCEL"
    REFRESH = "REFRESH"
    COUNTER = "COUNTER"
    DECLINECOUNTER = "DECLINECOUNTER"


class PartStat(StrEnum):
    """PARTSTAT of a guest (RFC 5545 section 3.2.12)."""

    NEEDS_ACTION = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    TENTATIVE = "TENTATIVE"
    DELEGATED = "DELEGATED"


class ParticipationRole(StrEnum):
    """ROLE of a guest (RFC 5545 section 3.2.16)."""

    REQUIRED = "REQ-PARTICIPANT"
    OPTIONAL = "OPT-PARTICIPANT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organizer:
    """Who to write to about the entry; `address` is a plain mail address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """The one guest of a private message, and what he has answered so far."""

    name: str
    address: str
    partstat: PartStat = PartStat.NEEDS_ACTION
    role: ParticipationRole = ParticipationRole.REQUIRED


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
    attendee: Attendee | None = None
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
    """A download, with `feed` a subscription, with `method` a message to one guest.

    `changed` is the last change of what it says, in UTC.
    """

    title: str
    entries: tuple[CalendarEntry, ...]
    language: str
    changed: datetime
    feed: Feed | None = None
    method: Method | None = None
