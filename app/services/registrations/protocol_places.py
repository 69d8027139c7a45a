"""The place that the protocol officer gives a delegation by hand, above the rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.domain.errors import NotFound
from app.domain.languages import in_language
from app.domain.policy import Actor, Permission, require
from app.domain.protocol import places_after_move
from app.models.events import Event
from app.models.invitations import Invitation
from app.queries import protocol, registrations
from app.services import audit
from app.services.registrations import places
from app.services.transaction import unit_of_work


@dataclass(frozen=True, slots=True)
class Move:
    """A delegation (public id) that was dragged, or pushed by a button, to a place counted from 1."""

    invitation: str
    place: int


def set_places(
    *, actor: Actor, event: Event, wanted: Mapping[str, int | None], now: datetime, move: Move | None = None
) -> int:
    """Give invitations (public ids) their places, None for the rule, then move one; count the changes."""
    require(actor, Permission.MANAGE_EVENTS)
    number = event.id
    with unit_of_work() as session:
        held = places.lock_event(session, number)
        invited = session.scalars(
            sa.select(Invitation)
            .where(Invitation.event_id == number)
            .execution_options(populate_existing=True)
        ).all()
        before = {row.id: row.protocol_position for row in invited}
        for row in invited:
            row.protocol_position = wanted.get(row.public_id, row.protocol_position)
        if move:
            session.flush()
            _move(held, {row.public_id: row for row in invited}, move)
        changed = sum(row.protocol_position != before[row.id] for row in invited)
        if changed:
            audit.record(
                actor=actor,
                act="event.order_by_hand",
                subject=held,
                name=in_language(held.titles, "vi"),
                now=now,
                event_id=number,
                delegations=changed,
            )
        return changed


def follow_rule(*, actor: Actor, event: Event, now: datetime) -> int:
    """Take every place by hand back; return how many there were."""
    placed = {row.public_id: None for row in registrations.list_institutions(event) if row.protocol_position}
    return set_places(actor=actor, event=event, wanted=placed, now=now)


def _move(event: Event, invited: Mapping[str, Invitation], move: Move) -> None:
    moved = invited.get(move.invitation)
    if moved is None:
        raise NotFound("not_found")
    numbered = {row.id: row for row in invited.values()}
    by_hand = [row.id for row in invited.values() if row.protocol_position is not None]
    for number, place in places_after_move(protocol.rank(event), by_hand, moved.id, move.place).items():
        numbered[number].protocol_position = place
