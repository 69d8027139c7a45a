"""Sides of an event: add, edit, move, remove."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain import programme
from app.domain.errors import Conflict
from app.domain.policy import Actor, Permission, require
from app.domain.programme import SideDetails
from app.models.events import Event, Side
from app.models.programme import Appointment
from app.queries.places import count_kept_for
from app.services.programme import rows
from app.services.registrations import promotion
from app.services.transaction import unit_of_work


def add_side(*, actor: Actor, slug: str, command: SideDetails, now: datetime) -> str:
    """Append a side and return its public id."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        side = Side(event_id=event.id, position=len(_order(session, event)) + 1, code="", names={})
        _apply(session, side, event, command)
        session.add(side)
        rows.record(session, event, side, side.names, actor=actor, act="side.add", now=now)
        return side.public_id


def edit_side(
    *, actor: Actor, slug: str, side_id: str, revision: int, command: SideDetails, now: datetime
) -> str:
    """Change a side and return its public id."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        side = rows.seen(session, Side, event, side_id, revision)
        programme.require_capacity(command.capacity, side.taken + count_kept_for(side))
        _apply(session, side, event, command)
        promotion.fill(session, event.id, (), now)
        rows.record(session, event, side, side.names, actor=actor, act="side.edit", now=now)
        return side.public_id


def move_side(*, actor: Actor, slug: str, side_id: str, places: int, now: datetime) -> None:
    """Move a side up (negative) or down."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        side = rows.child(session, Side, event, side_id)
        rows.renumber(session, Side, programme.moved(_order(session, event), side.id, places))
        rows.record(session, event, side, side.names, actor=actor, act="side.move", now=now, places=places)


def remove_side(*, actor: Actor, slug: str, side_id: str, now: datetime) -> None:
    """Remove a side; its free slots go with it, people and institutions stay without a side."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        side = rows.child(session, Side, event, side_id)
        order = [key for key in _order(session, event) if key != side.id]
        rows.delete_free(session, sa.select(Appointment).where(Appointment.side_id == side.id))
        rows.record(session, event, side, side.names, actor=actor, act="side.remove", now=now)
        session.delete(side)
        rows.renumber(session, Side, order)
        session.flush()
        session.expire_all()  # the database takes the side off its invitations
        promotion.fill(session, event.id, (), now)


def _apply(session: orm.Session, side: Side, event: Event, command: SideDetails) -> None:
    twin = session.scalar(
        sa.select(Side.id).where(Side.event_id == event.id, Side.code == command.code, Side.id != side.id)
    )
    if twin is not None:
        raise Conflict("side_exists", field="code", side=command.code)
    side.code, side.names, side.capacity = command.code, dict(command.names), command.capacity


def _order(session: orm.Session, event: Event) -> list[int]:
    query = sa.select(Side.id).where(Side.event_id == event.id)
    return list(session.scalars(query.order_by(Side.position, Side.id)))
