"""What moves along: a session's agenda with it, the sessions and items that follow when one ends later."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain import agenda, itip, programme
from app.domain.agenda import Slot
from app.domain.event_times import HOME_ZONE, moved
from app.models.events import Event
from app.models.programme import AgendaItem, Session, at_desk
from app.queries.agenda_slots import slots_of


def revision_of(row: Session) -> itip.Revision:
    """Return what calendars say of a session."""
    return itip.Revision(
        starts=row.starts_at,
        ends=row.ends_at,
        status=programme.entry_status(row.status),
        link=row.join_url or row.event.join_url or "",
    )


def shift_agenda(session: orm.Session, row: Session, started: datetime | None) -> None:
    """Move the agenda of a session that began at `started` along to its present start."""
    if started is None or started == row.starts_at:
        return
    for item in session.scalars(sa.select(AgendaItem).where(AgendaItem.session_id == row.id)):
        if item.starts_at:
            item.starts_at = row.starts_at + (item.starts_at - started) if row.starts_at else None


def move_sessions(session: orm.Session, row: Session, before: itip.Revision, *, now: datetime) -> None:
    """Move those that begin on the same day after a session ended by as much as its end has moved."""
    ended = before.ends
    if not isinstance(ended, datetime) or row.ends_at is None or ended == row.ends_at:
        return
    zone, by = ZoneInfo(row.event.timezone or HOME_ZONE), row.ends_at - ended
    later = sa.select(Session).where(
        Session.event_id == row.event_id,
        at_desk(Session),
        Session.id != row.id,
        Session.starts_at >= ended,
    )
    for other in session.scalars(later):
        if (
            other.starts_at is None
            or other.starts_at.astimezone(zone).date() != ended.astimezone(zone).date()
        ):
            continue
        said, started = revision_of(other), other.starts_at
        other.starts_at, other.ends_at = started + by, other.ends_at and other.ends_at + by
        other.sequence = itip.next_sequence(other.sequence, said, revision_of(other))
        other.changed_at = now
        shift_agenda(session, other, started)


def slots(session: orm.Session, event: Event, block: Session | None) -> Mapping[str, Slot]:
    """Return the items of a session, or of the event as a whole, in time."""
    session.flush()
    items = session.scalars(
        sa.select(AgendaItem)
        .where(AgendaItem.event_id == event.id, at_desk(AgendaItem))
        .where(AgendaItem.session_id.is_not_distinct_from(block.id if block else None))
        .order_by(AgendaItem.position, AgendaItem.id)
    )
    return slots_of(event, block, items.all())


def move_items(session: orm.Session, event: Event, item: AgendaItem, before: Slot) -> None:
    """Move the stated starts after an item by as much as its end has moved."""
    present = slots(session, event, item.session)
    by = agenda.delay(before, present[item.public_id])
    if not by:
        return
    keys = list(present)
    after = keys[keys.index(item.public_id) + 1 :]
    query = sa.select(AgendaItem).where(
        AgendaItem.event_id == event.id, at_desk(AgendaItem), AgendaItem.public_id.in_(after)
    )
    zone = event.timezone or HOME_ZONE
    for other in session.scalars(query):
        if other.starts_at:
            other.starts_at = moved(other.starts_at, by, zone=zone, to_zone=zone)
