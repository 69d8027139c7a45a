"""Withdraw delegates: their places go to those who wait."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import orm

from app.domain.errors import Conflict
from app.domain.invitations import AnswerSource
from app.domain.policy import Actor
from app.domain.registrations import SeatState
from app.models.invitations import Invitation
from app.models.registrations import Delegate
from app.queries import registrations
from app.services import audit
from app.services.registrations import access, notices, places, promotion, reservations, seating, succession
from app.services.transaction import unit_of_work


def withdraw_delegate(
    *,
    actor: Actor,
    delegate: Delegate,
    now: datetime,
    source: AnswerSource = AnswerSource.LINK,
) -> int:
    """Withdraw a delegate and return how many others moved up; doing it twice does it once.

    The institution may until its deadline, the desk and the delegate himself until the event is over:
    it is always good to know who does not come.
    """
    number, event_id = delegate.id, delegate.event_id
    with unit_of_work() as session:
        held = places.lock_delegate(session, number, event_id)
        if held.state is SeatState.WITHDRAWN:
            return 0
        if actor.kind == "institution" and held.invitation is not None:
            access.require_may_change(held.invitation, actor, now)
        return leave(session, held, actor=actor, source=source, now=now)


def leave(session: orm.Session, held: Delegate, *, actor: Actor, source: AnswerSource, now: datetime) -> int:
    """Withdraw him within the caller's unit of work; the event is locked. Return how many moved up."""
    if held.attended:
        raise Conflict("delegate_attended")
    return _withdraw(session, held.event_id, [held], actor, source, now)


def withdraw_delegation(
    session: orm.Session, *, invitation: Invitation, actor: Actor, source: AnswerSource, now: datetime
) -> int:
    """Withdraw all people of an institution in the unit of work of its refusal; return how many.

    Nothing is kept for it any more.
    """
    places.lock_event(session, invitation.event_id)
    reservations.release(invitation, actor=actor, source=source, now=now)
    present = registrations.list_present(invitation.id)
    _withdraw(session, invitation.event_id, present, actor, source, now)
    return len(present)


def _withdraw(
    session: orm.Session,
    event_id: int,
    delegates: Sequence[Delegate],
    actor: Actor,
    source: AnswerSource,
    now: datetime,
) -> int:
    free = [number for delegate in delegates for number in seating.leave(session, delegate, now)]
    for delegate in delegates:
        audit.record(
            actor=actor,
            act="delegate.withdraw",
            subject=delegate,
            name=delegate.person.full_name,
            now=now,
            event_id=event_id,
            source=source,
        )
    if delegates:
        gone = {delegate.person_id: None for delegate in delegates}
        succession.pass_on(session, delegates[0].event, gone, actor=actor, now=now)
    notices.tell_withdrawn(delegates, now, by_calendar=source is AnswerSource.CALENDAR)
    return len(promotion.fill(session, event_id, free, now))
