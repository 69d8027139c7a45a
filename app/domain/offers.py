"""Offers: how long a place that became free is kept for the first who waits."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.invitations import Datable

_SHARE = 4
_LEAST = timedelta(hours=1)


def offered_until(hours: int, event: Datable, now: datetime) -> datetime | None:
    """Return until when a free place is kept for an answer; None: nobody is asked, he has it at once.

    Near the event it is never more than a quarter of the time left; an offer of less than an hour would pass
    unseen.
    """
    length, starts = timedelta(hours=hours), _begins(event)
    if starts is not None:
        length = min(length, (starts - now) / _SHARE)
    return (now + length).replace(second=0, microsecond=0) if length >= _LEAST else None


def _begins(event: Datable) -> datetime | None:
    if event.starts_at or not (event.date and event.timezone):
        return event.starts_at
    return datetime.combine(event.date, time(), ZoneInfo(event.timezone))
