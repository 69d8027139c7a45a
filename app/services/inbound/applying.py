"""Let an answer by calendar count: by the use-cases of the pages, and in the copy of the guest's entry."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.calendars import PartStat
from app.domain.invitations import Answer, AnswerCommand, AnswerSource
from app.domain.languages import in_language
from app.domain.policy import Actor
from app.domain.registrations import SeatState
from app.models.calendars import CalendarCopy
from app.models.invitations import Invitation
from app.models.registrations import Delegate
from app.queries import registrations, replies
from app.queries.replies import Guest
from app.services import audit
from app.services.invitations import answers
from app.services.registrations import leave_session, withdraw

_BY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarAnswer:
    """What a guest said to an entry, and who pressed the button; `by` is "" for the guest himself."""

    uid: str
    partstat: PartStat
    comment: str
    by: str
    stamp: datetime
    withdraws: bool = False
    """The organiser confirms that a refusal withdraws the delegates of the institution."""


def apply(
    session: Session, guest: Guest, answer: CalendarAnswer, *, now: datetime, actor: Actor | None = None
) -> None:
    """Let the answer count; the guest is locked. `actor`: the organiser who decided so."""
    copy = replies.find_copy(guest, answer.uid)
    if isinstance(guest, Invitation):
        _answer_institution(session, guest, answer, actor=actor, now=now)
    else:
        _answer_delegate(session, guest, answer, actor=actor, now=now)
    if copy is not None:
        note(copy, answer)


def note(copy: CalendarCopy, answer: CalendarAnswer) -> None:
    """Note in the copy what the guest's calendar shows by now."""
    copy.partstat, copy.replied_at = answer.partstat, answer.stamp
    copy.comment = answer.comment or copy.comment


def _answer_institution(
    session: Session, invitation: Invitation, answer: CalendarAnswer, *, actor: Actor | None, now: datetime
) -> None:
    by = answer.by[:_BY]
    command = AnswerCommand(
        answer=Answer(answer.partstat.value.lower()),
        note=answer.comment,
        answered_by=by,
        after=invitation.answers[-1].public_id if invitation.answers else "",
        withdraws=answer.withdraws,
    )
    own = Actor("institution", by or in_language(invitation.organization.names, "vi"))
    answers.answer_by_calendar(session, actor=actor or own, invitation=invitation, command=command, now=now)


def _answer_delegate(
    session: Session, delegate: Delegate, answer: CalendarAnswer, *, actor: Actor | None, now: datetime
) -> None:
    who = actor or Actor("delegate", answer.by or delegate.person.full_name)
    if answer.partstat is not PartStat.DECLINED:
        _record(delegate, answer, who, now)
    elif delegate.state is not SeatState.WITHDRAWN:
        _decline(session, delegate, answer.uid, who, now)


def _decline(session: Session, delegate: Delegate, uid: str, who: Actor, now: datetime) -> None:
    """Give back the one session, or with the last of them, and with the entry of the event, the place."""
    seat = next((one for one in delegate.seats if one.session.calendar_uid == uid), None)
    live = registrations.list_live_seats(delegate)
    if seat is not None and seat in live and len(live) > 1:
        leave_session.give_back(session, delegate, seat, actor=who, source=AnswerSource.CALENDAR, now=now)
    elif seat in live or not _comes_otherwise(delegate, uid):
        withdraw.leave(session, delegate, actor=who, source=AnswerSource.CALENDAR, now=now)


def _comes_otherwise(delegate: Delegate, uid: str) -> bool:
    """Tell whether there is an entry that he has not declined: without a choice he has every session."""
    others = [one for one in replies.list_copies(delegate) if one.uid != uid and not one.is_cancelled]
    return any(one.partstat is not PartStat.DECLINED for one in others)


def _record(delegate: Delegate, answer: CalendarAnswer, who: Actor, now: datetime) -> None:
    audit.record(
        actor=who,
        act="delegate.answer",
        subject=delegate,
        name=delegate.person.full_name,
        now=now,
        event_id=delegate.event_id,
        source=AnswerSource.CALENDAR,
        answer=answer.partstat.value,
    )
