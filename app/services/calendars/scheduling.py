"""Bring the calendars of guests up to date: one private REQUEST or CANCEL for each entry that is news.

There is one way to do it for every act: what the guest's calendar is to show is compared with what he was
told last (CalendarCopy). So an act only has to say whose calendar it touched, and nobody is told twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.db import db
from app.domain.calendars import CalendarEntry, Method, PartStat
from app.mail.mime import CalendarPart
from app.models.calendars import CalendarCopy
from app.models.invitations import Invitation
from app.models.registrations import Delegate
from app.queries import guest_calendars
from app.queries.guest_calendars import Guest
from app.services.calendars.changes import Change, changes, content, counter_declined, removal


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


def of_delegate(delegate: Delegate, now: datetime, *, quietly: bool = False) -> list[Scheduling]:
    """Return what the delegate's calendar has to be told.

    `quietly`: he declined there, so that his calendar has struck the entry out itself and need not be told.
    """
    told = list(news(guest_calendars.get_delegate(delegate), now))
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
        return [] if by_calendar else [_tell(removal(guest, copy, now), now) for copy in present]
    has_link = any(item.entry.conference for item in guest.entries)
    return list(news(guest, now, asks_again=has_link or not by_calendar))


def decline_counter(holder: Invitation | Delegate, uid: str, now: datetime) -> list[Scheduling]:
    """Return what tells a guest that the hours stay; nothing where the entry has left his calendar."""
    change = counter_declined(guest_calendars.get_guest(holder), uid, now)
    return [_message(change)] if change else []


def news(guest: Guest, now: datetime, *, asks_again: bool = False) -> Iterator[Scheduling]:
    """Yield the messages that bring a guest's calendar up to date, and note them as told."""
    for change in changes(guest, now, asks_again=asks_again):
        yield _tell(change, now)


def _tell(change: Change, now: datetime) -> Scheduling:
    """Return the message of a change, and note it as told."""
    guest, after, copy = change.guest, change.after, change.copy
    if copy is None:
        copy = CalendarCopy(uid=change.entry.uid)
        if isinstance(guest.holder, Invitation):
            copy.invitation_id = guest.holder.id
        else:
            copy.delegate_id = guest.holder.id
        db.session.add(copy)
    copy.email, copy.generation = change.email, change.generation
    copy.sequence, copy.hours, copy.essence = after.sequence, after.hours, after.essence
    copy.partstat, copy.is_cancelled, copy.stamp = after.partstat, after.is_cancelled, now
    return _message(change)


def _message(change: Change) -> Scheduling:
    guest = change.guest
    part = CalendarPart(
        method=change.method,
        content=content(change).decode(),
        reply_to=guest.organizer(change.generation).address,
        thread=f"{change.entry.uid}.{guest.holder.public_id}",
    )
    return Scheduling(
        email=change.email,
        name=guest.name,
        language=guest.language,
        zone=guest.reader.zone,
        entry=change.entry,
        part=part,
    )
