"""Decline the time that a guest proposes: his calendar keeps the hours it had."""

from datetime import datetime

from app.queries.replies import Guest
from app.services.calendars import mailing, scheduling


def decline(guest: Guest, uid: str, now: datetime) -> bool:
    """Mail the guest that the hours stay as they are; return whether there is an entry to say it of."""
    told = scheduling.decline_counter(guest, uid, now)
    mailing.mail_alone(told, guest, now)
    return bool(told)
