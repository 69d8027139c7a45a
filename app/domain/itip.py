"""Revisions of a calendar entry (RFC 5546 section 2.1.4)."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.calendars import EntryStatus


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
