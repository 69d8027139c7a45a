"""Remove a site; nothing that others put there is lost without a word."""

from datetime import datetime

import sqlalchemy as sa

from app.domain.policy import Actor
from app.domain.sites import require_removable, require_under_own
from app.models.registrations import Delegate
from app.models.sites import Site
from app.services.sites import rows
from app.services.transaction import unit_of_work


def remove_site(*, actor: Actor, site: Site, now: datetime) -> None:
    """Remove a site: those under it move up, its people join as the event does, its slot becomes free.

    Raises Conflict("site_attended") where people were counted. An institution removes only what stands under
    its own site: NotFound for others.
    """
    number, event_id = site.id, site.event_id
    with unit_of_work() as session:
        held = rows.lock_site(session, number, event_id)
        rows.require_may_change(actor, held.event, held.invitation, now)
        if actor.kind == "institution":
            require_under_own(held.invitation_id, held.parent.invitation_id if held.parent else None)
        require_removable(held.counted)
        rows.record(held, "site.remove", actor, now)
        for child in session.scalars(sa.select(Site).where(Site.parent_id == number)):
            child.parent_id = held.parent_id
        for delegate in session.scalars(sa.select(Delegate).where(Delegate.site_id == number)):
            delegate.site_id, delegate.changed_at = None, now
        session.flush()
        session.delete(held)
