"""One mail, from its bytes to what follows from it, within the caller's unit of work."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.errors import DomainError
from app.domain.inbound import Reason, Result
from app.domain.replies import Reply, Responder, Verdict, stamp_of
from app.queries import replies
from app.services.calendars import mailing
from app.services.inbound import applying, crowds, judgement, reports
from app.services.inbound.applying import CalendarAnswer
from app.services.inbound.findings import Finding

_BETWEEN_REFRESHES = timedelta(hours=1)


def reach(session: Session, raw: bytes, *, envelope_to: str, now: datetime) -> Finding:
    """Examine a mail and do what its verdict allows; what a use-case refuses is held."""
    finding = crowds.bound(judgement.examine(session, raw, envelope_to=envelope_to, now=now), now)
    if finding.verdict.result is not Result.APPLY:
        return finding
    try:
        with session.begin_nested():
            _apply(session, finding, now)
            session.flush()
    except DomainError as refusal:
        return finding.held(_reason(refusal))
    return finding


def _apply(session: Session, finding: Finding, now: datetime) -> None:
    if finding.verdict.reason is Reason.BOUNCED:
        reports.apply(session, finding, now)
        return
    guest, reply = finding.guest, finding.reply
    if guest is None or reply is None:
        return
    if finding.verdict.reason is Reason.REFRESH:
        _refresh(finding, now)
    elif (said := said_by(reply, now)) is not None and finding.verdict.reason is Reason.ANSWERED:
        applying.apply(session, guest, said, now=now)
    elif said is not None and finding.copy is not None:
        applying.note(finding.copy, said)


def _refresh(finding: Finding, now: datetime) -> None:
    """Send the guest his entries again, at most once an hour."""
    guest = finding.guest
    if guest is None or replies.has_reason_since(guest, Reason.REFRESH, now - _BETWEEN_REFRESHES):
        finding.verdict = Verdict(Result.IGNORE, Reason.REFRESHED_LATELY)
        return
    mailing.refresh(guest, now)


def said_by(reply: Reply, now: datetime) -> CalendarAnswer | None:
    """Return the answer of a reply; None where it holds none."""
    guest, partstat = reply.responder, reply.partstat
    if guest is None or partstat is None:
        return None
    return CalendarAnswer(
        uid=reply.uids[0],
        partstat=partstat,
        comment=reply.comment,
        by=_by(guest),
        stamp=stamp_of(reply, now),
    )


def _by(guest: Responder) -> str:
    """Return who pressed the button: the guest, and through whom."""
    name = guest.name or guest.address
    return f"{name} ({guest.sent_by})" if guest.sent_by not in {"", guest.address} else name


def _reason(refusal: DomainError) -> Reason:
    known = {reason.value for reason in Reason}
    return Reason(refusal.code) if refusal.code in known else Reason.NOT_POSSIBLE
