"""Draft the letters that tell what became of an event; the organiser releases them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from app import site
from app.domain.event_times import Times
from app.domain.events import CALLED_OFF, EventStatus, is_over
from app.domain.languages import INTERFACE, Translated, in_language
from app.domain.mail import MessageKind, MessageState
from app.domain.people import printed_name
from app.mail import outbox
from app.mail.mime import Recipient
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.models.registrations import Delegate
from app.queries import event_facts, notices
from app.queries.notices import Reached
from app.services.events.access import sessions_of

_OUTDATED = (MessageKind.EVENT_CHANGED, MessageKind.EVENT_POSTPONED)


def draft(
    session: orm.Session,
    event: Event,
    kind: MessageKind,
    before: Times,
    *,
    now: datetime,
    only: Reached | None = None,
    note: Translated | None = None,
) -> int:
    """Put a letter to everybody concerned into the outbox; return how many wait there.

    `only` leaves those whom a change concerns, `note` stands in place of the event's public note.
    Drafts of earlier changes are withdrawn, for they tell what is no longer so, and who was to read one is
    written to again; on a cancellation all drafts.
    """
    session.flush()
    only = only and _with_those_who_wait(session, event, only)
    withdraw_drafts(session, event, None if kind is MessageKind.EVENT_CANCELLED else _OUTDATED)
    sessions = sessions_of(session, event)
    drafted, told_too = 0, {"note": note} if note else {}
    for recipient, link, told in _concerned(event, only):
        whom = told.get("delegate") or told["invitation"]
        message = outbox.enqueue(
            kind=kind,
            to=recipient,
            context={**_context(event, before, recipient, link, whom), "sessions": sessions, **told_too},
            now=now,
            event=event,
            dedupe_key=f"{kind}:{event.public_id}:{event.revision}:{whom.public_id}",
            draft=True,
            mass=True,
            **told,
        )
        drafted += message is not None
    return drafted


def draft_change(
    session: orm.Session,
    event: Event,
    before: Times,
    *,
    now: datetime,
    only: Reached | None = None,
    note: Translated | None = None,
) -> int:
    """Tell of a new time, way to join or programme; nothing where the event is not public, or is over."""
    is_public = event.status in {EventStatus.PUBLISHED, EventStatus.CLOSED}
    if not is_public or is_over(event.date, event.starts_at, event.ends_at, now=now):
        return 0
    return draft(session, event, MessageKind.EVENT_CHANGED, before, now=now, only=only, note=note)


def withdraw_drafts(session: orm.Session, event: Event, kinds: tuple[MessageKind, ...] | None) -> int:
    """Withdraw the event's drafts of these kinds, or of all; return how many."""
    query = sa.select(OutboxMessage).where(
        OutboxMessage.event_id == event.id, OutboxMessage.state == MessageState.DRAFT
    )
    drafts = session.scalars(query if kinds is None else query.where(OutboxMessage.kind.in_(kinds))).all()
    for message in drafts:
        message.state = MessageState.WITHDRAWN
    return len(drafts)


def _with_those_who_wait(session: orm.Session, event: Event, only: Reached) -> Reached:
    """Add whom a draft of an earlier change would have told: it is about to be withdrawn."""
    waiting = sa.select(OutboxMessage.invitation_id, OutboxMessage.delegate_id).where(
        OutboxMessage.event_id == event.id,
        OutboxMessage.state == MessageState.DRAFT,
        OutboxMessage.kind.in_(_OUTDATED),
    )
    found = session.execute(waiting).all()
    return replace(
        only,
        invitations=only.invitations | {row.invitation_id for row in found if row.invitation_id},
        delegates=only.delegates | {row.delegate_id for row in found if row.delegate_id},
    )


def _concerned(event: Event, only: Reached | None) -> Iterator[tuple[Recipient, str, dict[str, Any]]]:
    for invitation in notices.list_institutions(event, only):
        if address := notices.address_of(invitation):
            name = invitation.addressee or in_language(invitation.organization.names, invitation.language)
            recipient = Recipient(address, name, invitation.language)
            yield recipient, site.invitation_url(invitation), {"invitation": invitation}
    for delegate in notices.list_delegates(event, only):
        person = delegate.person
        if person.email:
            language = person.language if person.language in INTERFACE else "en"
            name = printed_name(person.full_name, person.native_name, language)
            recipient = Recipient(person.email, name, language)
            yield recipient, site.delegate_url(delegate), {"delegate": delegate}


def _context(
    event: Event, before: Times, recipient: Recipient, link: str, whom: Invitation | Delegate
) -> Mapping[str, Any]:
    person = whom.person if isinstance(whom, Delegate) else None
    place = whom.organization if isinstance(whom, Invitation) else whom.person
    return {
        "person": person,
        "titles": event.titles,
        "note": event.public_notes,
        "addressee": recipient.name,
        "before": before,
        "has_new_date": event.status not in CALLED_OFF,
        "times": event_facts.times(event),
        "reader_zone": place.timezone,
        "link": link,
        "event_contact": (event.contact_name, event.contact_phone, event.contact_email),
    }
