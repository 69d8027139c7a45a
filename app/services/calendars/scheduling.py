"""Bring the calendars of guests up to date: one private REQUEST or CANCEL for each entry that is news.

There is one way to do it for every act: what the guest's calendar is to show is compared with what he was
told last (CalendarCopy). So an act only has to say whose calendar it touched, and nobody is told twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from app.db import db
from app.domain.calendars import (
    Attendee,
    CalendarEntry,
    CalendarFile,
    EntryStatus,
    Method,
    PartStat,
)
from app.domain.itip import Told, cancelled, hours_of, is_news, requested
from app.ical.serialize import serialize
from app.mail.mime import CalendarPart
from app.models.calendars import CalendarCopy
from app.models.invitations import Invitation
from app.models.registrations import Delegate
from app.queries import guest_calendars
from app.queries.guest_calendars import Guest, GuestEntry


@dataclass(frozen=True, slots=True)
class Scheduling:
    """A message to one guest about one entry, ready to go with a letter or alone."""

    email: str
    name: str
    language: str
    zone: str | None
    entry: CalendarEntry
    part: CalendarPart


def of_invitation(
    invitation: Invitation, now: datetime, *, email: str | None = None, asks_again: bool = False
) -> list[Scheduling]:
    """Return what the institution's calendar has to be told; `asks_again`: also where nothing changed.

    `email` is where letters to it go, if not to the address of the invitation. It has no entry before it is
    invited and after it has declined, unless the hours have become others.
    """
    guest = guest_calendars.get_institution(invitation, email=email)
    return list(news(guest, now, asks_again=asks_again))


def of_delegate(
    delegate: Delegate, now: datetime, *, quietly: bool = False, is_new: bool = False
) -> list[Scheduling]:
    """Return what the delegate's calendar has to be told; nothing was yet where he `is_new`.

    `quietly`: he declined there, so that his calendar has struck the entry out itself and need not be told.
    """
    told = list(news(guest_calendars.get_delegate(delegate, is_new=is_new), now))
    return [one for one in told if not (quietly and one.part.method is Method.CANCEL)]


def after_answer(invitation: Invitation, now: datetime, *, by_calendar: bool) -> list[Scheduling]:
    """Note what an institution has answered, and return what its calendar has to be told of it.

    A calendar in which the answer was given knows it already; but with an acceptance comes the link to join.
    """
    guest = guest_calendars.get_institution(invitation)
    present = [copy for copy in guest.copies if not copy.is_cancelled]
    for copy in present:
        copy.partstat = guest.answer
    if guest.answer is PartStat.DECLINED:
        return [] if by_calendar else [_cancel(guest, copy, now) for copy in present]
    has_link = any(item.entry.conference for item in guest.entries)
    return list(news(guest, now, asks_again=has_link or not by_calendar))


def news(guest: Guest, now: datetime, *, asks_again: bool = False) -> Iterator[Scheduling]:
    """Yield the messages that bring a guest's calendar up to date, and note them as told."""
    wanted = {item.entry.uid: item for item in guest.entries} if guest.email else {}
    known = {copy.uid: copy for copy in guest.copies}
    for uid, copy in known.items():
        if not copy.is_cancelled and (uid not in wanted or _lies_elsewhere(copy, guest)):
            yield _cancel(guest, copy, now)
    for uid, item in wanted.items():
        if (message := _request(guest, item, known.get(uid), now, asks_again=asks_again)) is not None:
            yield message


def _lies_elsewhere(copy: CalendarCopy, guest: Guest) -> bool:
    """Tell whether the entry lies at an address, or under a secret, that is not the guest's any more."""
    return (
        copy.email.casefold() != (guest.email or "").casefold() or copy.generation != guest.holder.generation
    )


def _request(
    guest: Guest, item: GuestEntry, copy: CalendarCopy | None, now: datetime, *, asks_again: bool
) -> Scheduling | None:
    before = _told(copy) if copy else None
    after = requested(before, item.revision, floor=item.entry.sequence, answer=guest.answer)
    is_new = before is None or before.is_cancelled
    if guest.answer is PartStat.DECLINED and (before is None or before.hours == after.hours):
        return None
    if not (asks_again or is_new or is_news(before, after)):
        return None
    email = guest.email or ""
    if copy is None:
        copy = CalendarCopy(uid=item.entry.uid)
        if isinstance(guest.holder, Invitation):
            copy.invitation_id = guest.holder.id
        else:
            copy.delegate_id = guest.holder.id
        db.session.add(copy)
    copy.email, copy.generation = email, guest.holder.generation
    _note(copy, after, now)
    return _message(guest, copy, replace(item.entry, sequence=after.sequence), Method.REQUEST, now)


def _cancel(guest: Guest, copy: CalendarCopy, now: datetime) -> Scheduling:
    """Strike an entry out where it lies, at the hours that the calendar there shows."""
    after = cancelled(_told(copy))
    starts, ends = hours_of(after)
    _note(copy, after, now)
    shown = guest_calendars.entry_for(guest, copy.uid) or CalendarEntry(
        uid=copy.uid,
        sequence=0,
        stamp=now,
        starts=starts,
        ends=ends,
        zone=guest.plan.zone,
        summary=guest_calendars.title_of(guest),
    )
    struck = replace(
        shown,
        sequence=after.sequence,
        starts=starts,
        ends=ends,
        status=EntryStatus.CANCELLED,
        description="",
        conference=None,
    )
    return _message(guest, copy, struck, Method.CANCEL, now)


def _message(
    guest: Guest, copy: CalendarCopy, entry: CalendarEntry, method: Method, now: datetime
) -> Scheduling:
    organizer = guest.organizer(copy.generation)
    told = replace(
        entry,
        stamp=now.replace(microsecond=0),
        created=None,
        alarm_minutes=None,
        organizer=organizer,
        attendee=Attendee(name=guest.name, address=copy.email, partstat=copy.partstat, role=guest.role),
    )
    file = CalendarFile(
        title=told.summary, entries=(told,), language=guest.language, changed=told.stamp, method=method
    )
    part = CalendarPart(
        method=method,
        content=serialize(file).decode(),
        reply_to=organizer.address,
        thread=f"{copy.uid}.{guest.holder.public_id}",
    )
    return Scheduling(
        email=copy.email,
        name=guest.name,
        language=guest.language,
        zone=guest.reader.zone,
        entry=told,
        part=part,
    )


def _told(copy: CalendarCopy) -> Told:
    return Told(
        sequence=copy.sequence,
        hours=copy.hours,
        essence=copy.essence,
        partstat=copy.partstat,
        is_cancelled=copy.is_cancelled,
    )


def _note(copy: CalendarCopy, told: Told, now: datetime) -> None:
    copy.sequence, copy.hours, copy.essence = told.sequence, told.hours, told.essence
    copy.partstat, copy.is_cancelled, copy.stamp = told.partstat, told.is_cancelled, now
