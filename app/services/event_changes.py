"""Mark an event as changed for those who read it, without getting in the way of those who edit it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.models.events import Event


def mark_changed(session: orm.Session, event: Event, now: datetime) -> None:
    """Tell page and calendars of an event that there is something new.

    The event's revision stays: forms that are open on it stay valid.
    """
    session.flush()
    session.execute(sa.update(Event).where(Event.id == event.id).values(changed_at=now))
