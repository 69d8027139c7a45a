"""Tell delegates what became of their registration, in their own language, in the transaction of the act."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from app import site
from app.domain.errors import InvalidInput
from app.domain.events import EventStatus
from app.domain.languages import INTERFACE
from app.domain.mail import MessageKind
from app.domain.people import printed_name
from app.domain.registrations import SeatState
from app.ical.serialize import serialize
from app.mail import outbox
from app.mail.mime import Recipient
from app.models.registrations import Delegate
from app.queries import calendars

_TOLD = frozenset({EventStatus.PUBLISHED, EventStatus.CLOSED})


def tell_registered(delegate: Delegate, now: datetime) -> None:
    """Tell a new delegate that he is registered, or waits; his page and his calendar file go with it."""
    _tell(MessageKind.REGISTRATION, delegate, now)


def tell_changed(delegates: Iterable[Delegate], now: datetime) -> None:
    """Tell delegates that their registration is another now."""
    for delegate in delegates:
        _tell(MessageKind.REGISTRATION_CHANGED, delegate, now)


def tell_withdrawn(delegates: Iterable[Delegate], now: datetime) -> None:
    """Tell delegates that they are withdrawn."""
    for delegate in delegates:
        _tell(MessageKind.WITHDRAWAL, delegate, now)


def _tell(kind: MessageKind, delegate: Delegate, now: datetime) -> None:
    """Write to him; the archive of a past event and a draft write to nobody."""
    person, event = delegate.person, delegate.event
    if not person.email or event.is_archive or event.status not in _TOLD:
        return
    language = person.language if person.language in INTERFACE else "en"
    outbox.enqueue(
        kind=kind,
        to=Recipient(person.email, printed_name(person.full_name, person.native_name, language), language),
        context=_context(delegate, language),
        calendar=_calendar(delegate, language) if delegate.state is SeatState.CONFIRMED else None,
        now=now,
        event=event,
        delegate=delegate,
    )


def _calendar(delegate: Delegate, language: str) -> bytes | None:
    """Return his calendar file; an event without a date has none yet."""
    try:
        return serialize(calendars.get_file_to_mail(delegate, language=language))
    except InvalidInput:
        return None


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
        "link": site.delegate_url(delegate),
    }
