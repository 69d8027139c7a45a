"""What guests answered in their calendars, entry by entry."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.db import db
from app.domain.calendars import PartStat
from app.models.calendars import CalendarCopy
from app.models.events import Event
from app.models.programme import Session
from app.models.registrations import Delegate


def list_of_delegate(delegate: Delegate) -> Sequence[CalendarCopy]:
    """Return the entries that a delegate has answered in a calendar, in the order in which they came."""
    answered = CalendarCopy.replied_at.is_not(None), CalendarCopy.partstat != PartStat.NEEDS_ACTION
    return db.session.scalars(
        sa.select(CalendarCopy)
        .where(CalendarCopy.delegate_id == delegate.id, *answered)
        .order_by(CalendarCopy.id)
    ).all()


def find_session(event: Event, uid: str) -> Session | None:
    """Return the session that an entry stands for; None for that of the whole event, and for unknown ones."""
    return next((session for session in event.sessions if uid and session.calendar_uid == uid), None)
