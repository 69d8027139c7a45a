"""Book a slot for the test of a site's line, change it, give it back: never two sites in one slot (C05)."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain import connection_tests as rules
from app.domain.connection_tests import BookingState, Slot
from app.domain.errors import Conflict, InvalidInput
from app.domain.policy import Actor
from app.domain.sites import SiteStatus
from app.models.invitations import Invitation
from app.models.sites import Bridge, ConnectionTest, Site
from app.queries import bridges
from app.services.sites import rows
from app.services.transaction import unit_of_work


def book_test(*, actor: Actor, site: Site, slot: Slot, now: datetime) -> str:
    """Book a slot, or move the booking that there is to it; return the public id of the test.

    Raises Conflict: slot_taken, slot_past, site_called_off; InvalidInput("slot_unknown").
    """
    number, event_id = site.id, site.event_id
    with unit_of_work() as session:
        held = rows.lock_site(session, number, event_id)
        rows.require_may_change(actor, held.event, held.invitation, now)
        if held.status is SiteStatus.CALLED_OFF:
            raise Conflict("site_called_off")
        bridge = _bridge(session, held, slot)
        test = _open_row(session, held)
        is_new = test is None
        if test is not None and _is_at(test, bridge, slot):
            return test.public_id
        window = bridges.window_of(bridge)
        rules.require_slot(window, slot.starts_at, _taken(session, bridge), now)
        test = test or ConnectionTest(site_id=number, sequence=0, created_at=now)
        test.bridge_id, test.state, test.changed_at = bridge.id, BookingState.BOOKED, now
        test.starts_at, test.ends_at = slot.starts_at, slot.starts_at + window.step
        test.sequence += not is_new
        session.add(test)
        session.flush()
        act = "site.book_test" if is_new else "site.move_test"
        rows.record(held, act, actor, now, starts_at=slot.starts_at.isoformat())
        return test.public_id


def give_back_test(*, actor: Actor, site: Site, now: datetime) -> bool:
    """Give the booked slot of a site back; tell whether there was one."""
    number, event_id = site.id, site.event_id
    with unit_of_work() as session:
        held = rows.lock_site(session, number, event_id)
        rows.require_may_change(actor, held.event, held.invitation, now)
        return release(held, actor, now)


def release(site: Site, actor: Actor, now: datetime) -> bool:
    """Free the slot of a locked site, in the caller's transaction; tell whether there was one."""
    test = site.open_test
    if test is None:
        return False
    test.state, test.changed_at = BookingState.GIVEN_BACK, now
    test.sequence += 1
    rows.record(site, "site.give_back_test", actor, now, starts_at=test.starts_at.isoformat())
    return True


def release_all(session: orm.Session, *, invitation: Invitation, actor: Actor, now: datetime) -> None:
    """Free the slots of an institution that does not come, in the caller's transaction."""
    own = sa.select(Site).where(Site.invitation_id == invitation.id).options(orm.selectinload(Site.tests))
    for site in session.scalars(own):
        release(site, actor, now)


def _bridge(session: orm.Session, site: Site, slot: Slot) -> Bridge:
    found = session.scalar(
        sa.select(Bridge).where(Bridge.event_id == site.event_id, Bridge.public_id == slot.bridge)
    )
    if found is None:
        raise InvalidInput("slot_unknown", field="slot")
    return found


def _open_row(session: orm.Session, site: Site) -> ConnectionTest | None:
    """Return the one row of the site that is not done: booked, or given back."""
    return session.scalar(
        sa.select(ConnectionTest)
        .where(ConnectionTest.site_id == site.id, ConnectionTest.state != BookingState.DONE)
        .execution_options(populate_existing=True)
    )


def _is_at(test: ConnectionTest, bridge: Bridge, slot: Slot) -> bool:
    where = (test.state, test.bridge_id, test.starts_at)
    return where == (BookingState.BOOKED, bridge.id, slot.starts_at)


def _taken(session: orm.Session, bridge: Bridge) -> set[datetime]:
    query = sa.select(ConnectionTest.starts_at).where(
        ConnectionTest.bridge_id == bridge.id, ConnectionTest.state != BookingState.GIVEN_BACK
    )
    return set(session.scalars(query))
