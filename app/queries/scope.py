"""What an actor may see: every list of events begins here."""

import sqlalchemy as sa

from app.domain.events import PUBLIC
from app.domain.policy import Actor, Permission, may
from app.models.events import Event


def events(actor: Actor) -> sa.Select[Event]:
    """Select the events the actor may see: all for the desk, the published ones for everybody else."""
    if may(actor, Permission.READ):
        return sa.select(Event)
    return sa.select(Event).where(Event.status.in_(PUBLIC))
