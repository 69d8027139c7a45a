"""Replace a delegate: somebody else takes over his role, his places and his turn on every waiting list."""

from dataclasses import replace as changed
from datetime import datetime

from sqlalchemy import orm

from app.domain.approvals import Approver, granted
from app.domain.errors import Conflict, NotFound
from app.domain.invitations import AnswerSource
from app.domain.policy import Actor
from app.domain.registrations import (
    Departure,
    ReplaceDelegate,
    SeatState,
    request_fingerprint,
    require_another_person,
)
from app.models.invitations import Invitation
from app.models.registrations import Delegate, Seat
from app.queries import registrations
from app.services import audit
from app.services.registrations import access, notices, particulars, places, succession
from app.services.transaction import unit_of_work


def replace_delegate(
    *,
    actor: Actor,
    delegate: Delegate,
    command: ReplaceDelegate,
    now: datetime,
    source: AnswerSource = AnswerSource.LINK,
) -> str:
    """Send somebody else in a delegate's place and return the new one's public id.

    No place is given back or taken, so nobody can come between them. The same form sent twice replaces once.
    Raises Conflict: changed_meanwhile, delegate_withdrawn, delegate_attended, already_registered, and by link
    event_not_open or deadline_passed; InvalidInput("replaces_himself").
    """
    number, event_id = delegate.id, delegate.event_id
    with unit_of_work() as session:
        held = places.lock_delegate(session, number, event_id)
        if held.invitation is None:
            raise NotFound("not_found")
        key = request_fingerprint(held.invitation.public_id, command.request_key)
        if held.replaced_by is not None and held.replaced_by.request_key == key:
            return held.replaced_by.public_id
        access.require_unchanged(held, command.revision)
        access.require_may_change(held.invitation, actor, now)
        return hand_over(session, held, held.invitation, command, actor=actor, source=source, now=now)


def hand_over(
    session: orm.Session,
    held: Delegate,
    invitation: Invitation,
    command: ReplaceDelegate,
    *,
    actor: Actor,
    source: AnswerSource,
    now: datetime,
) -> str:
    """Replace within the caller's unit of work, once it is settled that one may; the event is locked."""
    if held.attended:
        raise Conflict("delegate_attended")
    _require_new(held, invitation, command)
    successor = _successor(held, invitation, command, now)
    _await_word(successor, access.missing_word(held.event, actor, has_institution=True))
    _depart(held, now)
    session.flush()  # the delegation has one head at every moment
    session.add(successor)
    session.flush()
    held.replaced_by = successor
    audit.record(
        actor=actor,
        act="delegate.replace",
        subject=held,
        name=f"{held.person.full_name} → {successor.person.full_name}",
        now=now,
        event_id=held.event_id,
        source=source,
        by=successor.public_id,
        is_substitute=command.is_substitute,
    )
    succession.pass_on(session, held.event, {held.person_id: successor.person}, actor=actor, now=now)
    notices.tell_withdrawn([held], now)
    notices.tell_registered(successor, now)
    return successor.public_id


def _require_new(held: Delegate, invitation: Invitation, command: ReplaceDelegate) -> None:
    who = (command.person.full_name, command.person.email)
    require_another_person((held.person.full_name, held.person.email), who)
    others = (row for row in registrations.list_known(invitation.id) if row.public_id != held.public_id)
    if same := particulars.find_same(others, command.person, ""):
        raise Conflict("already_registered", field="full_name", name=same.full_name)


def _successor(held: Delegate, invitation: Invitation, command: ReplaceDelegate, now: datetime) -> Delegate:
    details = changed(command.person, organization_name=held.person.organization_name)
    return Delegate(
        event_id=held.event_id,
        event=held.event,
        invitation_id=invitation.id,
        invitation=invitation,
        person=particulars.new_person(held.event, held.person.organization, details),
        role=held.role,
        state=held.state,
        queued_at=held.queued_at,
        offer_expires_at=held.offer_expires_at,
        position=held.position,
        site=held.site,
        request_key=request_fingerprint(invitation.public_id, command.request_key),
        is_substitute=command.is_substitute,
        registered_at=now,
        changed_at=now,
        seats=[
            Seat(
                session_id=seat.session_id,
                state=seat.state,
                created_at=seat.created_at,
                offer_expires_at=seat.offer_expires_at,
            )
            for seat in held.seats
        ],
    )


def _await_word(successor: Delegate, missing: Approver | None) -> None:
    """Let approval begin again: the word was about somebody else."""
    successor.awaits = missing
    held: list[Delegate | Seat] = [successor, *successor.seats]
    for place in held:
        if place.state in {SeatState.CONFIRMED, SeatState.PENDING}:
            place.state = granted(missing)


def _depart(held: Delegate, now: datetime) -> None:
    """Let him go without giving anything back: it is his successor's now."""
    held.state, held.departure = SeatState.WITHDRAWN, Departure.REPLACED
    held.withdrawn_at = held.changed_at = now
    held.offer_expires_at = None
    for seat in held.seats:
        seat.state, seat.offer_expires_at = SeatState.WITHDRAWN, None
