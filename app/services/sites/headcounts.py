"""Note how many people were really at each site (C06): the desk for all, an institution for its own."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.domain.errors import Conflict
from app.domain.event_times import HOME_ZONE
from app.domain.policy import Actor, Permission, require
from app.domain.sites import (
    NotedHeadcount,
    is_countable,
    over_at,
    require_headcount,
    require_may_count,
)
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.sites import Site
from app.services.registrations import places
from app.services.sites import rows
from app.services.transaction import unit_of_work

Noted = Mapping[str, NotedHeadcount]


def note_headcounts(*, actor: Actor, event: Event, noted: Noted, now: datetime) -> int:
    """Note the headcounts of sites (public ids) that differ from what the page showed; return how many.

    Raises Conflict("changed_meanwhile") where somebody else has noted another one since then.
    """
    require(actor, Permission.MANAGE_EVENTS)
    number = event.id
    with unit_of_work() as session:
        held = places.lock_event(session, number)
        return _note(rows.list_sites(session, held), noted, actor, now)


def note_own_headcounts(*, actor: Actor, invitation: Invitation, noted: Noted, now: datetime) -> int:
    """Note the headcounts of an institution's own sites, from the day of the event on; see note_headcounts().

    Raises Conflict: site_not_accepted, headcount_closed.
    """
    number = invitation.id
    with unit_of_work() as session:
        held = places.lock_invitation(session, number)
        require_may_count(held.event.status, held.state, is_countable=_is_countable(held.event, now))
        own = [site for site in rows.list_sites(session, held.event) if site.invitation_id == number]
        return _note(own, noted, actor, now)


def _is_countable(event: Event, now: datetime) -> bool:
    zone = event.timezone or HOME_ZONE
    over = over_at(event.date, event.starts_at, event.ends_at, zone)
    return is_countable(event.date, event.starts_at, over, zone, now)


def _note(sites: Sequence[Site], noted: Noted, actor: Actor, now: datetime) -> int:
    changed = 0
    for site in sites:
        headcount = noted.get(site.public_id)
        if headcount is None or headcount.counted in {headcount.seen, site.counted}:
            continue
        require_headcount(headcount.counted)
        if site.counted != headcount.seen:
            raise Conflict("changed_meanwhile")
        site.counted, site.counted_by = headcount.counted, actor.name[:200]
        rows.record(site, "site.count", actor, now, people=headcount.counted)
        changed += 1
    return changed
