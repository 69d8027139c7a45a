"""Open the calendar of a bridge for tests of the line, change it, close it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain import connection_tests as rules
from app.domain.connection_tests import BookingState, BridgeDetails
from app.domain.errors import Conflict
from app.domain.policy import Actor, Permission, require
from app.models.events import Event
from app.models.sites import Bridge, ConnectionTest
from app.queries import bridges, events
from app.services import audit
from app.services.registrations import places
from app.services.transaction import unit_of_work


def open_bridge(*, actor: Actor, slug: str, command: BridgeDetails, now: datetime) -> str:
    """Open a bridge for tests and return its public id.

    Raises Conflict("bridge_overlaps") where one of this name takes tests in these hours already.
    """
    require(actor, Permission.MANAGE_EVENTS)
    number = events.get(slug, actor).id
    with unit_of_work() as session:
        event = places.lock_event(session, number)
        bridge = Bridge(event_id=event.id)
        _write(session, bridge, event, command)
        session.add(bridge)
        session.flush()
        _record(bridge, "bridge.open", actor, now)
        return bridge.public_id


def edit_bridge(*, actor: Actor, bridge: Bridge, command: BridgeDetails, revision: int, now: datetime) -> str:
    """Change name or hours; raise Conflict("slots_are_booked") where a booked slot would lose its place."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        held, event = _lock(session, bridge)
        if held.revision != revision:
            raise Conflict("changed_meanwhile")
        minutes = held.minutes
        _write(session, held, event, command)
        rules.require_kept(bridges.window_of(held), _taken(session, held), minutes)
        session.flush()
        _record(held, "bridge.edit", actor, now)
        return held.public_id


def close_bridge(*, actor: Actor, bridge: Bridge, now: datetime) -> None:
    """Remove a bridge in which nobody has a slot; raise Conflict("slots_are_booked") for others."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        held, _event = _lock(session, bridge)
        if booked := _taken(session, held):
            raise Conflict("slots_are_booked", n=len(booked))
        _record(held, "bridge.close", actor, now)
        session.delete(held)


def _lock(session: orm.Session, bridge: Bridge) -> tuple[Bridge, Event]:
    event = places.lock_event(session, bridge.event_id)
    return session.get_one(Bridge, bridge.id, populate_existing=True), event


def _taken(session: orm.Session, bridge: Bridge) -> set[datetime]:
    query = sa.select(ConnectionTest.starts_at).where(
        ConnectionTest.bridge_id == bridge.id, ConnectionTest.state != BookingState.GIVEN_BACK
    )
    return set(session.scalars(query))


def _write(session: orm.Session, bridge: Bridge, event: Event, command: BridgeDetails) -> None:
    window = rules.window_of(command, event.timezone)
    with session.no_autoflush:
        others = session.scalars(sa.select(Bridge).where(Bridge.event_id == event.id)).all()
    beside = [(other.name, bridges.window_of(other)) for other in others if other is not bridge]
    rules.require_apart(command.name, window, beside)
    bridge.name = command.name
    bridge.starts_at, bridge.ends_at, bridge.minutes = window.starts_at, window.ends_at, window.minutes


def _record(bridge: Bridge, act: str, actor: Actor, now: datetime) -> None:
    audit.record(actor=actor, act=act, subject=bridge, name=bridge.name, now=now, event_id=bridge.event_id)
