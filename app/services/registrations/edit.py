"""Change a delegate: by the institution or the desk all of it, by himself how he is written and reached."""

from datetime import datetime

from sqlalchemy import orm
from sqlalchemy.orm.attributes import flag_modified

from app.domain.approvals import Approval
from app.domain.invitations import AnswerSource
from app.domain.policy import Actor
from app.domain.registrations import (
    CorrectOwnData,
    EditDelegate,
    is_counted,
    require_changeable,
    require_one_head,
    require_same_person,
)
from app.models.registrations import Delegate
from app.queries import registrations
from app.services import audit, people
from app.services.registrations import access, notices, particulars, places, promotion, seating
from app.services.registrations.register import list_heads
from app.services.transaction import unit_of_work


def edit_delegate(
    *,
    actor: Actor,
    delegate: Delegate,
    command: EditDelegate,
    now: datetime,
    source: AnswerSource = AnswerSource.LINK,
) -> str:
    """Change a delegate and return his public id; seats given up go to those who wait.

    Raises Conflict("changed_meanwhile") when `command.revision` is not the present one, and what
    registering raises.
    """
    number, event_id = delegate.id, delegate.event_id
    with unit_of_work() as session:
        held = places.lock_delegate(session, number, event_id)
        access.require_unchanged(held, command.revision)
        access.require_may_change_delegate(held, actor, now)
        change(session, held, command, actor=actor, source=source, now=now)
        return held.public_id


def change(
    session: orm.Session,
    held: Delegate,
    command: EditDelegate,
    *,
    actor: Actor,
    source: AnswerSource,
    now: datetime,
) -> None:
    """Change him within the caller's unit of work, once it is settled that one may; the event is locked."""
    if actor.kind == "institution" and held.event.approval is not Approval.NONE:
        require_same_person(held.person.full_name, command.person.full_name, code="replace_instead")
    if held.invitation_id is not None:
        present = registrations.list_known(held.invitation_id)
        require_one_head(command.role, list_heads(present, other_than=held.public_id))
    kind = particulars.kind_of(held)
    wanted = particulars.choose_sessions(held.event.sessions, command.sessions, kind)
    wanted += particulars.list_held_unoffered(held, kind)
    particulars.write(held.person, command.person)
    was_counted, held.role = is_counted(held.role), command.role
    _touch(held, now)
    free = seating.change_role(session, held, was_counted=was_counted, now=now)
    free += seating.choose(session, held, wanted, now)
    session.flush()
    _record(held, "delegate.edit", actor, source, now)
    if held not in promotion.fill(session, held.event_id, free, now):
        notices.tell_changed([held], now)


def correct_own_data(*, actor: Actor, delegate: Delegate, command: CorrectOwnData, now: datetime) -> str:
    """Change how a delegate is written and reached; raises InvalidInput("name_of_another")."""
    number, event_id = delegate.id, delegate.event_id
    with unit_of_work() as session:
        held = places.lock_delegate(session, number, event_id)
        access.require_unchanged(held, command.revision)
        require_changeable(held.event.status)
        person = held.person
        require_same_person(person.full_name, command.full_name)
        person.full_name = command.full_name
        person.native_name = command.native_name or None
        person.form_of_address = command.form_of_address
        person.language = command.language
        person.phone = command.phone
        people.index(person)
        _touch(held, now)
        _record(held, "delegate.correct", actor, AnswerSource.LINK, now)
        return held.public_id


def _touch(delegate: Delegate, now: datetime) -> None:
    """Count a new revision, whatever of him or his person was changed."""
    delegate.changed_at = now
    flag_modified(delegate, "changed_at")


def _record(delegate: Delegate, act: str, actor: Actor, source: AnswerSource, now: datetime) -> None:
    audit.record(
        actor=actor,
        act=act,
        subject=delegate,
        name=delegate.person.full_name,
        now=now,
        event_id=delegate.event_id,
        source=source,
    )
