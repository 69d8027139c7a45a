"""Move programme and deadlines along with their event."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain.event_times import HOME_ZONE, Times, distance, moved
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.programme import AgendaItem, Session
from app.queries import event_facts
from app.services.events.access import agenda_of, planned_sessions_of


def move_deadlines(session: orm.Session, event: Event, before: Times) -> None:
    """Move the event's deadline and those of single institutions by what the event moved on the wall."""
    by = distance(before, event_facts.times(event))
    if by is None:
        return
    zones = _zones(event, before)
    own = sa.select(Invitation).where(Invitation.event_id == event.id, Invitation.deadline.is_not(None))
    for invitation in session.scalars(own):
        if invitation.deadline:
            invitation.deadline = moved(invitation.deadline, by, **zones)
    if event.registration_deadline:
        event.registration_deadline = moved(event.registration_deadline, by, **zones)


def move_programme(session: orm.Session, event: Event, sessions: Sequence[Session], before: Times) -> int:
    """Move sessions and agenda by what the event moved on the wall; return how many sessions guests know.

    What the desk plans moves along with what was released: nothing more waits for a release by it.
    """
    by = distance(before, event_facts.times(event))
    zones = _zones(event, before)
    if by is None or (not by and zones["zone"] == zones["to_zone"]):
        return 0
    if event.starts_at is not None and event.starts_at == before.starts_at:
        return 0  # the same moment, on the clocks of another zone
    timed = [s for s in sessions if s.starts_at]
    everywhere: list[Session | AgendaItem] = [*{*sessions, *planned_sessions_of(session, event)}]
    for row in (*everywhere, *agenda_of(session, event)):
        if row.starts_at:
            row.starts_at = moved(row.starts_at, by, **zones)
        if isinstance(row, Session) and row.ends_at:
            row.ends_at = moved(row.ends_at, by, **zones)
    return len(timed)


def _zones(event: Event, before: Times) -> dict[str, str]:
    return {"zone": before.timezone or HOME_ZONE, "to_zone": event.timezone or HOME_ZONE}
