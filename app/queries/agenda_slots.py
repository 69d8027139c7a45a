"""Agenda items in time, as their session or their event frames them."""

from collections.abc import Mapping, Sequence

from app.domain.agenda import Point, Slot, lay_out
from app.domain.programme import Interpretation
from app.models.events import Event
from app.models.programme import AgendaItem, Session


def interpretation_of(event: Event, block: Session | None) -> Interpretation:
    """Return how a session is interpreted: its own way, else that of the event."""
    return (block and block.interpretation) or event.interpretation


def slots_of(event: Event, block: Session | None, items: Sequence[AgendaItem]) -> Mapping[str, Slot]:
    """Return the items in time by their public ids, in their order; `block` None: the event as a whole."""
    points = [
        Point(key=item.public_id, kind=item.kind, starts=item.starts_at, minutes=item.minutes)
        for item in items
    ]
    frame = block or event
    slots = lay_out(points, frame.starts_at, frame.ends_at, interpretation_of(event, block))
    return {slot.key: slot for slot in slots}
