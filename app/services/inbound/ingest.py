"""Mail comes in: judge it and do what it may do, or keep it until then; the organiser's word on the rest."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app import site
from app.db import after_commit
from app.domain.calendars import PartStat
from app.domain.errors import Conflict
from app.domain.inbound import MAX_BYTES, Door, HoldDecision, Reason, Result
from app.domain.policy import Actor
from app.domain.replies import Verdict
from app.domain.text import clean_line
from app.mail import doorbell
from app.mail.incoming import fingerprint
from app.models.inbound import InboundMail
from app.queries import inbound
from app.sealed import seal, unseal
from app.services.inbound import decisions, findings, outcome
from app.services.inbound.findings import Finding
from app.services.transaction import unit_of_work

_log = logging.getLogger(__name__)
_ATTEMPTS = 3
_ENVELOPE = 320


@dataclass(frozen=True)
class Ingested:
    """What became of a mail; `subject` is the public id of the guest, `mail` that of its row."""

    result: Result
    reason: str
    subject: str | None
    answer_after: PartStat | None
    mail: str | None


class _NothingIsKept(Exception):
    """A dry run is over."""


def ingest(
    *, raw: bytes, envelope_to: str = "", door: Door, now: datetime, dry_run: bool = False
) -> Ingested:
    """Judge a mail and do what it may do, in one transaction; with `dry_run` decide and change nothing.

    Whatever the mail says, this returns; only a database that is away raises, so that the door can ask the
    sender to come again.
    """
    try:
        return _ingest(raw, envelope_to, door, now, dry_run=dry_run)
    except sa.exc.OperationalError:
        raise
    except Exception:
        _log.exception("a mail could not be judged")
        return _give_up(raw, envelope_to, door, now, dry_run=dry_run)


def receive(*, raw: bytes, envelope_to: str, door: Door, now: datetime) -> str:
    """Keep a mail to be judged by the worker, and return the public id of its row."""
    try:
        with unit_of_work() as session:
            if (known := inbound.lock_same(fingerprint(raw))) is not None:
                return known.public_id
            mail = _row(session, raw, envelope_to, door, now)
            if len(raw) > MAX_BYTES:
                findings.write(mail, Finding(Verdict(Result.REJECT, Reason.TOO_LARGE)))
            else:
                after_commit("ring the doorbell", doorbell.ring)
            return mail.public_id
    except sa.exc.IntegrityError:  # another door was faster
        with unit_of_work():
            return inbound.get_by_fingerprint(fingerprint(raw)).public_id


def work_off(*, clock: Callable[[], datetime]) -> int:
    """Judge what was received, the oldest first, and return how many mails there were."""
    done = 0
    for number in inbound.list_unread():
        try:
            done += _work_off(number, clock())
        except sa.exc.OperationalError:
            raise
        except Exception:
            _log.exception("a mail could not be judged")
            done += _fail(number)
    return done


def decide(*, actor: Actor, slug: str, mail: str, decision: HoldDecision, now: datetime) -> None:
    """Settle a held mail: let it count, dismiss it, or decline the time it proposes.

    Raises Conflict: mail_decided, mail_not_applicable, and what the use-case of the answer raises.
    """
    decisions.decide(actor=actor, slug=slug, mail=mail, decision=decision, now=now)


def _ingest(raw: bytes, envelope_to: str, door: Door, now: datetime, *, dry_run: bool) -> Ingested:
    for attempt in range(_ATTEMPTS):
        try:
            return _once(raw, envelope_to, door, now, dry_run=dry_run)
        except (sa.exc.IntegrityError, Conflict):  # another door, or another act, was faster
            if attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError


def _once(raw: bytes, envelope_to: str, door: Door, now: datetime, *, dry_run: bool) -> Ingested:
    told: list[Ingested] = []
    try:
        with unit_of_work() as session:
            known = inbound.lock_same(fingerprint(raw))
            if known is not None and known.result is not None:
                return _ingested(findings.of_known(known), known)
            finding = outcome.reach(session, raw, envelope_to=envelope_to, now=now)
            told.append(_ingested(finding, None))
            if dry_run:
                raise _NothingIsKept
            mail = known or _row(session, raw, envelope_to, door, now)
            findings.write(mail, finding)
            return _ingested(finding, mail)
    except _NothingIsKept:
        return told[0]


def _ingested(finding: Finding, mail: InboundMail | None) -> Ingested:
    return Ingested(
        finding.verdict.result,
        finding.verdict.reason.value,
        finding.guest.public_id if finding.guest else None,
        findings.answer_of(finding),
        mail.public_id if mail else None,
    )


def _row(session: Session, raw: bytes, envelope_to: str, door: Door, now: datetime) -> InboundMail:
    mail = InboundMail(
        fingerprint=fingerprint(raw),
        received_at=now,
        door=door,
        envelope_to=clean_line(envelope_to[:_ENVELOPE]),
        sealed=seal(site.settings().secret_keys, raw) if len(raw) <= MAX_BYTES else None,
    )
    session.add(mail)
    session.flush()
    return mail


def _work_off(number: int, now: datetime) -> bool:
    with unit_of_work() as session:
        mail = inbound.lock_unread(number)
        if mail is None or mail.sealed is None:
            return False
        raw = unseal(site.settings().secret_keys, mail.sealed)
        findings.write(mail, outcome.reach(session, raw, envelope_to=mail.envelope_to, now=now))
        return True


def _fail(number: int) -> bool:
    """Let a mail that could not be judged not be tried for ever."""
    with unit_of_work():
        if (mail := inbound.lock_unread(number)) is not None:
            findings.write(mail, Finding(Verdict(Result.REJECT, Reason.FAILED)))
    return True


def _give_up(raw: bytes, envelope_to: str, door: Door, now: datetime, *, dry_run: bool) -> Ingested:
    finding = Finding(Verdict(Result.REJECT, Reason.FAILED))
    if dry_run:
        return _ingested(finding, None)
    with unit_of_work() as session:
        mail = inbound.lock_same(fingerprint(raw)) or _row(session, raw, envelope_to, door, now)
        findings.write(mail, finding)
        return _ingested(finding, mail)
