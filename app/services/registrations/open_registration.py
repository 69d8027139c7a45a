"""Register oneself, where the event admits everybody."""

from datetime import datetime

from app.domain.approvals import granted
from app.domain.errors import Conflict, InvalidInput
from app.domain.events import EventStatus
from app.domain.invitations import AnswerSource, effective_deadline, require_open
from app.domain.mail import DueLetter
from app.domain.policy import PUBLIC
from app.domain.registrations import (
    CONSENT_VERSION,
    DelegateRole,
    RegisterAlone,
    request_fingerprint,
)
from app.models.events import Event
from app.models.registrations import Delegate
from app.queries import registrations
from app.services import audit
from app.services.registrations import access, notices, particulars, places, rows, seating
from app.services.registrations.register import Registered
from app.services.transaction import unit_of_work


def register_alone(*, slug: str, command: RegisterAlone, now: datetime) -> Registered:
    """Register one person with consent; the same person once only, and without saying so to strangers.

    Raises InvalidInput("consent_missing"), and Conflict: registration_by_invitation, event_not_open,
    deadline_passed, session_not_admitted.
    """
    # The directory is searched before others have to wait for us.
    origin = registrations.find_origin(command.person.organization_name)
    with unit_of_work() as session:
        held = places.lock_public_event(session, slug)
        number = held.id
        key = request_fingerprint(held.public_id, command.request_key)
        present = registrations.list_alone(number, key=key, email=command.person.email or "")
        if same := particulars.find_same(present, command.person, key):
            return Registered(same.public_id, is_new=False)
        _require_open(held, command, now)
        chosen = particulars.choose_sessions(held.sessions, command.sessions, origin.kind if origin else None)
        delegate = Delegate(
            event_id=number,
            event=held,
            person=particulars.new_person(held, origin, command.person),
            role=DelegateRole.DELEGATE,
            request_key=key,
            registered_at=now,
            changed_at=now,
            consented_at=now,
            consent_version=CONSENT_VERSION,
        )
        delegate.awaits = access.missing_word(held, PUBLIC, has_institution=False)
        notices.owe(delegate, held, DueLetter.REGISTRATION)
        seating.enter(session, delegate, chosen, now, granted(delegate.awaits))
        rows.store_new(delegate)
        audit.record(
            actor=PUBLIC,
            act="delegate.register",
            subject=delegate,
            name=delegate.person.full_name,
            now=now,
            event_id=number,
            source=AnswerSource.LINK,
            consent=CONSENT_VERSION,
        )
        return Registered(delegate.public_id, is_new=True)


def _require_open(event: Event, command: RegisterAlone, now: datetime) -> None:
    if not event.admits_open_registration:
        raise Conflict("registration_by_invitation")
    if event.status is EventStatus.PUBLISHED and not command.consented:
        raise InvalidInput("consent_missing", field="consent")
    require_open(event.status, effective_deadline(None, event), now)
