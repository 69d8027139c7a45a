"""The organiser's word on mail that is held."""

from collections.abc import Iterable
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
        _settle(found, decision, actor, now)


def dismiss(*, actor: Actor, slug: str, mails: Iterable[str], now: datetime) -> int:
    """Dismiss all of these that still wait, and return how many did."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work():
        chosen = set(mails)
        event = events.get(slug, actor)
        held = [mail.public_id for mail in inbound.list_held(event) if mail.public_id in chosen]
        locked = [inbound.lock_held(event, public_id) for public_id in held]
        waiting = [mail for mail in locked if mail.decision is None]  # nobody was faster
        for mail in waiting:
            _settle(mail, HoldDecision.DISMISSED, actor, now)
        return len(waiting)


def _settle(mail: InboundMail, decision: HoldDecision, actor: Actor, now: datetime) -> None:
    mail.decision, mail.decided_at, mail.decided_by_id = decision, now, actor.account_id
    audit.record(
        actor=actor,
        act=_ACTS[decision],
        subject=mail,
        name=mail.sender,
        now=now,
        event_id=mail.event_id,
        reason=mail.reason,
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
