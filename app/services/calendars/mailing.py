"""Let scheduling messages travel: one with the letter that tells of the act, the others alone."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app import site
from app.domain.calendars import CalendarEntry, Method
from app.domain.mail import MessageKind
from app.mail import outbox
from app.mail.mime import CalendarPart, Recipient
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.models.registrations import Delegate
from app.queries import guest_calendars
from app.queries.guest_calendars import Key
from app.services.calendars import scheduling
from app.services.calendars.scheduling import Scheduling


def split(told: Sequence[Scheduling], to: str | None) -> tuple[CalendarPart | None, list[Scheduling]]:
    """Return the message that goes with a letter to this address, and those that have to travel alone.

    A mail carries one entry, for calendars read no second one in it. Where an entry is struck out at one
    address and brought to another, the letter goes with what its own reader needs.
    """
    own = [one for one in told if one.email.casefold() == (to or "").casefold()]
    with_it = min(own, key=lambda one: one.part.method == Method.CANCEL, default=None)
    return with_it.part if with_it else None, [one for one in told if one is not with_it]


def mail_alone(told: Iterable[Scheduling], holder: Invitation | Delegate, now: datetime) -> None:
    """Put a short mail into the outbox for each message."""
    link = site.invitation_url(holder) if isinstance(holder, Invitation) else site.delegate_url(holder)
    for one in told:
        outbox.enqueue(
            kind=MessageKind.CALENDAR,
            to=Recipient(one.email, one.name, one.language),
            context={
                "addressee": one.name,
                "person": holder.person if isinstance(holder, Delegate) else None,
                "entry": one.entry,
                "day": _day(one.entry),
                "reader_zone": one.zone,
                "method": one.part.method,
                "link": link,
            },
            now=now,
            event=holder.event,
            invitation=holder if isinstance(holder, Invitation) else None,
            delegate=holder if isinstance(holder, Delegate) else None,
            calendar=one.part,
        )


def refresh(holder: Invitation | Delegate, now: datetime) -> None:
    """Mail a guest his entries as they are: his calendar has asked for them (RFC 5546 section 3.2.6)."""
    guest = guest_calendars.get_guest(holder)
    mail_alone(list(scheduling.news(guest, now, asks_again=True)), holder, now)


def attach(
    event: Event, letters: Sequence[OutboxMessage], now: datetime, *, asks_again: bool = False
) -> None:
    """Let letters that are being released bring the calendars of their readers up to date.

    Only now: a draft that is dropped has told nobody, so calendars must not count as told.
    """
    by_key = {_key(letter): letter for letter in letters if letter.invitation_id or letter.delegate_id}
    written_to = {key: letter.recipient for key, letter in by_key.items()}
    for key, guest in guest_calendars.list_guests(event, written_to):
        told = list(scheduling.news(guest, now, asks_again=asks_again))
        part, others = split(told, by_key[key].recipient)
        if part:
            outbox.attach(by_key[key], part)
        mail_alone(others, guest.holder, now)


def _day(entry: CalendarEntry) -> date:
    if isinstance(entry.starts, datetime):
        return entry.starts.astimezone(ZoneInfo(entry.zone)).date()
    return entry.starts


def _key(letter: OutboxMessage) -> Key:
    if letter.invitation_id:
        return ("invitation", letter.invitation_id)
    return ("delegate", letter.delegate_id or 0)
