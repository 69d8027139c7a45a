"""Approve registrations or refuse them: the head of an institution, the secretariat, one word for many."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain.approvals import Approver, Decision, next_approver
from app.domain.invitations import AnswerSource
from app.domain.policy import Actor, Permission, require
from app.domain.registrations import Departure, SeatState, require_changeable
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.people import Person
from app.models.registrations import Delegate
from app.services import audit
from app.services.registrations import letters, notices, places, promotion, seating, succession
from app.services.transaction import unit_of_work


def decide(*, actor: Actor, event: Event, command: Decision, now: datetime) -> int:
    """Say the secretariat's word about delegates who wait for it; return how many it was about.

    Those who do not wait for it (any more) are left out: a form sent twice decides once.
    """
    require(actor, Permission.MANAGE_EVENTS)
    number = event.id
    with unit_of_work() as session:
        held = places.lock_event(session, number)
        return _decide(session, held, Approver.SECRETARIAT, command, actor=actor, source="web", now=now)


def record_head(*, actor: Actor, event: Event, command: Decision, source: AnswerSource, now: datetime) -> int:
    """Record the word of institutions' heads that came by letter, telephone or e-mail; return how many."""
    require(actor, Permission.MANAGE_EVENTS)
    number = event.id
    with unit_of_work() as session:
        held = places.lock_event(session, number)
        return _decide(session, held, Approver.HEAD, command, actor=actor, source=source, now=now)


def decide_as_head(*, invitation: Invitation, command: Decision, now: datetime) -> int:
    """Say the word of the institution's head by his own link; return about how many of his delegates."""
    number, event_id = invitation.id, invitation.event_id
    actor = Actor("approver", invitation.approver_name)
    with unit_of_work() as session:
        event = places.lock_event(session, event_id)
        return _decide(
            session,
            event,
            Approver.HEAD,
            command,
            actor=actor,
            source=AnswerSource.LINK,
            now=now,
            of_invitation=number,
        )


def _decide(
    session: orm.Session,
    event: Event,
    stage: Approver,
    command: Decision,
    *,
    actor: Actor,
    source: str,
    now: datetime,
    of_invitation: int | None = None,
) -> int:
    require_changeable(event.status)
    chosen = _chosen(session, event, stage, command, of_invitation)
    if command.approves:
        _approve(chosen, stage, now)
    else:
        _refuse(session, event, chosen, command.reason, actor, now)
    session.flush()
    audit.record_each(
        actor=actor,
        act=_ACTS[stage, command.approves],
        subjects=[(delegate, delegate.person.full_name) for delegate in chosen],
        now=now,
        event_id=event.id,
        source=source,
        **({} if command.approves else {"reason": command.reason}),
    )
    _tell_institutions(chosen, command, now)
    return len(chosen)


def _chosen(
    session: orm.Session, event: Event, stage: Approver, command: Decision, of_invitation: int | None
) -> Sequence[Delegate]:
    waiting = sa.select(Delegate).where(
        Delegate.event_id == event.id,
        Delegate.public_id.in_(command.delegates),
        Delegate.awaits == stage,
        Delegate.state != SeatState.WITHDRAWN,
    )
    if of_invitation is not None:
        waiting = waiting.where(Delegate.invitation_id == of_invitation)
    return session.scalars(
        waiting.order_by(Delegate.invitation_id, Delegate.position, Delegate.id)
        .options(
            orm.joinedload(Delegate.person, innerjoin=True).joinedload(Person.organization),
            orm.joinedload(Delegate.invitation).joinedload(Invitation.organization),
            orm.selectinload(Delegate.seats),
        )
        .execution_options(populate_existing=True)
    ).all()


def _approve(chosen: Sequence[Delegate], stage: Approver, now: datetime) -> None:
    for delegate in chosen:
        delegate.awaits = next_approver(stage)
        delegate.changed_at = now
        if delegate.awaits is None:
            seating.confirm(delegate)
            notices.tell_registered(delegate, now)


def _refuse(
    session: orm.Session, event: Event, chosen: Sequence[Delegate], reason: str, actor: Actor, now: datetime
) -> None:
    free: list[int] = []
    for delegate in chosen:
        free += seating.leave(session, delegate, now, Departure.REJECTED)
        delegate.awaits, delegate.departure_reason = None, reason
    gone = {delegate.person_id: None for delegate in chosen}
    succession.pass_on(session, event, gone, actor=actor, now=now)
    promotion.fill(session, event.id, free, now)
    notices.tell_withdrawn(chosen, now)


def _tell_institutions(chosen: Sequence[Delegate], command: Decision, now: datetime) -> None:
    of_institutions = [delegate for delegate in chosen if delegate.invitation is not None]
    for invitation, group in groupby(of_institutions, key=lambda delegate: delegate.invitation):
        if invitation is not None:
            letters.tell_decided(invitation, list(group), command, now)


_ACTS = {
    (Approver.HEAD, True): "delegate.approve_as_head",
    (Approver.HEAD, False): "delegate.refuse_as_head",
    (Approver.SECRETARIAT, True): "delegate.approve",
    (Approver.SECRETARIAT, False): "delegate.refuse",
}
