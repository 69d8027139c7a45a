"""Give an event the start that suits its sides."""

from dataclasses import replace
from datetime import datetime

from app.domain.event_times import HOME_ZONE, schedule_of
from app.domain.languages import DEFAULT
from app.domain.policy import Actor, Permission, require
from app.queries import event_facts, events
from app.services.events import editing


def choose_start(*, actor: Actor, slug: str, starts: datetime, revision: int, now: datetime) -> int:
    """Let an event start at that moment and last as long as before; return how many notices wait as drafts.

    Its programme moves along. It is an edit like any other, on the state that the organiser saw.
    """
    require(actor, Permission.MANAGE_EVENTS)
    event = events.get(slug, actor)
    known = event_facts.times(event)
    length = known.ends_at - known.starts_at if known.starts_at and known.ends_at else None
    times = replace(
        known,
        part_of_day=None,
        starts_at=starts,
        ends_at=starts + length if length else None,
        timezone=known.timezone or HOME_ZONE,
    )
    command = replace(event_facts.facts_of(event, DEFAULT), schedule=schedule_of(times), moves_programme=True)
    return editing.edit(actor=actor, slug=slug, command=command, now=now, revision=revision)
