"""Answers of institutions: by their link, or by letter, telephone or e-mail, typed by the organiser."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import Conflict
from app.domain.events import EventStatus
from app.domain.invitations import (
    Answer,
    AnswerCommand,
    AnswerSource,
    RecordCommand,
    effective_deadline,
    require_open,
    require_recordable,
    state_after,
)
from app.domain.languages import in_language
from app.domain.mail import MessageKind
from app.domain.policy import Actor, Permission, require
from app.domain.registrations import require_changeable
from app.mail import outbox
from app.mail.mime import Recipient
from app.models.invitations import Invitation, InvitationAnswer
from app.queries import standings
from app.services import audit
from app.services.calendars import mailing, scheduling
from app.services.invitations import contents, rows
from app.services.registrations.withdraw import withdraw_delegation
from app.services.sites.booking import release_all
from app.services.transaction import unit_of_work


def answer(*, invitation: str, command: AnswerCommand, now: datetime) -> str:
    """Record what the institution answers by its link and return the public id of the answer.

    The same answer sent twice is one answer. Raises Conflict: event_not_open, deadline_passed,
    answered_meanwhile (somebody else of the institution answered), delegates_registered.
    """
    with unit_of_work() as session:
        rows.lock_event_of(session, invitation)
        found = rows.lock_invitation(session, invitation)
        actor = Actor("institution", command.answered_by or in_language(found.organization.names, "vi"))
        typed = RecordCommand(command, AnswerSource.LINK)
        if (same := _same(found, typed)) is not None:
            return same.public_id
        require_open(found.event.status, effective_deadline(found.deadline, found.event), now)
        return _store(session, actor, found, typed, now)


def record(*, actor: Actor, slug: str, invitation: str, command: RecordCommand, now: datetime) -> str:
    """Record an answer that reached the office otherwise, also after the deadline; return its public id."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        rows.lock_event(session, slug, actor)
        found = rows.lock_invitation(session, invitation, slug=slug)
        if (same := _same(found, command)) is not None:
            return same.public_id
        require_recordable(found.event.status, command.source)
        return _store(session, actor, found, command, now)


def answer_by_calendar(
    session: Session, *, actor: Actor, invitation: Invitation, command: AnswerCommand, now: datetime
) -> str:
    """Record what the institution answers in its calendar, in the caller's unit of work; it is locked.

    An organiser (`actor`) may let it count after the deadline too. Raises what answer() raises.
    """
    if actor.kind == "account":
        require_changeable(invitation.event.status)
    else:
        deadline = effective_deadline(invitation.deadline, invitation.event)
        require_open(invitation.event.status, deadline, now)
    return _store(session, actor, invitation, RecordCommand(command, AnswerSource.CALENDAR), now)


def _same(invitation: Invitation, typed: RecordCommand) -> InvitationAnswer | None:
    """Return the last answer when it says the very same (a form sent twice)."""
    last = invitation.answers[-1] if invitation.answers else None
    if last is None:
        return None
    before = (last.answer, last.note, last.answered_by, last.source, last.source_date, last.source_reference)
    told = typed.answer
    now_ = (told.answer, told.note, told.answered_by, typed.source, typed.source_date, typed.source_reference)
    return last if before == now_ else None


def _store(
    session: Session, actor: Actor, invitation: Invitation, typed: RecordCommand, now: datetime
) -> str:
    told = typed.answer
    last = invitation.answers[-1].public_id if invitation.answers else ""
    if told.after != last:
        raise Conflict("answered_meanwhile")
    delegates = standings.count_delegates(invitation)
    before, invitation.state = invitation.state, state_after(told, delegates=delegates)
    if told.answer is Answer.DECLINED:
        withdraw_delegation(session, invitation=invitation, actor=actor, source=typed.source, now=now)
        release_all(session, invitation=invitation, actor=actor, now=now)
    invitation.answered_at = now
    made = InvitationAnswer(
        invitation=invitation,
        answer=told.answer,
        source=typed.source,
        note=told.note,
        answered_by=told.answered_by,
        source_date=typed.source_date,
        source_reference=typed.source_reference,
        recorded_by_id=actor.account_id,
        recorded_at=now,
    )
    session.add(made)
    session.flush()
    rows.drop_drafts(session, [invitation.id])
    rows.withdraw_reminders(session, [invitation.id])
    audit.record(
        actor=actor,
        act="invitation.answer",
        subject=invitation,
        name=in_language(invitation.organization.names, "vi"),
        now=now,
        event_id=invitation.event_id,
        source=typed.source.value,
        before=before,
        after=told.answer,
    )
    _send_receipt(invitation, made, now)
    return made.public_id


def _send_receipt(invitation: Invitation, given: InvitationAnswer, now: datetime) -> None:
    """Tell the institution and its calendar what was recorded; the archive of a past event tells nobody."""
    if not invitation.email or invitation.event.status is EventStatus.ARCHIVED:
        return
    by_calendar = given.source is AnswerSource.CALENDAR
    part, others = mailing.split(
        scheduling.after_answer(invitation, now, by_calendar=by_calendar), invitation.email
    )
    outbox.enqueue(
        kind=MessageKind.ANSWER_RECEIPT,
        to=Recipient(invitation.email, invitation.addressee, invitation.language),
        context=contents.of_receipt(invitation, given),
        now=now,
        event=invitation.event,
        invitation=invitation,
        dedupe_key=f"answer:{given.public_id}",
        calendar=part,
    )
    mailing.mail_alone(others, invitation, now)
