"""The organiser's word on mail that is held."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.calendars import PartStat
from app.domain.errors import Conflict
from app.domain.inbound import HoldDecision
from app.domain.policy import Actor, Permission, require
from app.models.inbound import InboundMail
from app.queries import events, inbound
from app.services import audit
from app.services.inbound import applying, counters, judgement
from app.services.inbound.applying import CalendarAnswer
from app.services.transaction import unit_of_work


def decide(*, actor: Actor, slug: str, mail: str, decision: HoldDecision, now: datetime) -> None:
    """Settle a held mail; see app.services.inbound.ingest.decide."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = events.get(slug, actor)
        found = inbound.lock_held(event, mail)
        if found.decision is not None:
            raise Conflict("mail_decided")
        if decision is HoldDecision.APPLIED:
            _apply(session, found, actor, now)
        elif decision is HoldDecision.COUNTER_DECLINED:
            _decline_counter(session, found, now)
        found.decision, found.decided_at, found.decided_by_id = decision, now, actor.account_id
        audit.record(
            actor=actor,
            act=_ACTS[decision],
            subject=found,
            name=found.sender,
            now=now,
            event_id=event.id,
            reason=found.reason,
        )


_ACTS = {
    HoldDecision.APPLIED: "answer.apply",
    HoldDecision.DISMISSED: "answer.dismiss",
    HoldDecision.COUNTER_DECLINED: "answer.decline_counter",
}


def _apply(session: Session, mail: InboundMail, actor: Actor, now: datetime) -> None:
    guest = mail.invitation or mail.delegate
    if guest is None or mail.partstat is None or not inbound.may_apply(mail):
        raise Conflict("mail_not_applicable")
    said = CalendarAnswer(
        uid=mail.uid,
        partstat=PartStat(mail.partstat),
        comment=mail.comment,
        by=mail.sender,
        stamp=mail.received_at,
        withdraws=True,
    )
    applying.apply(session, judgement.lock(session, guest), said, now=now, actor=actor)


def _decline_counter(session: Session, mail: InboundMail, now: datetime) -> None:
    guest = mail.invitation or mail.delegate
    if guest is None or not inbound.may_decline_counter(mail):
        raise Conflict("mail_not_applicable")
    if not counters.decline(judgement.lock(session, guest), mail.uid, now):
        raise Conflict("mail_not_applicable")
