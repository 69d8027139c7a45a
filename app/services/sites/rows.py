"""Rows of connection sites as their use-cases lock, guard and mark them, inside a unit of work."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm.attributes import flag_modified

from app.domain.errors import Conflict, NotFound
from app.domain.event_times import HOME_ZONE
from app.domain.languages import in_language
from app.domain.policy import Actor, Permission, require
from app.domain.sites import over_at, require_tended
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.sites import Site
from app.services import audit
from app.services.registrations import places

_WHOLE = (
    orm.joinedload(Site.invitation).joinedload(Invitation.organization),
    orm.selectinload(Site.tests),
)


def lock_site(session: orm.Session, number: int, event_id: int) -> Site:
    """Lock an event, so that its sites are changed one after the other; return one of them as it is now."""
    places.lock_event(session, event_id)
    found = session.scalar(
        sa.select(Site).where(Site.id == number).options(*_WHOLE).execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound("not_found")
    return found


def list_sites(session: orm.Session, event: Event) -> Sequence[Site]:
    """Return all sites of an event in their order."""
    query = sa.select(Site).where(Site.event_id == event.id).options(*_WHOLE)
    return session.scalars(query.order_by(Site.position, Site.id)).all()


def require_may_change(actor: Actor, event: Event, invitation: Invitation | None, now: datetime) -> None:
    """Raise unless the desk, or the institution that tends the site and comes, acts in time."""
    if actor.kind == "account":
        require(actor, Permission.MANAGE_EVENTS)
    if actor.kind in {"account", "system"}:
        return
    if invitation is None:
        raise NotFound("not_found")
    ends = over_at(event.date, event.starts_at, event.ends_at, event.timezone or HOME_ZONE)
    require_tended(event.status, ends, invitation.state, now)


def require_unchanged(row: Site, revision: int) -> None:
    """Raise Conflict("changed_meanwhile") unless this is the state that somebody had before him."""
    if row.revision != revision:
        raise Conflict("changed_meanwhile")


def touch(site: Site, now: datetime) -> None:
    """Count a new revision, whatever of the site or its tests was changed."""
    site.changed_at = now
    flag_modified(site, "changed_at")


def source_of(actor: Actor) -> str:
    """Return where the act came from, as histories say it."""
    return "link" if actor.kind == "institution" else "web"


def record(site: Site, act: str, actor: Actor, now: datetime, **details: Any) -> None:
    """Record an act in the history of a site."""
    audit.record(
        actor=actor,
        act=act,
        subject=site,
        name=in_language(site.shown_names, "vi"),
        now=now,
        event_id=site.event_id,
        source=source_of(actor),
        **details,
    )
