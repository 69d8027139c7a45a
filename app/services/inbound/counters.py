"""Decline the time that a guest proposes: his calendar keeps the hours it had (RFC 5546 section 3.2.8)."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app import site
from app.domain.calendars import Attendee, CalendarEntry, CalendarFile, Method
from app.domain.mail import MessageKind
from app.ical.serialize import serialize
from app.mail import outbox
from app.mail.mime import CalendarPart, Recipient
from app.models.calendars import CalendarCopy
from app.models.invitations import Invitation
from app.queries import guest_calendars, replies
from app.queries.guest_calendars import Guest as Holder
from app.queries.replies import Guest


def decline(guest: Guest, uid: str, now: datetime) -> bool:
    """Mail the guest that the hours stay as they are; return whether there is an entry to say it of."""
    copy = replies.find_copy(guest, uid)
    holder = _holder(guest)
    entry = guest_calendars.entry_for(holder, uid)
    if copy is None or copy.is_cancelled or entry is None:
        return False
    told = _told(holder, copy, entry, now)
    is_institution = isinstance(guest, Invitation)
    outbox.enqueue(
        kind=MessageKind.CALENDAR,
        to=Recipient(copy.email, holder.name, holder.language),
        context={
            "addressee": holder.name,
            "entry": told,
            "day": _day(told),
            "is_cancelled": False,
            "declines_counter": True,
            "link": site.invitation_url(guest) if is_institution else site.delegate_url(guest),
        },
        now=now,
        event=guest.event,
        invitation=guest if isinstance(guest, Invitation) else None,
        delegate=None if isinstance(guest, Invitation) else guest,
        calendar=_part(holder, copy, told),
    )
    return True


def _day(entry: CalendarEntry) -> date:
    if isinstance(entry.starts, datetime):
        return entry.starts.astimezone(ZoneInfo(entry.zone)).date()
    return entry.starts


def _holder(guest: Guest) -> Holder:
    if isinstance(guest, Invitation):
        return guest_calendars.get_institution(guest)
    return guest_calendars.get_delegate(guest)


def _told(holder: Holder, copy: CalendarCopy, entry: CalendarEntry, now: datetime) -> CalendarEntry:
    return replace(
        entry,
        sequence=copy.sequence,
        stamp=now.replace(microsecond=0),
        created=None,
        alarm_minutes=None,
        organizer=holder.organizer(copy.generation),
        attendee=Attendee(name=holder.name, address=copy.email, partstat=copy.partstat, role=holder.role),
    )


def _part(holder: Holder, copy: CalendarCopy, told: CalendarEntry) -> CalendarPart:
    method = Method.DECLINECOUNTER
    file = CalendarFile(
        title=told.summary, entries=(told,), language=holder.language, changed=told.stamp, method=method
    )
    return CalendarPart(
        method=method,
        content=serialize(file).decode(),
        reply_to=holder.organizer(copy.generation).address,
        thread=f"{copy.uid}.{holder.holder.public_id}",
    )
