"""Connection sites of a roundtable and a bridge that takes tests of their lines, made by the use-cases."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time

import sqlalchemy as sa

from app.db import db
from app.domain.connection_tests import BridgeDetails, LineResult, Quality, Slot
from app.domain.invitations import InvitationState
from app.domain.policy import SYSTEM, Actor
from app.domain.sites import SiteFacts, SiteKind, SitePlace
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.sites import Bridge, Site
from app.queries import sites
from app.services.sites import booking, bridges, editing, people, results
from app.services.transaction import unit_of_work
from tests.registration_rows import store_invitation

HEAD = Actor("institution", "Sở Ngoại vụ Quảng Trị")
FIRST = datetime(2027, 10, 26, 2, 0, tzinfo=UTC)
"""When the first slot begins: the day before the roundtable, 09:00 in Hanoi."""
GOOD = LineResult(
    sound=Quality.GOOD, picture=Quality.GOOD, line=Quality.WEAK, latency_ms=80, tested_by="Trung"
)
BAD = LineResult(sound=Quality.GOOD, picture=Quality.FAILED, line=Quality.GOOD)


def accept(event: Event, **known: object) -> Invitation:
    """Invite an institution that has accepted."""
    invitation = store_invitation(event, **known)
    with unit_of_work():
        invitation.state = InvitationState.ACCEPTED
    return invitation


def add(
    event: Event, name: str, now: datetime, *, facts: dict[str, object] | None = None, **place: object
) -> Site:
    """Add a site at the desk; `place` are fields of SitePlace."""
    public_id = editing.add_site(
        actor=SYSTEM,
        slug=event.slug,
        facts=SiteFacts(**{"names": {"vi": name} if name else {}, **(facts or {})}),
        place=SitePlace(**{"kind": SiteKind.SUBORDINATE, **place}),
        now=now,
    )
    return get(public_id)


def get(public_id: str) -> Site:
    """Return a site as the database has it."""
    db.session.rollback()
    return db.session.scalars(sa.select(Site).where(Site.public_id == public_id)).one()


def seat(site: Site, delegates: Collection[str], now: datetime, actor: Actor = SYSTEM) -> int:
    """Put delegates (public ids) at a site, by somebody who sees who sits there."""
    held = get(site.public_id)
    seen = [one.public_id for one in sites.list_people(held) if one.site_id == held.id]
    return people.seat_people(actor=actor, site=held, delegates=delegates, seen=seen, now=now)


def open_bridge(event: Event, now: datetime, *, ends: time = time(12), minutes: int = 10) -> str:
    """Open a bridge on the day before the roundtable, from 09:00 in Hanoi; return its public id."""
    command = BridgeDetails(
        name="Cầu chính", day=date(2027, 10, 26), starts=time(9), ends=ends, minutes=minutes
    )
    return bridges.open_bridge(actor=SYSTEM, slug=event.slug, command=command, now=now)


def get_bridge(public_id: str) -> Bridge:
    """Return a bridge as the database has it."""
    db.session.rollback()
    return db.session.scalars(sa.select(Bridge).where(Bridge.public_id == public_id)).one()


def book(site: Site, bridge: str, starts_at: datetime, now: datetime, actor: Actor = HEAD) -> str:
    """Book a slot by the link of the institution."""
    return booking.book_test(actor=actor, site=site, slot=Slot(bridge=bridge, starts_at=starts_at), now=now)


def note_test(site: Site, result: LineResult, now: datetime) -> bool:
    """Record a result."""
    db.session.rollback()
    return results.record_result(actor=SYSTEM, site=site, result=result, revision=site.revision, now=now)
