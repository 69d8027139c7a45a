"""Note how many people were really at each site (C06)."""

from collections.abc import Mapping
from datetime import datetime

from app.domain.errors import Conflict
from app.domain.policy import Actor, Permission, require
from app.domain.sites import NotedHeadcount, require_headcount
from app.models.events import Event
from app.services.registrations import places
from app.services.sites import rows
from app.services.transaction import unit_of_work


def note_headcounts(*, actor: Actor, event: Event, noted: Mapping[str, NotedHeadcount], now: datetime) -> int:
    """Note the headcounts of sites (public ids) that differ from what the page showed; return how many.

    Raises Conflict("changed_meanwhile") where somebody else has noted another one since then.
    """
    require(actor, Permission.MANAGE_EVENTS)
    number = event.id
    with unit_of_work() as session:
        held = places.lock_event(session, number)
        changed = 0
        for site in rows.list_sites(session, held):
            headcount = noted.get(site.public_id)
            if headcount is None or headcount.counted in {headcount.seen, site.counted}:
                continue
            require_headcount(headcount.counted)
            if site.counted != headcount.seen:
                raise Conflict("changed_meanwhile")
            site.counted = headcount.counted
            rows.record(site, "site.count", actor, now, people=headcount.counted)
            changed += 1
        return changed
