"""Agenda items: add, edit, move, remove."""

from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain import local_time, programme
from app.domain.errors import InvalidInput
from app.domain.languages import in_language
from app.domain.policy import Actor, Permission, require
from app.domain.programme import AgendaItemDetails
from app.models.events import Event
from app.models.programme import AgendaItem, Appointment, Session, at_desk
from app.services.programme import following, rows
from app.services.transaction import unit_of_work


def add_item(*, actor: Actor, slug: str, command: AgendaItemDetails, now: datetime) -> str:
    """Append an item to a session, or to the event as a whole; return its public id."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        item = AgendaItem(
            event_id=event.id, position=0, kind=command.kind, edition=rows.edition_of_new(event)
        )
        _apply(session, item, event, command)
        session.add(item)
        session.flush()
        _append(session, item)
        rows.record(session, event, item, _name(item), actor=actor, act="agenda_item.add", now=now)
        return item.public_id


def edit_item(
    *, actor: Actor, slug: str, item_id: str, revision: int, command: AgendaItemDetails, now: datetime
) -> str:
    """Change an item and return its public id; in another session it goes to the end."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        item = rows.seen(session, AgendaItem, event, item_id, revision)
        left, before = item.session_id, following.slots(session, event, item.session)[item.public_id]
        _apply(session, item, event, command)
        session.flush()
        if item.session_id != left:
            rows.renumber(session, AgendaItem, _order(session, event, left))
            _append(session, item)
            _take_along(session, item)
        elif command.moves_following:
            following.move_items(session, event, item, before)
        rows.record(session, event, item, _name(item), actor=actor, act="agenda_item.edit", now=now)
        return item.public_id


def move_item(*, actor: Actor, slug: str, item_id: str, places: int, now: datetime) -> None:
    """Move an item up (negative) or down within its session."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        item = rows.child(session, AgendaItem, event, item_id)
        order = _order(session, event, item.session_id)
        rows.renumber(session, AgendaItem, programme.moved(order, item.id, places))
        rows.record(
            session, event, item, _name(item), actor=actor, act="agenda_item.move", now=now, places=places
        )


def place_item(*, actor: Actor, slug: str, item_id: str, place: int, now: datetime) -> None:
    """Put an item at a place of its session, counted from 1; hours that are stated stay."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        item = rows.child(session, AgendaItem, event, item_id)
        order = _order(session, event, item.session_id)
        places = place - 1 - order.index(item.id)
        rows.renumber(session, AgendaItem, programme.moved(order, item.id, places))
        rows.record(
            session, event, item, _name(item), actor=actor, act="agenda_item.move", now=now, places=places
        )


def remove_item(*, actor: Actor, slug: str, item_id: str, now: datetime) -> None:
    """Remove an item with its free slots; who was to speak in it keeps a place in the session."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        item = rows.child(session, AgendaItem, event, item_id)
        order = [key for key in _order(session, event, item.session_id) if key != item.id]
        rows.record(session, event, item, _name(item), actor=actor, act="agenda_item.remove", now=now)
        rows.delete_free(session, sa.select(Appointment).where(Appointment.agenda_item_id == item.id))
        session.delete(item)
        rows.renumber(session, AgendaItem, order)


def _apply(session: orm.Session, item: AgendaItem, event: Event, command: AgendaItemDetails) -> None:
    block = rows.chosen(session, Session, event, command.session)
    item.kind, item.titles, item.minutes = command.kind, dict(command.titles), command.minutes
    item.session = block
    item.starts_at = _start(event, block, command)


def _start(event: Event, block: Session | None, command: AgendaItemDetails) -> datetime | None:
    """Return the clock as a moment on the day of the session, else of the event."""
    if command.starts is None:
        return None
    if event.timezone is None:
        raise InvalidInput("zone_missing", field="starts")
    begins = (block and block.starts_at) or event.starts_at
    day = begins.astimezone(ZoneInfo(event.timezone)).date() if begins else event.date
    if day is None:
        raise InvalidInput("event_day_missing", field="starts")
    return local_time.moment(day, command.starts, event.timezone, field="starts")


def _order(session: orm.Session, event: Event, session_id: int | None) -> list[int]:
    query = sa.select(AgendaItem.id).where(
        AgendaItem.event_id == event.id,
        at_desk(AgendaItem),
        AgendaItem.session_id.is_not_distinct_from(session_id),
    )
    return list(session.scalars(query.order_by(AgendaItem.position, AgendaItem.id)))


def _take_along(session: orm.Session, item: AgendaItem) -> None:
    """Bring those who speak in an item into the session that it now belongs to."""
    session.execute(
        sa.update(Appointment).where(Appointment.agenda_item_id == item.id).values(session_id=item.session_id)
    )


def _append(session: orm.Session, item: AgendaItem) -> None:
    session.flush()
    query = sa.select(sa.func.count()).where(
        AgendaItem.event_id == item.event_id,
        at_desk(AgendaItem),
        AgendaItem.session_id.is_not_distinct_from(item.session_id),
        AgendaItem.id != item.id,
    )
    item.position = (session.scalar(query) or 0) + 1


def _name(item: AgendaItem) -> str:
    return in_language(item.titles, "vi") or item.kind.value
