"""Raise SEQUENCE of whatever an act changed in people's calendars, of the event and of its sessions."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.domain.calendar_slots import Slot, place_session
from app.domain.calendars import EntryStatus
from app.domain.event_times import HOME_ZONE
from app.domain.events import CALLED_OFF, EventStatus, entry_status
from app.domain.itip import Revision, next_sequence
from app.domain.programme import SessionStatus
from app.models.events import Event
from app.models.programme import Session

Revisions = Mapping[str, Revision]
"""What calendars say now, per UID."""


def revisions(event: Event, sessions: Sequence[Session]) -> Revisions:
    """Return what calendars say of the event and of each session."""
    whole = _slot(event)
    slots = [_slot_of_session(session, whole.zone) for session in sessions]
    found = {event.calendar_uid: _of_event(event)}
    for session, slot in zip(sessions, slots, strict=True):
        place = place_session(slot, event=whole, sessions=slots)
        found[session.calendar_uid] = Revision(
            starts=place.starts if place else None,
            ends=place.ends if place else None,
            status=EntryStatus.CANCELLED if place and place.called_off else entry_status(event.status),
            link=session.join_url or event.join_url or "",
        )
    return found


def raise_sequences(event: Event, sessions: Sequence[Session], before: Revisions, *, now: datetime) -> bool:
    """Raise the sequence of each entry that changed since `before`; tell whether any did.

    A draft stays as it is: it is in nobody's calendar yet.
    """
    event.changed_at = now
    if event.status is EventStatus.DRAFT:
        return False
    after, changed = revisions(event, sessions), False
    rows: list[Event | Session] = [event, *sessions]
    for row in rows:
        sequence = next_sequence(row.sequence, before[row.calendar_uid], after[row.calendar_uid])
        if sequence != row.sequence:
            row.sequence, row.changed_at, changed = sequence, now, True
    return changed


def _of_event(event: Event) -> Revision:
    return Revision(
        starts=event.starts_at or event.date,
        ends=event.ends_at,
        status=entry_status(event.status),
        link=event.join_url or "",
    )


def _slot(event: Event) -> Slot:
    return Slot(
        uid=event.calendar_uid,
        zone=event.timezone or HOME_ZONE,
        day=event.date,
        starts=event.starts_at,
        ends=event.ends_at,
        called_off=event.status in CALLED_OFF,
    )


def _slot_of_session(session: Session, zone: str) -> Slot:
    return Slot(
        uid=session.calendar_uid,
        zone=zone,
        starts=session.starts_at,
        ends=session.ends_at,
        called_off=session.status is SessionStatus.CANCELLED,
    )
