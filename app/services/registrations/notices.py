"""Tell delegates what became of their registration, in their own language, in the transaction of the act."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from app import site
from app.db import after_commit, db
from app.domain.events import EventStatus
from app.domain.languages import INTERFACE, in_language
from app.domain.mail import DueLetter, MessageKind
from app.domain.people import printed_name
from app.domain.registrations import SeatState
from app.mail import doorbell, outbox
from app.mail.mime import Recipient
from app.models.events import Event
from app.models.programme import Session
from app.models.registrations import Delegate
from app.services.calendars import mailing, scheduling

_TOLD = frozenset({EventStatus.PUBLISHED, EventStatus.CLOSED})


def owe(delegate: Delegate, event: Event, letter: DueLetter) -> None:
    """Leave it to the courier to write to him right after the act; a letter that is due says it all.

    For what many do at once: who holds the event's lock does not write letters meanwhile.
    """
    if delegate.person.email and _writes(event):
        delegate.due_letter = find_due(delegate) or letter
        after_commit("ring the doorbell", doorbell.ring)


def find_due(delegate: Delegate) -> DueLetter | None:
    """Return what the courier has still to write to him; it writes nothing more before this act is done.

    The courier takes no event's lock, so what was read with the delegate may be written by now.
    """
    if delegate.due_letter is not None and sa.inspect(delegate).persistent:
        due = sa.select(Delegate.due_letter).where(Delegate.id == delegate.id).with_for_update()
        orm.attributes.set_committed_value(delegate, "due_letter", db.session.scalar(due))
    return delegate.due_letter


def tell_registered(delegate: Delegate, now: datetime) -> None:
    """Tell a delegate that he is registered, or waits; his page and his calendar file go with it."""
    _tell(MessageKind.REGISTRATION, delegate, now)


def tell_changed(delegates: Iterable[Delegate], now: datetime, *, by_calendar: bool = False) -> None:
    """Tell delegates that their registration is another now."""
    for delegate in delegates:
        _tell(MessageKind.REGISTRATION_CHANGED, delegate, now, by_calendar=by_calendar)


def tell_offered(delegate: Delegate, now: datetime) -> None:
    """Tell somebody who waits that a place is kept for him, or his institution when he has no address."""
    person, invitation = delegate.person, delegate.invitation
    if person.email or invitation is None:
        _tell(MessageKind.PLACE_OFFERED, delegate, now)
    elif can_be_asked(delegate):
        language = invitation.language if invitation.language in INTERFACE else "en"
        outbox.enqueue(
            kind=MessageKind.PLACE_OFFERED,
            to=Recipient(invitation.email or "", invitation.addressee, language),
            context={
                **_context(delegate, language),
                "addressee": invitation.addressee or in_language(invitation.organization.names, language),
                "for_another": True,
                "link": f"{site.invitation_url(invitation)}/delegates/{delegate.public_id}",
            },
            now=now,
            event=delegate.event,
            delegate=delegate,
        )


def can_be_asked(delegate: Delegate) -> bool:
    """Tell whether a letter reaches him or, for him, his institution."""
    address = delegate.person.email or (delegate.invitation.email if delegate.invitation else None)
    return bool(address) and _writes(delegate.event)


def tell_withdrawn(delegates: Iterable[Delegate], now: datetime, *, by_calendar: bool = False) -> None:
    """Tell delegates that they are withdrawn."""
    for delegate in delegates:
        _tell(MessageKind.WITHDRAWAL, delegate, now, by_calendar=by_calendar)


def _tell(
    kind: MessageKind,
    delegate: Delegate,
    now: datetime,
    *,
    by_calendar: bool = False,
) -> None:
    """Write to him and bring his calendar up to date; the archive of a past event and a draft tell nobody.

    `by_calendar`: he asked for it in his calendar, which has struck the entry out already.
    """
    person, event = delegate.person, delegate.event
    if not _writes(event) or _is_said_by_due_letter(delegate, kind):
        return
    told = scheduling.of_delegate(delegate, now, quietly=by_calendar)
    calendar, others = mailing.split(told, person.email)
    if person.email:
        language = person.language if person.language in INTERFACE else "en"
        name = printed_name(person.full_name, person.native_name, language)
        outbox.enqueue(
            kind=kind,
            to=Recipient(person.email, name, language),
            context={**_context(delegate, language), "calendar": calendar and calendar.method},
            calendar=calendar,
            now=now,
            event=event,
            delegate=delegate,
        )
    mailing.mail_alone(others, delegate, now)


def _is_said_by_due_letter(delegate: Delegate, kind: MessageKind) -> bool:
    due, says = find_due(delegate), {MessageKind.REGISTRATION, MessageKind.REGISTRATION_CHANGED}
    return kind in says and due in {DueLetter.REGISTRATION, DueLetter.REGISTRATION_CHANGED}


def _writes(event: Event) -> bool:
    return event.status in _TOLD and not event.is_archive


def _context(delegate: Delegate, language: str) -> dict[str, Any]:
    person, event = delegate.person, delegate.event
    states = {seat.session_id: seat.state for seat in delegate.seats}
    return {
        "event": event,
        "delegate": delegate,
        "person": person,
        "name": printed_name(person.full_name, person.native_name, language),
        "seats": [(planned, states[planned.id]) for planned in event.sessions if planned.id in states],
        "is_waiting": delegate.state is SeatState.WAITING,
        "addressee": "",
        "for_another": False,
        "offers": _offers(delegate),
        "link": site.delegate_url(delegate),
    }


def _offers(delegate: Delegate) -> list[tuple[Session | None, datetime]]:
    """Return what is kept for his answer, and until when; None is the event as a whole."""
    if delegate.state is SeatState.OFFERED and delegate.offer_expires_at:
        return [(None, delegate.offer_expires_at)]
    planned = {session.id: session for session in delegate.event.sessions}
    return [
        (planned[seat.session_id], seat.offer_expires_at)
        for seat in delegate.seats
        if seat.state is SeatState.OFFERED and seat.offer_expires_at
    ]
