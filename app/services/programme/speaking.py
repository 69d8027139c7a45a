"""Requests to speak: asked by a delegate or his institution; the desk gives a slot, or declines."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain.errors import Conflict
from app.domain.events import is_over
from app.domain.invitations import AnswerSource
from app.domain.languages import in_language
from app.domain.policy import Actor, Permission, require
from app.domain.programme import AppointmentRole, SessionStatus
from app.domain.registrations import SeatState
from app.domain.speaking import AnswerToSpeaker, AskToSpeak, SpeakingState, may_ask, require_open
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.programme import Appointment, Session, at_desk
from app.models.registrations import Delegate
from app.models.speaking import SpeakingRequest
from app.queries import registrations
from app.services import audit
from app.services.programme import rows, speaking_letters
from app.services.registrations import places
from app.services.transaction import unit_of_work


def ask_for_institution(*, actor: Actor, invitation: Invitation, command: AskToSpeak, now: datetime) -> str:
    """Ask to speak in the name of an institution and return the request's public id.

    Who asks again for the same session changes what he asked for. Raises Conflict("speaking_closed").
    """
    number = invitation.id
    with unit_of_work() as session:
        held = places.lock_invitation(session, number)
        delegate = registrations.get_of_invitation(held, command.delegate) if command.delegate else None
        return _ask(session, held.event, held, delegate, command, actor=actor, now=now)


def ask_for_oneself(*, actor: Actor, delegate: Delegate, command: AskToSpeak, now: datetime) -> str:
    """Ask to speak as a delegate; see ask_for_institution()."""
    number, event_id = delegate.id, delegate.event_id
    with unit_of_work() as session:
        held = places.lock_delegate(session, number, event_id)
        return _ask(session, held.event, held.invitation, held, command, actor=actor, now=now)


def answer(*, actor: Actor, request: SpeakingRequest, command: AnswerToSpeaker, now: datetime) -> None:
    """Give the floor, which fills a free slot of the side or adds one, or decline with a word.

    Raises Conflict("request_decided").
    """
    require(actor, Permission.MANAGE_EVENTS)
    number, event_id = request.id, request.event_id
    with unit_of_work() as session:
        event = places.lock_event(session, event_id)
        row = session.get_one(SpeakingRequest, number, populate_existing=True)
        require_open(row.state)
        row.state = SpeakingState.ACCEPTED if command.accepts else SpeakingState.DECLINED
        row.answer, row.decided_by_id, row.decided_at = command.answer, actor.account_id, now
        if command.accepts:
            row.appointment = _give_slot(session, event, row)
        act = "speaking.accept" if command.accepts else "speaking.decline"
        rows.record(session, event, row, _name(row), actor=actor, act=act, now=now, answer=command.answer)
        speaking_letters.tell(row, now)


def take_back(*, actor: Actor, request: SpeakingRequest, now: datetime) -> None:
    """Take back a request that nobody has answered, once; raise Conflict("request_decided")."""
    number, event_id = request.id, request.event_id
    with unit_of_work() as session:
        event = places.lock_event(session, event_id)
        row = session.get_one(SpeakingRequest, number, populate_existing=True)
        if row.state is SpeakingState.WITHDRAWN:
            return
        require_open(row.state)
        row.state = SpeakingState.WITHDRAWN
        audit.record(
            actor=actor,
            act="speaking.take_back",
            subject=row,
            name=_name(row),
            now=now,
            event_id=event.id,
            source=AnswerSource.LINK,
        )


def _ask(
    session: orm.Session,
    event: Event,
    invitation: Invitation | None,
    delegate: Delegate | None,
    command: AskToSpeak,
    *,
    actor: Actor,
    now: datetime,
) -> str:
    over = is_over(event.date, event.starts_at, event.ends_at, now=now)
    if not may_ask(event.status, is_over=over):
        raise Conflict("speaking_closed")
    if delegate is not None and delegate.state is SeatState.WITHDRAWN:
        raise Conflict("delegate_withdrawn", field="delegate")
    block = _block(event, command.session)
    row = _present(session, event, invitation, delegate, block) or SpeakingRequest(
        event_id=event.id, invitation=invitation, delegate=delegate, session=block
    )
    row.topics = {language: text for language, text in command.topics.items() if text}
    row.minutes, row.asked_by, row.asked_at = command.minutes, actor.name, now
    session.add(row)
    session.flush()
    audit.record(
        actor=actor,
        act="speaking.ask",
        subject=row,
        name=_name(row),
        now=now,
        event_id=event.id,
        source=AnswerSource.LINK,
        minutes=command.minutes,
    )
    return row.public_id


def _block(event: Event, public_id: str | None) -> Session | None:
    """Return the session that is meant; one that is off the programme cannot be spoken in."""
    if public_id is None:
        return None
    planned = (row for row in event.sessions if row.status is SessionStatus.PLANNED)
    found = next((row for row in planned if row.public_id == public_id), None)
    if found is None:
        raise Conflict("session_unknown", field="session")
    return found


def _present(
    session: orm.Session,
    event: Event,
    invitation: Invitation | None,
    delegate: Delegate | None,
    block: Session | None,
) -> SpeakingRequest | None:
    wanted: dict[Any, int | None] = {
        SpeakingRequest.invitation_id: invitation.id if invitation else None,
        SpeakingRequest.delegate_id: delegate.id if delegate else None,
        SpeakingRequest.session_id: block.id if block else None,
    }
    return session.scalar(
        sa.select(SpeakingRequest).where(
            SpeakingRequest.event_id == event.id,
            SpeakingRequest.state == SpeakingState.OPEN,
            *(column.is_not_distinct_from(value) for column, value in wanted.items()),
        )
    )


def _give_slot(session: orm.Session, event: Event, row: SpeakingRequest) -> Appointment:
    """Fill the first free slot of the side, in that session or in the event as a whole, or add a place.

    It is a place in the programme as the desk plans it: guests read of it with the next release.
    """
    side_id = row.invitation.side_id if row.invitation else None
    block = _planned(session, row.session)
    slot = _free_slot(session, event, side_id, block) or _new_place(session, event, side_id, block)
    organization = row.invitation.organization_id if row.invitation else None
    slot.organization_id = organization
    if row.delegate is not None:
        slot.person_id = row.delegate.person_id
        if organization is None:
            slot.organization_id = row.delegate.person.organization_id
    slot.topics = dict(row.topics)
    session.flush()
    return slot


def _planned(session: orm.Session, block: Session | None) -> int | None:
    """Return the number of a session as the desk plans it; None: the event as a whole."""
    if block is None:
        return None
    return session.scalar(sa.select(Session.id).where(Session.public_id == block.public_id, at_desk(Session)))


def _free_slot(
    session: orm.Session, event: Event, side_id: int | None, session_id: int | None
) -> Appointment | None:
    if side_id is None:
        return None
    reserved = session.scalars(
        sa.select(Appointment)
        .where(
            Appointment.event_id == event.id,
            at_desk(Appointment),
            Appointment.side_id == side_id,
            Appointment.role == AppointmentRole.SPEAKER,
            sa.or_(Appointment.session_id.is_(None), Appointment.session_id == session_id),
        )
        .order_by(Appointment.session_id.is_(None), Appointment.position, Appointment.id)
    )
    return next((slot for slot in reserved if slot.is_free), None)


def _new_place(
    session: orm.Session, event: Event, side_id: int | None, session_id: int | None
) -> Appointment:
    last = session.scalar(
        sa.select(sa.func.max(Appointment.position)).where(
            Appointment.event_id == event.id,
            at_desk(Appointment),
            Appointment.session_id.is_not_distinct_from(session_id),
            Appointment.agenda_item_id.is_(None),
            Appointment.role == AppointmentRole.SPEAKER,
        )
    )
    place = Appointment(
        event_id=event.id,
        session_id=session_id,
        side_id=side_id,
        role=AppointmentRole.SPEAKER,
        edition=rows.edition_of_new(event),
        position=(last or 0) + 1,
    )
    session.add(place)
    return place


def _name(row: SpeakingRequest) -> str:
    if row.delegate is not None:
        return row.delegate.person.full_name
    return in_language(row.invitation.organization.names, "vi") if row.invitation else ""
