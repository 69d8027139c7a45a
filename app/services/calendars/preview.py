"""Show an organiser what a guest's calendar would be told, before anybody is told."""

from collections.abc import Sequence
from datetime import datetime

from app.domain.errors import NotFound
from app.domain.policy import Actor, Permission, require
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.registrations import Delegate
from app.queries import guest_calendars, mail
from app.queries.guest_calendars import Guest
from app.services.calendars.changes import Change, changes, content


def guest_of(
    *, actor: Actor, event: Event, holder: Invitation | Delegate, letter: str | None = None
) -> Guest:
    """Return a guest as the messages know him; with a letter (public id) as the one it is written to."""
    require(actor, Permission.MANAGE_EVENTS)
    if letter is None:
        return guest_calendars.get_guest(holder)
    message = mail.get(event, letter)
    is_his = (
        message.invitation_id == holder.id
        if isinstance(holder, Invitation)
        else message.delegate_id == holder.id
    )
    if not is_his:
        raise NotFound("not_found")
    if isinstance(holder, Invitation):
        return guest_calendars.get_institution(holder, email=message.recipient)
    return guest_calendars.get_delegate(holder)


def entries(guest: Guest, *, now: datetime) -> Sequence[Change]:
    """Return every entry that the guest has or is to have, with what a letter sent now would do to it."""
    return sorted(changes(guest, now, asks_again=True), key=lambda change: str(change.after.hours))


def file(guest: Guest, uid: str, *, method: str, now: datetime) -> tuple[Change, bytes]:
    """Return one of them and the very calendar file that would be sent."""
    there = (one for one in entries(guest, now=now) if (one.entry.uid, one.method.lower()) == (uid, method))
    found = next(there, None)
    if found is None:
        raise NotFound("not_found")
    return found, content(found)
