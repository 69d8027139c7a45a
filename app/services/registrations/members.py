"""Members of an association register themselves by its sub-link; its focal point lets them take a seat."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain.errors import Conflict, InvalidInput
from app.domain.invitations import AnswerSource
from app.domain.languages import INTERFACE, in_language
from app.domain.mail import MessageKind
from app.domain.people import PersonDetails
from app.domain.policy import PUBLIC, Actor
from app.domain.registrations import (
    CONSENT_VERSION,
    DelegateRole,
    RegisterAlone,
    RegisterDelegate,
    is_same_person,
    request_fingerprint,
)
from app.mail import outbox
from app.mail.mime import Recipient
from app.models.invitations import Invitation
from app.models.members import MemberRequest
from app.models.registrations import Delegate
from app.queries import members
from app.services import audit
from app.services.registrations import access, letters, particulars, places
from app.services.registrations.register import enroll
from app.services.transaction import unit_of_work

_MOST = 300
"""Members of one institution who wait at a time."""
_QUIET = timedelta(days=1)
"""How long those who follow send no further letter: whoever has the link could write to the focal point."""


def open_link(*, actor: Actor, invitation: Invitation, is_open: bool, now: datetime) -> bool:
    """Make the sub-link, or make it void for good: the next one is another. Return whether there is one."""
    number = invitation.id
    with unit_of_work() as session:
        held = places.lock_invitation(session, number)
        access.require_may_change(held, actor, now)
        if held.takes_members and not is_open:
            held.member_generation += 1
        held.takes_members = is_open
        act = "invitation.open_members" if is_open else "invitation.close_members"
        _record(held, act, actor, in_language(held.organization.names, "vi"), now)
        return is_open


def ask(*, invitation: Invitation, command: RegisterAlone, now: datetime) -> str:
    """Keep a member's wish to come until his institution decides, once; return the key of his form.

    The focal point is told of the first who waits, and once a day of those who follow.
    Raises InvalidInput("consent_missing"), Conflict("members_full"), and what keeps the institution itself
    from registering. Whether somebody is registered already is not told.
    """
    number = invitation.id
    if not command.consented:
        raise InvalidInput("consent_missing", field="consent")
    with unit_of_work() as session:
        held = places.lock_invitation(session, number)
        actor = Actor("institution", in_language(held.organization.names, "vi"))
        access.require_may_change(held, actor, now)
        particulars.choose_sessions(held.event.sessions, command.sessions, held.organization.kind)
        waiting = members.list_waiting(held)
        key = request_fingerprint(held.public_id, command.request_key)
        who = (command.person.full_name, command.person.email)
        if any(one.request_key == key or is_same_person(_who(one), who) for one in waiting):
            return key
        if len(waiting) >= _MOST:
            raise Conflict("members_full")
        session.add(
            MemberRequest(
                invitation_id=number,
                person=asdict(command.person),
                sessions=list(command.sessions),
                request_key=key,
                requested_at=now,
                consent_version=CONSENT_VERSION,
            )
        )
        _record(held, "invitation.ask_membership", PUBLIC, command.person.full_name, now)
        if not waiting or not outbox.was_written(MessageKind.MEMBER_WAITING, held, since=now - _QUIET):
            people = [*(one.person for one in waiting), asdict(command.person)]
            letters.tell_focal_point(MessageKind.MEMBER_WAITING, held, {"members": people}, now)
        return key


def decide(
    *, actor: Actor, invitation: Invitation, chosen: Collection[str], approves: bool, now: datetime
) -> int:
    """Register the chosen members or decline them, all or none; return how many.

    Raises InvalidInput("nobody_chosen") and what registering raises: Conflict("quota_full") first of all.
    """
    number = invitation.id
    with unit_of_work() as session:
        held = places.lock_invitation(session, number)
        access.require_may_change(held, actor, now)
        waiting = members.list_chosen(held, chosen)
        if not waiting:
            raise InvalidInput("nobody_chosen")
        for one in waiting:
            if approves:
                _register(session, held, one, actor, now)
            else:
                _decline(held, one, actor, now)
            session.delete(one)
        return len(waiting)


def _register(
    session: orm.Session, invitation: Invitation, request: MemberRequest, actor: Actor, now: datetime
) -> None:
    command = RegisterDelegate(
        person=PersonDetails(**request.person),
        role=DelegateRole.DELEGATE,
        sessions=tuple(request.sessions),
        request_key=request.public_id,
    )
    done = enroll(session, invitation, actor=actor, command=command, now=now, source=AnswerSource.LINK)
    if done.is_new:
        delegate = session.scalars(sa.select(Delegate).where(Delegate.public_id == done.public_id)).one()
        delegate.consented_at, delegate.consent_version = request.requested_at, request.consent_version
        session.flush()


def _decline(invitation: Invitation, request: MemberRequest, actor: Actor, now: datetime) -> None:
    person = PersonDetails(**request.person)
    _record(invitation, "invitation.decline_member", actor, person.full_name, now)
    if person.email:
        language = person.language if person.language in INTERFACE else "en"
        outbox.enqueue(
            kind=MessageKind.MEMBER_DECLINED,
            to=Recipient(person.email, person.full_name, language),
            context={
                "event": invitation.event,
                "organization": invitation.organization,
                "name": person.full_name,
            },
            now=now,
            event=invitation.event,
            invitation=invitation,
        )


def _who(request: MemberRequest) -> tuple[str, str | None]:
    return request.person["full_name"], request.person["email"]


def _record(invitation: Invitation, act: str, actor: Actor, name: str, now: datetime) -> None:
    audit.record(
        actor=actor,
        act=act,
        subject=invitation,
        name=name,
        now=now,
        event_id=invitation.event_id,
        source="link",
    )
