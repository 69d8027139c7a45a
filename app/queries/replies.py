"""Who answers: the guest behind a secret address, or behind an entry and the address invited to it."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.db import db
from app.domain import tokens
from app.models.calendars import CalendarCopy
from app.models.events import Event
from app.models.inbound import InboundMail
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.models.people import Person
from app.models.programme import Session
from app.models.registrations import Delegate

Guest = Invitation | Delegate
_OLD_GENERATIONS = 50
"""How far back a revoked secret is recognised as one."""


def find_by_token(token: str, keys: Sequence[str]) -> tuple[Guest, bool] | None:
    """Return the guest whose reply address this is or was, and whether it still is; else None."""
    public_id = tokens.public_id_of(token)
    if public_id is None:
        return None
    guest: Guest | None = db.session.scalar(sa.select(Invitation).where(Invitation.public_id == public_id))
    purpose: tokens.Purpose = "invitation-reply"
    if guest is None:
        guest, purpose = (
            db.session.scalar(sa.select(Delegate).where(Delegate.public_id == public_id)),
            "delegate-reply",
        )
    if guest is None:
        return None
    newest = guest.generation
    for generation in range(newest, max(newest - _OLD_GENERATIONS, 0), -1):
        if tokens.matches(token, keys, purpose, public_id, generation):
            return guest, generation == newest
    return None


def list_by_entry(uid: str, address: str) -> Sequence[Guest]:
    """Return whom an entry was mailed to at this address, or whose address it is by now."""
    copies = db.session.execute(
        sa.select(CalendarCopy, Invitation, Delegate)
        .outerjoin(Invitation, CalendarCopy.invitation_id == Invitation.id)
        .outerjoin(Delegate, CalendarCopy.delegate_id == Delegate.id)
        .outerjoin(Person, Delegate.person_id == Person.id)
        .where(
            CalendarCopy.uid == uid,
            sa.or_(*(sa.func.lower(column) == address.lower() for column in _ADDRESSES)),
        )
        .order_by(CalendarCopy.id)
        .limit(2)
    )
    return [invitation or delegate for _, invitation, delegate in copies]


_ADDRESSES = (CalendarCopy.email, Invitation.email, Person.email)


def find_event(uid: str) -> int | None:
    """Return the number of the event that an entry belongs to."""
    of_event = sa.select(Event.id).where(Event.calendar_uid == uid)
    of_session = sa.select(Session.event_id).where(Session.calendar_uid == uid)
    return db.session.scalar(of_event.union_all(of_session).limit(1))


def find_copy(guest: Guest, uid: str) -> CalendarCopy | None:
    """Return what the guest was told of an entry, as it is now."""
    own = CalendarCopy.invitation_id if isinstance(guest, Invitation) else CalendarCopy.delegate_id
    return db.session.scalar(
        sa.select(CalendarCopy)
        .where(own == guest.id, CalendarCopy.uid == uid)
        .execution_options(populate_existing=True)
    )


def list_addresses(guest: Guest, copy: CalendarCopy | None) -> frozenset[str]:
    """Return at which addresses the guest is invited, casefolded."""
    present = guest.email if isinstance(guest, Invitation) else guest.person.email
    return frozenset(one.casefold() for one in (present, copy and copy.email) if one)


def has_reason_since(guest: Guest, reason: str, since: object) -> bool:
    """Tell whether a mail of this guest was applied for this reason since then."""
    own = InboundMail.invitation_id if isinstance(guest, Invitation) else InboundMail.delegate_id
    found = sa.select(InboundMail.id).where(
        own == guest.id, InboundMail.reason == reason, InboundMail.received_at > since
    )
    return db.session.scalar(found.limit(1)) is not None


def list_copies(delegate: Delegate) -> Sequence[CalendarCopy]:
    """Return everything that a delegate's calendar was told."""
    return db.session.scalars(sa.select(CalendarCopy).where(CalendarCopy.delegate_id == delegate.id)).all()


def find_recipient(message: OutboxMessage) -> Guest | None:
    """Return the guest to whom a message went."""
    if message.delegate_id is not None:
        return db.session.get(Delegate, message.delegate_id)
    return db.session.get(Invitation, message.invitation_id) if message.invitation_id is not None else None
