"""Register a person in the delegation of an institution."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import orm

from app.domain.approvals import granted
from app.domain.invitations import AnswerSource
from app.domain.mail import DueLetter
from app.domain.policy import Actor
from app.domain.registrations import (
    DelegateRole,
    RegisterDelegate,
    request_fingerprint,
    require_one_head,
)
from app.models.invitations import Invitation
from app.models.registrations import Delegate
from app.queries import registrations
from app.queries.registrations import Known
from app.services import audit
from app.services.registrations import acceptance, access, notices, particulars, places, rows, seating
from app.services.transaction import unit_of_work


@dataclass(frozen=True)
class Registered:
    """The registration of a person: a new one, or the one that was there."""

    public_id: str
    is_new: bool


def register_delegate(
    *,
    actor: Actor,
    invitation: Invitation,
    command: RegisterDelegate,
    now: datetime,
    source: AnswerSource = AnswerSource.LINK,
) -> Registered:
    """Register a person in a delegation, which accepts the invitation; the same person once only.

    Raises Conflict("quota_full"), Conflict("head_exists"), Conflict("session_not_admitted"), and by link
    Conflict("event_not_open") or Conflict("deadline_passed"). Full sessions put him on their waiting list.
    """
    number = invitation.id
    with unit_of_work() as session:
        held = places.lock_invitation(session, number)
        return enroll(session, held, actor=actor, command=command, now=now, source=source)


def enroll(
    session: orm.Session,
    held: Invitation,
    *,
    actor: Actor,
    command: RegisterDelegate,
    now: datetime,
    source: AnswerSource,
) -> Registered:
    """Do what register_delegate() says in the present unit of work, the invitation being locked."""
    present = registrations.list_known(held.id)
    key = request_fingerprint(held.public_id, command.request_key)
    if same := particulars.find_same(present, command.person, key):
        return Registered(same.public_id, is_new=False)
    access.require_may_change(held, actor, now)
    chosen = particulars.choose_sessions(held.event.sessions, command.sessions, held.organization.kind)
    require_one_head(command.role, list_heads(present))
    acceptance.accept(held, actor=actor, source=source, now=now)
    delegate = _new_delegate(held, command, key, now)
    delegate.position = len(present) + 1
    delegate.awaits = access.missing_word(held.event, actor, has_institution=True)
    notices.owe(delegate, held.event, DueLetter.REGISTRATION)
    seating.enter(session, delegate, chosen, now, granted(delegate.awaits))
    rows.store_new(delegate)
    audit.record(
        actor=actor,
        act="delegate.register",
        subject=delegate,
        name=delegate.person.full_name,
        now=now,
        event_id=held.event_id,
        source=source,
        role=delegate.role,
    )
    return Registered(delegate.public_id, is_new=True)


def list_heads(present: Iterable[Known], *, other_than: str = "") -> list[str]:
    """Return the names of the heads of a delegation, but for one (public id)."""
    return [
        known.full_name
        for known in present
        if known.role is DelegateRole.HEAD_OF_DELEGATION and known.public_id != other_than
    ]


def _new_delegate(invitation: Invitation, command: RegisterDelegate, key: str, now: datetime) -> Delegate:
    return Delegate(
        event_id=invitation.event_id,
        event=invitation.event,
        invitation_id=invitation.id,
        invitation=invitation,
        person=particulars.new_person(invitation.event, invitation.organization, command.person),
        role=command.role,
        request_key=key,
        site_id=invitation.home_site_id,
        registered_at=now,
        changed_at=now,
    )
