"""Reads of the bridges that take tests of the line: their slots, who has which, what is still free."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import db
from app.domain.connection_tests import BookingState, Window
from app.domain.errors import NotFound
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.sites import Bridge, ConnectionTest, Site


@dataclass(frozen=True, slots=True)
class SlotLine:
    """A slot of a bridge, with the test that is in it."""

    starts_at: datetime
    ends_at: datetime
    test: ConnectionTest | None


@dataclass(frozen=True, slots=True)
class Schedule:
    """A bridge with all its slots."""

    bridge: Bridge
    slots: Sequence[SlotLine]


def list_schedules(event: Event) -> list[Schedule]:
    """Return the bridges of an event with their slots, the earliest first."""
    bridges = db.session.scalars(
        sa.select(Bridge).where(Bridge.event_id == event.id).order_by(Bridge.starts_at, Bridge.name)
    ).all()
    taken = {(test.bridge_id, test.starts_at): test for test in _tests(event)}
    return [Schedule(bridge, _slots(bridge, taken)) for bridge in bridges]


def list_free(event: Event, *, now: datetime) -> list[tuple[Bridge, list[SlotLine]]]:
    """Return what can still be booked; who has the other slots is not told."""
    free = (
        (schedule.bridge, [slot for slot in schedule.slots if slot.test is None and slot.starts_at > now])
        for schedule in list_schedules(event)
    )
    return [(bridge, slots) for bridge, slots in free if slots]


def get_bridge(event: Event, public_id: str) -> Bridge:
    """Return a bridge of this event."""
    found = db.session.scalar(
        sa.select(Bridge).where(Bridge.event_id == event.id, Bridge.public_id == public_id)
    )
    if found is None:
        raise NotFound("not_found")
    return found


def count_booked(bridge: Bridge) -> int:
    """Return how many tests stand in its slots, done ones among them."""
    counted = sa.select(sa.func.count(ConnectionTest.id)).where(
        ConnectionTest.bridge_id == bridge.id, ConnectionTest.state != BookingState.GIVEN_BACK
    )
    return db.session.scalar(counted) or 0


def window_of(bridge: Bridge) -> Window:
    """Return the hours of a bridge."""
    return Window(bridge.starts_at, bridge.ends_at, bridge.minutes)


def _tests(event: Event) -> Sequence[ConnectionTest]:
    return db.session.scalars(
        sa.select(ConnectionTest)
        .join(ConnectionTest.site)
        .where(
            Site.event_id == event.id,
            ConnectionTest.bridge_id.is_not(None),
            ConnectionTest.state != BookingState.GIVEN_BACK,
        )
        .options(
            orm.contains_eager(ConnectionTest.site)
            .joinedload(Site.invitation)
            .joinedload(Invitation.organization)
        )
    ).all()


def _slots(bridge: Bridge, taken: dict[tuple[int | None, datetime], ConnectionTest]) -> list[SlotLine]:
    window = window_of(bridge)
    return [SlotLine(start, start + window.step, taken.get((bridge.id, start))) for start in window.slots]
