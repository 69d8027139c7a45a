"""The link of a delegate's calendar subscription: made void by himself or by the desk."""

from datetime import datetime

from app.domain.policy import Actor, Permission, require
from app.models.registrations import Delegate
from app.services import audit
from app.services.registrations import places
from app.services.transaction import unit_of_work


def revoke(*, actor: Actor, delegate: Delegate, now: datetime) -> None:
    """Make the link that calendars subscribe by void; his page shows a new one."""
    if actor.kind == "account":
        require(actor, Permission.MANAGE_EVENTS)
    number, event_id = delegate.id, delegate.event_id
    with unit_of_work() as session:
        held = places.lock_delegate(session, number, event_id)
        held.feed_generation += 1
        audit.record(
            actor=actor,
            act="delegate.revoke_feed",
            subject=held,
            name=held.person.full_name,
            now=now,
            event_id=event_id,
            source="web" if actor.kind == "account" else "link",
        )
