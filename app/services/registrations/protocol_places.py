"""The place that the protocol officer gives a delegation by hand, above the rule."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from app.domain.languages import in_language
from app.domain.policy import Actor, Permission, require
from app.models.events import Event
from app.models.invitations import Invitation
from app.services import audit
from app.services.registrations import places
from app.services.transaction import unit_of_work


def set_places(*, actor: Actor, event: Event, wanted: Mapping[str, int | None], now: datetime) -> int:
    """Give invitations (public ids) their places, None for the rule; return how many changed."""
    require(actor, Permission.MANAGE_EVENTS)
    number = event.id
    with unit_of_work() as session:
        held = places.lock_event(session, number)
        invited = session.scalars(
            sa.select(Invitation)
            .where(Invitation.event_id == number, Invitation.public_id.in_(wanted))
            .execution_options(populate_existing=True)
        ).all()
        changed = [row for row in invited if row.protocol_position != wanted[row.public_id]]
        for row in changed:
            row.protocol_position = wanted[row.public_id]
        if changed:
            audit.record(
                actor=actor,
                act="event.order_by_hand",
                subject=held,
                name=in_language(held.titles, "vi"),
                now=now,
                event_id=number,
                delegations=len(changed),
            )
        return len(changed)
