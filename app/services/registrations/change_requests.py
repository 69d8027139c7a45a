"""Change requests: asked for by the institution after its deadline, accepted or refused by the desk."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain.change_requests import (
    AnswerToChange,
    AskForChange,
    ChangeKind,
    ChangeState,
    changed,
    may_ask,
    require_open,
)
from app.domain.errors import Conflict, NotFound
from app.domain.events import is_over
from app.domain.invitations import AnswerSource, effective_deadline, is_open
from app.domain.mail import MessageKind
from app.domain.people import PersonDetails
from app.domain.policy import Actor, Permission, require
from app.domain.registrations import (
    DelegateRole,
    EditDelegate,
    ReplaceDelegate,
    SeatState,
    require_another_person,
)
from app.models.change_requests import ChangeRequest
from app.models.invitations import Invitation
from app.models.registrations import Delegate
from app.services import audit
from app.services.registrations import edit, letters, particulars, places, replace, withdraw
from app.services.transaction import unit_of_work

_PERSON = ("full_name", "native_name", "form_of_address", "ranks", "posts", "language", "email", "phone")


def ask(*, actor: Actor, delegate: Delegate, command: AskForChange, now: datetime) -> str:
    """Ask the desk for a change of a delegate and return the request's public id.

    A request about him that still waits gives way to this one. Raises Conflict: change_not_asked (changes
    are open, or the event is over), delegate_withdrawn; InvalidInput: nothing_changed, replaces_himself.
    """
    number, event_id = delegate.id, delegate.event_id
    with unit_of_work() as session:
        held = places.lock_delegate(session, number, event_id)
        _require_askable(held, now)
        before, wanted = _compared(held, command)
        _give_way(session, held, now)
        made = ChangeRequest(
            event_id=event_id,
            delegate_id=number,
            kind=command.kind,
            before=before,
            wanted=wanted,
            reason=command.reason,
            asked_by=command.asked_by,
            asked_at=now,
        )
        session.add(made)
        session.flush()
        _record(held, "delegate.ask_change", actor, now, kind=command.kind, by=command.asked_by)
        return made.public_id


def take_back(*, actor: Actor, delegate: Delegate, now: datetime) -> None:
    """Take back what was asked for about a delegate and still waits; nothing where nothing waits."""
    number, event_id = delegate.id, delegate.event_id
    with unit_of_work() as session:
        held = places.lock_delegate(session, number, event_id)
        if _give_way(session, held, now):
            _record(held, "delegate.take_back_change", actor, now)


def answer(*, actor: Actor, request: ChangeRequest, command: AnswerToChange, now: datetime) -> None:
    """Accept a request, which is done at once, or refuse it with a word; the focal point is told.

    Raises Conflict("request_decided"), and what the change itself raises.
    """
    require(actor, Permission.MANAGE_EVENTS)
    number, delegate_id, event_id = request.id, request.delegate_id, request.event_id
    with unit_of_work() as session:
        held = places.lock_delegate(session, delegate_id, event_id)
        row = session.get_one(ChangeRequest, number, populate_existing=True)
        require_open(row.state)
        row.state = ChangeState.ACCEPTED if command.accepts else ChangeState.REFUSED
        row.answer, row.decided_by_id, row.decided_at = command.answer, actor.account_id, now
        if command.accepts:
            _carry_out(session, held, row, actor, now)
        act = "delegate.accept_change" if command.accepts else "delegate.refuse_change"
        _record(held, act, actor, now, kind=row.kind, answer=command.answer)
        if held.invitation is not None:
            told = {"delegates": [held], "request": row}
            letters.tell_focal_point(MessageKind.CHANGE_DECIDED, held.invitation, told, now)


def _require_askable(held: Delegate, now: datetime) -> None:
    event, invitation = held.event, held.invitation
    if invitation is None:
        raise NotFound("not_found")
    deadline = effective_deadline(invitation.deadline, event)
    over = is_over(event.date, event.starts_at, event.ends_at, now=now)
    if not may_ask(event.status, is_open=is_open(event.status, deadline, now), is_over=over):
        raise Conflict("change_not_asked")
    if held.state is SeatState.WITHDRAWN:
        raise Conflict("delegate_withdrawn")


def _compared(held: Delegate, command: AskForChange) -> tuple[dict[str, Any], dict[str, Any]]:
    present = _snapshot(held)
    match command.kind:
        case ChangeKind.WITHDRAW:
            return {}, {}
        case ChangeKind.REPLACE:
            who = (command.wanted["full_name"], command.wanted["email"])
            require_another_person((held.person.full_name, held.person.email), who)
            return {name: present[name] for name in _PERSON}, dict(command.wanted)
        case ChangeKind.EDIT:
            return changed(present, command.wanted)


def _snapshot(delegate: Delegate) -> dict[str, Any]:
    """Return what a request can be about, as it is now."""
    kept = {seat.session_id for seat in delegate.seats if seat.state is not SeatState.WITHDRAWN}
    unoffered = particulars.list_held_unoffered(delegate, particulars.kind_of(delegate))
    offered = [row for row in delegate.event.sessions if row not in unoffered]
    sessions = [row.public_id for row in offered if row.id in kept]
    person = {name: getattr(delegate.person, name) for name in _PERSON}
    return {**person, "role": delegate.role.value, "sessions": sorted(sessions)}


def _give_way(session: orm.Session, held: Delegate, now: datetime) -> bool:
    """Withdraw the request about him that waits; tell whether there was one."""
    waiting = session.scalar(
        sa.select(ChangeRequest).where(
            ChangeRequest.delegate_id == held.id, ChangeRequest.state == ChangeState.OPEN
        )
    )
    if waiting is None:
        return False
    waiting.state, waiting.decided_at = ChangeState.WITHDRAWN, now
    session.flush()
    return True


def _carry_out(session: orm.Session, held: Delegate, row: ChangeRequest, actor: Actor, now: datetime) -> None:
    """Do what was asked for: only what was to change is changed, later corrections of the rest stay."""
    if held.state is SeatState.WITHDRAWN:
        raise Conflict("delegate_withdrawn")
    source = AnswerSource.LINK
    match row.kind:
        case ChangeKind.WITHDRAW:
            withdraw.leave(session, held, actor=actor, source=source, now=now)
        case ChangeKind.REPLACE:
            command = ReplaceDelegate(
                person=_person(row.wanted),
                is_substitute=bool(row.wanted.get("is_substitute")),
                request_key=row.public_id,
                revision=held.revision,
            )
            invitation: Invitation | None = held.invitation
            if invitation is None:
                raise NotFound("not_found")
            replace.hand_over(session, held, invitation, command, actor=actor, source=source, now=now)
        case ChangeKind.EDIT:
            values = {**_snapshot(held), **row.wanted}
            edited = EditDelegate(
                person=_person(values),
                role=DelegateRole(values["role"]),
                sessions=tuple(values["sessions"]),
                revision=held.revision,
            )
            edit.change(session, held, edited, actor=actor, source=source, now=now)


def _person(values: Mapping[str, Any]) -> PersonDetails:
    return PersonDetails(**{name: values[name] for name in _PERSON})


def _record(held: Delegate, act: str, actor: Actor, now: datetime, **details: Any) -> None:
    audit.record(
        actor=actor,
        act=act,
        subject=held,
        name=held.person.full_name,
        now=now,
        event_id=held.event_id,
        source="web" if actor.kind == "account" else AnswerSource.LINK,
        **details,
    )
