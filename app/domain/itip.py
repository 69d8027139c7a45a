"""Revisions of a calendar entry and what each guest was told of them (RFC 5546 sections 2.1.4 and 3.2)."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from app.domain.calendars import EntryStatus, PartStat


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What a guest has to be asked or told about again when it changes; `link` is where to join."""

    starts: datetime | date | None
    ends: datetime | date | None
    status: EntryStatus
    link: str = ""


def next_sequence(sequence: int, before: Revision, after: Revision) -> int:
    """Return SEQUENCE after an edit: one more when hours, status or link changed; texts leave it."""
    return sequence if before == after else sequence + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one guest was last told of an entry, and what he said to it.

    `hours` is an ISO 8601 interval; `essence` a digest of status and link, which are not to be kept in clear.
    """

    sequence: int
    hours: str
    essence: str
    partstat: PartStat = PartStat.NEEDS_ACTION
    is_cancelled: bool = False


def requested(
    before: Told | None, revision: Revision, *, floor: int, answer: PartStat = PartStat.NEEDS_ACTION
) -> Told:
    """Return what the guest knows after a REQUEST.

    `floor` is the entry's own SEQUENCE, `answer` what is known of his mind before he is asked at all.

    SEQUENCE rises with hours, status and link, and where an entry comes back. Other hours ask again: the old
    answer was to another question.
    """
    now = Told(sequence=floor, hours=_interval(revision), essence=_essence(revision))
    if before is None:
        return replace(now, partstat=answer)
    if before.hours != now.hours:
        return replace(now, sequence=max(floor, before.sequence + 1))
    if before.is_cancelled:
        return replace(now, sequence=max(floor, before.sequence + 1), partstat=answer)
    rises = before.essence != now.essence
    return replace(now, sequence=max(floor, before.sequence + rises), partstat=before.partstat)


def cancelled(before: Told) -> Told:
    """Return what the guest knows after a CANCEL: one SEQUENCE more, nothing to answer."""
    return replace(before, sequence=before.sequence + 1, is_cancelled=True, partstat=PartStat.NEEDS_ACTION)


def is_news(before: Told | None, after: Told) -> bool:
    """Tell whether the guest has to hear of it: hours, status or link; new texts alone are no news."""
    return before is None or (before.is_cancelled, before.hours, before.essence) != (
        after.is_cancelled,
        after.hours,
        after.essence,
    )


class Effect(StrEnum):
    """What a guest notices when his calendar is told of an entry."""

    ASKS = "asks"
    ASKS_AGAIN = "asks_again"
    UPDATES = "updates"
    REMOVES = "removes"
    REPEATS = "repeats"


def effect_of(before: Told | None, after: Told) -> Effect:
    """Return what the guest notices: asked, asked again, told, rid of the entry, or nothing new."""
    if after.is_cancelled:
        return Effect.REMOVES
    if before is None or before.is_cancelled:
        return Effect.ASKS
    if before.hours != after.hours:
        return Effect.ASKS_AGAIN
    return Effect.UPDATES if is_news(before, after) else Effect.REPEATS


def hours_of(told: Told) -> tuple[datetime | date, datetime | date]:
    """Return start and end as the guest knows them; what was told always has both."""
    starts, _, ends = told.hours.partition("/")
    return _moment(starts), _moment(ends)


def _moment(text: str) -> datetime | date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _interval(revision: Revision) -> str:
    return f"{_iso(revision.starts)}/{_iso(revision.ends)}"


def _iso(at: datetime | date | None) -> str:
    return at.isoformat() if at else ""


def _essence(revision: Revision) -> str:
    return sha256(f"{revision.status}\x00{revision.link}".encode()).hexdigest()[:32]
