"""What a guest's calendar does not show yet as it should: found by comparing, without telling anybody.

Scheduling sends and notes what is found here; an organiser looks at it before.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.calendars import Attendee, CalendarEntry, CalendarFile, EntryStatus, Method, PartStat
from app.domain.itip import Effect, Told, cancelled, effect_of, hours_of, is_news, requested
from app.ical.serialize import serialize
from app.models.calendars import CalendarCopy
from app.queries import guest_calendars
from app.queries.guest_calendars import Guest, GuestEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry that the guest is to be told of; `copy` is what his calendar holds of it, None: nothing."""

    guest: Guest
    copy: CalendarCopy | None
    before: Told | None
    after: Told
    email: str
    generation: int
    entry: CalendarEntry
    """As the message brings it, with the organiser and the one guest."""
    declines_counter: bool = False
    """The guest has proposed other hours, and these stay."""

    @property
    def method(self) -> Method:
        """What the message does."""
        if self.declines_counter:
            return Method.DECLINECOUNTER
        return Method.CANCEL if self.after.is_cancelled else Method.REQUEST

    @property
    def effect(self) -> Effect:
        """What the guest notices of it."""
        return effect_of(self.before, self.after)


def changes(guest: Guest, now: datetime, *, asks_again: bool = False) -> Iterator[Change]:
    """Yield what brings a guest's calendar up to date; `asks_again`: also what it shows already."""
    wanted = {item.entry.uid: item for item in guest.entries} if guest.email else {}
    known = {copy.uid: (copy, told_by(copy)) for copy in guest.copies}
    for uid, (copy, before) in known.items():
        if not before.is_cancelled and (uid not in wanted or _lies_elsewhere(copy, guest)):
            change = removal(guest, copy, now)
            known[uid] = (copy, change.after)
            yield change
    for uid, item in wanted.items():
        copy_there, told = known.get(uid, (None, None))
        if (found := _request(guest, item, copy_there, told, now, asks_again=asks_again)) is not None:
            yield found


def removal(guest: Guest, copy: CalendarCopy, now: datetime) -> Change:
    """Return what strikes an entry out where it lies, at the hours that the calendar there shows."""
    before = told_by(copy)
    after = cancelled(before)
    starts, ends = hours_of(after)
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
        shown, starts=starts, ends=ends, status=EntryStatus.CANCELLED, description="", conference=None
    )
    place = (copy.email, copy.generation)
    return _change(guest, copy, before, after, place, struck, now)


def counter_declined(guest: Guest, uid: str, now: datetime) -> Change | None:
    """Return what says that the hours of an entry stay (RFC 5546 section 3.2.8); None where it has left."""
    entry = guest_calendars.entry_for(guest, uid)
    copy = next((one for one in guest.copies if one.uid == uid and not one.is_cancelled), None)
    if copy is None or entry is None:
        return None
    told, place = told_by(copy), (copy.email, copy.generation)
    return replace(_change(guest, copy, told, told, place, entry, now), declines_counter=True)


def content(change: Change) -> bytes:
    """Return the calendar file of the message."""
    file = CalendarFile(
        title=change.entry.summary,
        entries=(change.entry,),
        language=change.guest.language,
        changed=change.entry.stamp,
        method=change.method,
    )
    return serialize(file)


def told_by(copy: CalendarCopy) -> Told:
    """Return what the guest was told last of an entry."""
    return Told(
        sequence=copy.sequence,
        hours=copy.hours,
        essence=copy.essence,
        partstat=copy.partstat,
        is_cancelled=copy.is_cancelled,
    )


def _lies_elsewhere(copy: CalendarCopy, guest: Guest) -> bool:
    """Tell whether the entry lies at an address, or under a secret, that is not the guest's any more."""
    return (
        copy.email.casefold() != (guest.email or "").casefold() or copy.generation != guest.holder.generation
    )


def _request(
    guest: Guest,
    item: GuestEntry,
    copy: CalendarCopy | None,
    before: Told | None,
    now: datetime,
    *,
    asks_again: bool,
) -> Change | None:
    after = requested(before, item.revision, floor=item.entry.sequence, answer=guest.answer)
    is_new = before is None or before.is_cancelled
    if guest.answer is PartStat.DECLINED and (before is None or before.hours == after.hours):
        return None
    if not (asks_again or is_new or is_news(before, after)):
        return None
    place = (guest.email or "", guest.holder.generation)
    return _change(guest, copy, before, after, place, item.entry, now)


def _change(
    guest: Guest,
    copy: CalendarCopy | None,
    before: Told | None,
    after: Told,
    place: tuple[str, int],
    entry: CalendarEntry,
    now: datetime,
) -> Change:
    email, generation = place
    told = replace(
        entry,
        sequence=after.sequence,
        stamp=now.replace(microsecond=0),
        created=None,
        alarm_minutes=None,
        organizer=guest.organizer(generation),
        attendee=Attendee(name=guest.name, address=email, partstat=after.partstat, role=guest.role),
    )
    return Change(
        guest=guest, copy=copy, before=before, after=after, email=email, generation=generation, entry=told
    )
