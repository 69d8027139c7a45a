"""Add and change sites: at the desk all of it, by an institution's link what it knows of its own."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain import sites as rules
from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.policy import Actor, Permission, require
from app.domain.sites import MOST_SITES, Endpoint, SiteFacts, SiteKind, SitePlace
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.sites import Site
from app.queries import events
from app.queries import sites as reads
from app.services.registrations import notices, places
from app.services.sites import rows
from app.services.transaction import unit_of_work


def add_site(*, actor: Actor, slug: str, facts: SiteFacts, place: SitePlace, now: datetime) -> str:
    """Add a site at the desk and return its public id; the same form sent twice is one site."""
    require(actor, Permission.MANAGE_EVENTS)
    number = events.get(slug, actor).id
    with unit_of_work() as session:
        event = places.lock_event(session, number)
        present = rows.list_sites(session, event)
        site = _new(event, present, now)
        _put(session, site, present, place)
        return _store(session, site, present, facts, actor, now)


def add_own_site(
    *, actor: Actor, invitation: Invitation, facts: SiteFacts, parent: str | None, now: datetime
) -> str:
    """Add the site of an institution, or one under it (`parent`, a public id); return its public id.

    Raises Conflict("site_exists") for a second one that stands under none, Conflict("too_many_sites").
    """
    number = invitation.id
    with unit_of_work() as session:
        held = places.lock_invitation(session, number)
        rows.require_may_change(actor, held.event, held, now)
        present = rows.list_sites(session, held.event)
        own = [site for site in present if site.invitation_id == number]
        if len(own) >= MOST_SITES:
            raise Conflict("too_many_sites", most=MOST_SITES)
        site = _new(held.event, present, now)
        site.invitation_id, site.invitation = number, held
        site.parent_id = _own_parent(own, parent)
        site.kind = SiteKind.SUBORDINATE
        return _store(session, site, present, facts, actor, now)


def add_for_accepted(*, actor: Actor, slug: str, now: datetime) -> int:
    """Give every institution that comes and has none a site of its own; return how many."""
    require(actor, Permission.MANAGE_EVENTS)
    number = events.get(slug, actor).id
    with unit_of_work() as session:
        event = places.lock_event(session, number)
        present = list(rows.list_sites(session, event))
        invited = reads.list_without_site(event)
        for invitation in invited:
            site = _new(event, present, now)
            site.invitation_id, site.invitation, site.kind = invitation.id, invitation, SiteKind.SUBORDINATE
            _store(session, site, present, SiteFacts(), actor, now)
            present.append(site)
        return len(invited)


def edit_site(
    *, actor: Actor, site: Site, facts: SiteFacts, place: SitePlace, revision: int, now: datetime
) -> int:
    """Change a site at the desk; return how many of its people are told that they join elsewhere."""
    require(actor, Permission.MANAGE_EVENTS)
    number, event_id = site.id, site.event_id
    with unit_of_work() as session:
        held = rows.lock_site(session, number, event_id)
        rows.require_unchanged(held, revision)
        before = _joins_by(held)
        present = rows.list_sites(session, held.event)
        _put(session, held, present, place)
        _write(held, present, facts, now)
        session.flush()
        rows.record(held, "site.edit", actor, now)
        return _tell(held, now) if _joins_by(held) != before else 0


def edit_own_site(*, actor: Actor, site: Site, facts: SiteFacts, revision: int, now: datetime) -> str:
    """Change what an institution says of its site; return the public id."""
    number, event_id = site.id, site.event_id
    with unit_of_work() as session:
        held = rows.lock_site(session, number, event_id)
        rows.require_may_change(actor, held.event, held.invitation, now)
        rows.require_unchanged(held, revision)
        _write(held, rows.list_sites(session, held.event), facts, now)
        session.flush()
        rows.record(held, "site.edit", actor, now)
        return held.public_id


def _new(event: Event, present: Sequence[Site], now: datetime) -> Site:
    last = max((site.position for site in present), default=0)
    made = {"created_at": now, "changed_at": now}
    return Site(event_id=event.id, event=event, position=last + 1, names={}, rooms={}, **made)


def _own_parent(own: Sequence[Site], parent: str | None) -> int | None:
    if parent is None:
        return None
    found = next((site.id for site in own if site.public_id == parent), None)
    if found is None:
        raise NotFound("not_found")
    return found


def _put(session: orm.Session, site: Site, present: Sequence[Site], place: SitePlace) -> None:
    """Put a site where the desk wants it: whose it is, and under which other one."""
    above = next((other for other in present if other.public_id == place.parent), None)
    if place.parent and above is None:
        raise InvalidInput("site_unknown", field="parent")
    if above is not None and site.id is not None:
        rules.require_no_circle(present, site.id, above.id)
    site.parent_id = above.id if above else None
    site.invitation = _institution(session, site, place.institution)
    site.invitation_id = site.invitation.id if site.invitation else None
    site.kind, site.status = place.kind, place.status
    for name, value in asdict(place.endpoint).items():
        setattr(site, name, value)


def _institution(session: orm.Session, site: Site, public_id: str | None) -> Invitation | None:
    if public_id is None:
        return None
    found = session.scalar(
        sa.select(Invitation)
        .where(Invitation.public_id == public_id, Invitation.event_id == site.event_id)
        .options(orm.joinedload(Invitation.organization))
    )
    if found is None:
        raise InvalidInput("institution_not_invited", field="institution")
    return found


def _store(
    session: orm.Session, site: Site, present: Sequence[Site], facts: SiteFacts, actor: Actor, now: datetime
) -> str:
    _write(site, present, facts, now)
    if same := next((other for other in present if _is_same(other, site)), None):
        return same.public_id
    tends_one = any(other.invitation_id == site.invitation_id for other in present)
    if tends_one and site.parent_id is None and actor.kind == "institution":
        raise Conflict("site_exists")
    session.add(site)
    session.flush()
    rows.record(site, "site.add", actor, now)
    return site.public_id


def _is_same(one: Site, other: Site) -> bool:
    """Tell whether a form was sent twice."""
    return (one.invitation_id, one.parent_id, one.names) == (
        other.invitation_id,
        other.parent_id,
        other.names,
    )


def _write(site: Site, present: Sequence[Site], facts: SiteFacts, now: datetime) -> None:
    """Write the facts; a site without a name goes by its institution's, and only the first of that can."""
    for name, value in asdict(facts).items():
        setattr(site, name, dict(value) if isinstance(value, dict) else value)
    above = next((other for other in present if other.id == site.parent_id), None)
    if not site.names and (site.invitation is None or (above and above.invitation_id == site.invitation_id)):
        raise InvalidInput("site_name_missing", field="names")
    if site.timezone is None and site.invitation is not None:
        site.timezone = site.invitation.organization.timezone
    rows.touch(site, now)


def _joins_by(site: Site) -> tuple[Endpoint, object]:
    endpoint = Endpoint(
        platform=site.platform,
        join_url=site.join_url,
        meeting_id=site.meeting_id,
        passcode=site.passcode,
        dial_address=site.dial_address,
    )
    return endpoint, site.status


def _tell(site: Site, now: datetime) -> int:
    """Tell the confirmed people of a site by a new calendar file that they join in another way."""
    people = reads.list_confirmed(site)
    notices.tell_changed(people, now)
    return len(people)
