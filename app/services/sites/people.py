"""Say who sits at which site: the link of a site reaches its own people alone."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain.errors import Conflict
from app.domain.policy import Actor
from app.models.registrations import Delegate
from app.models.sites import Site
from app.queries import sites
from app.services.registrations import notices
from app.services.sites import rows
from app.services.transaction import unit_of_work


def seat_people(
    *, actor: Actor, site: Site, delegates: Collection[str], seen: Collection[str], now: datetime
) -> int:
    """Put the chosen delegates (public ids) at a site and take all others away; tell and count who changed.

    People of another institution are left out: nobody can be drawn to a foreign site. Raises
    Conflict("changed_meanwhile") where others sit there than he had `seen`: a revision of the site would not
    tell, for newcomers join from it by themselves.
    """
    number, event_id = site.id, site.event_id
    with unit_of_work() as session:
        held = rows.lock_site(session, number, event_id)
        rows.require_may_change(actor, held.event, held.invitation, now)
        changed, candidates = [], sites.list_people(held)
        if {one.public_id for one in candidates if one.site_id == number} != set(seen):
            raise Conflict("changed_meanwhile")
        for delegate in candidates:
            if (delegate.public_id in delegates) != (delegate.site_id == number):
                _move(delegate, held if delegate.public_id in delegates else None, now)
                changed.append(delegate.id)
        session.flush()
        if changed:
            rows.record(held, "site.seat", actor, now, people=len(changed))
            notices.tell_changed(_whole(session, changed), now)
        return len(changed)


def _move(delegate: Delegate, site: Site | None, now: datetime) -> None:
    delegate.site, delegate.changed_at = site, now


def _whole(session: orm.Session, numbers: Collection[int]) -> list[Delegate]:
    """Return the delegates as letters are made of them, with their seats."""
    query = sa.select(Delegate).where(Delegate.id.in_(numbers)).options(orm.selectinload(Delegate.seats))
    return list(session.scalars(query.order_by(Delegate.id)))
