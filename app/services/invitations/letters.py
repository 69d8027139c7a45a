"""Letters of invitation: prepared as drafts, looked at, released in one act; sent again to one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer, joinedload

from app import site
from app.db import after_commit
from app.domain.errors import Conflict
from app.domain.events import EventStatus
from app.domain.invitations import InvitationState
from app.domain.languages import in_language
from app.domain.mail import MessageKind, MessageState
from app.domain.policy import Actor, Permission, require
from app.mail import doorbell, outbox
from app.mail.mime import CalendarPart, Recipient
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.models.programme import Session as Sitting
from app.services import audit
from app.services.calendars import mailing, scheduling
from app.services.invitations import contents, rows
from app.services.transaction import unit_of_work


@dataclass(frozen=True)
class Prepared:
    """How many letters wait, and which institutions have no address to send one to."""

    letters: int
    without_email: tuple[str, ...]


def prepare(
    *, actor: Actor, slug: str, now: datetime, invitations: Collection[str] | None = None
) -> Prepared:
    """Write a draft for each invitation not sent yet (or the chosen ones), in place of older drafts."""
    require(actor, Permission.SEND_MAIL)
    with unit_of_work() as session:
        event = rows.lock_event(session, slug, actor)
        waiting = _unsent(session, event, invitations)
        rows.drop_drafts(session, [row.id for row in waiting])
        session.flush()
        addressed = [row for row in waiting if row.email]
        programme = contents.programme(session, event)
        for row in addressed:
            _enqueue(row, programme, now, draft=True)
        names = tuple(in_language(row.organization.names, "vi") for row in waiting if not row.email)
        return Prepared(len(addressed), names)


def release(*, actor: Actor, slug: str, expected: int, now: datetime) -> int:
    """Queue every prepared letter and mark its invitation as sent; return how many.

    Raises Conflict: event_not_published, letters_outdated (the event changed since they were written),
    letters_changed (their number is not the one that the button named).
    """
    require(actor, Permission.SEND_MAIL)
    with unit_of_work() as session:
        event = rows.lock_event(session, slug, actor)
        if event.status is not EventStatus.PUBLISHED:
            raise Conflict("event_not_published")
        drafts = session.scalars(_drafts(event)).all()
        if any(draft.created_at < event.changed_at for draft in drafts):
            raise Conflict("letters_outdated")
        if len(drafts) != expected or not drafts:
            raise Conflict("letters_changed", n=len(drafts))
        for draft in drafts:
            draft.state, draft.next_attempt_at = MessageState.QUEUED, now
        mailing.attach(event, drafts, now)
        invited = [draft.invitation_id for draft in drafts if draft.invitation_id]
        _mark_sent(session, actor, event, invited, now)
        after_commit("ring the doorbell", doorbell.ring)
        audit.record(
            actor=actor,
            act="event.release_letters",
            subject=event,
            name=in_language(event.titles, "vi"),
            now=now,
            event_id=event.id,
            letters=len(drafts),
        )
        return len(drafts)


def send(*, actor: Actor, slug: str, invitation: str, now: datetime) -> str:
    """Send one institution its letter now, for the first time or again; return the address it goes to."""
    require(actor, Permission.SEND_MAIL)
    with unit_of_work() as session:
        event = rows.lock_event(session, slug, actor)
        found = rows.lock_invitation(session, invitation, slug=slug)
        if event.status is not EventStatus.PUBLISHED:
            raise Conflict("event_not_published")
        if not found.email:
            raise Conflict("no_email", field="email")
        rows.drop_drafts(session, [found.id])
        part, others = mailing.split(scheduling.of_invitation(found, now, asks_again=True), found.email)
        _enqueue(found, contents.programme(session, event), now, draft=False, calendar=part)
        mailing.mail_alone(others, found, now)
        _mark_sent(session, actor, event, [found.id], now)
        return found.email


def send_test(*, actor: Actor, slug: str, invitation: str, to: str, now: datetime) -> None:
    """Send the letter of one institution to the organiser himself; its link leads to the public page."""
    require(actor, Permission.SEND_MAIL)
    with unit_of_work() as session:
        event = rows.lock_event(session, slug, actor)
        found = rows.lock_invitation(session, invitation, slug=slug)
        told = contents.of_letter(found, contents.programme(session, event))
        outbox.enqueue(
            kind=MessageKind.INVITATION,
            to=Recipient(to, actor.name, found.language),
            context={**told, "link": site.event_url(slug), "is_test": True},
            now=now,
            event=found.event,
        )


def _enqueue(
    invitation: Invitation,
    programme: Sequence[Sitting],
    now: datetime,
    *,
    draft: bool,
    calendar: CalendarPart | None = None,
) -> None:
    outbox.enqueue(
        kind=MessageKind.INVITATION,
        to=Recipient(invitation.email or "", invitation.addressee, invitation.language),
        context=contents.of_letter(invitation, programme),
        now=now,
        event=invitation.event,
        invitation=invitation,
        draft=draft,
        mass=draft,
        calendar=calendar,
    )


def _unsent(session: Session, event: Event, chosen: Collection[str] | None) -> Sequence[Invitation]:
    wanted = sa.select(Invitation.public_id).where(
        Invitation.event_id == event.id, Invitation.state == InvitationState.DRAFT
    )
    if chosen is not None:
        wanted = wanted.where(Invitation.public_id.in_(chosen))
    return rows.lock_chosen(session, event, session.scalars(wanted).all())


def _drafts(event: Event) -> sa.Select[OutboxMessage]:
    query = sa.select(OutboxMessage).where(
        OutboxMessage.event_id == event.id,
        OutboxMessage.kind == MessageKind.INVITATION,
        OutboxMessage.state == MessageState.DRAFT,
    )
    return query.options(defer(OutboxMessage.sealed)).order_by(OutboxMessage.id)


def _mark_sent(session: Session, actor: Actor, event: Event, numbers: Collection[int], now: datetime) -> None:
    """Note when each letter went out; an institution that answered keeps its answer as its state."""
    unanswered = Invitation.state.in_([InvitationState.DRAFT, InvitationState.UNDELIVERABLE])
    session.execute(
        sa.update(Invitation)
        .where(Invitation.id.in_(numbers))
        .values(
            sent_at=now,
            state=sa.case((unanswered, InvitationState.SENT), else_=Invitation.state),
            revision=Invitation.revision + 1,
        )
        .execution_options(synchronize_session=False)
    )
    sent = (
        sa.select(Invitation).where(Invitation.id.in_(numbers)).options(joinedload(Invitation.organization))
    )
    found = session.scalars(sent.execution_options(populate_existing=True))
    named = [(row, in_language(row.organization.names, "vi")) for row in found]
    audit.record_each(actor=actor, act="invitation.send", subjects=named, now=now, event_id=event.id)
