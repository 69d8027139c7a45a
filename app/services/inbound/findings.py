"""What was found out about one mail: the words of its row, and whom it concerns."""

from dataclasses import dataclass, field

from app.domain.calendars import PartStat
from app.domain.inbound import Reason, Result
from app.domain.replies import Reply, Verdict
from app.mail.incoming import Incoming
from app.models.calendars import CalendarCopy
from app.models.inbound import InboundMail
from app.models.invitations import Invitation
from app.models.registrations import Delegate
from app.queries import replies
from app.queries.replies import Guest

_COMMENT = 2000


@dataclass(slots=True)
class Finding:
    """One mail as far as it could be read, and the verdict about it."""

    verdict: Verdict
    incoming: Incoming | None = None
    reply: Reply | None = None
    guest: Guest | None = None
    event_id: int | None = None
    copy: CalendarCopy | None = None
    message_id: int | None = None
    """The outgoing message that a server reports about."""
    comment: str = field(default="")
    is_unproven: bool = False
    """Neither a secret address nor a domain speaks for who sent it: anybody may have."""

    def held(self, reason: Reason) -> "Finding":
        """Hold it for the organiser of the event it concerns; ignore what concerns nothing of ours."""
        if self.event_id is not None:
            self.verdict = Verdict(Result.HOLD, reason)
        else:
            nothing = Reason.UNKNOWN_ENTRY if self.reply else Reason.NO_CALENDAR
            self.verdict = Verdict(Result.IGNORE, nothing)
        return self

    def ignored(self, reason: Reason) -> "Finding":
        """Ignore it."""
        self.verdict = Verdict(Result.IGNORE, reason)
        return self


def write(mail: InboundMail, finding: Finding) -> None:
    """Write down what was found and decided."""
    mail.result, mail.reason = finding.verdict.result, finding.verdict.reason.value
    mail.event_id = finding.event_id
    if isinstance(finding.guest, Invitation):
        mail.invitation_id = finding.guest.id
    elif isinstance(finding.guest, Delegate):
        mail.delegate_id = finding.guest.id
    if finding.verdict.reason is Reason.TOO_MANY_ALIKE and finding.guest is None:
        mail.sealed = None
    if finding.incoming is not None:
        mail.sender = finding.incoming.shown_sender[:254]
        mail.subject = finding.incoming.subject
    if finding.reply is not None:
        mail.uid, mail.method = next(iter(finding.reply.uids), ""), finding.reply.method
        mail.partstat = finding.reply.partstat
        if finding.verdict.reason is Reason.COUNTER:
            mail.proposed_start, mail.proposed_end = finding.reply.starts, finding.reply.ends
    mail.comment = (finding.comment or _said(finding))[:_COMMENT]


def _said(finding: Finding) -> str:
    """Return what an organiser has to read: the guest's words, and whom he names."""
    if finding.reply is None:
        asks = finding.verdict.result is Result.HOLD or finding.verdict.reason is Reason.OUT_OF_OFFICE
        return finding.incoming.text if finding.incoming and asks else ""
    named = [
        " ".join(part for part in (who.name, f"<{address}>") if part)
        for who in finding.reply.responders[:10]
        for address in (who.address, who.delegated_to, who.delegated_from, who.sent_by)
        if address and finding.verdict.reason in _NAMING
    ]
    return "\n".join((*dict.fromkeys(named), finding.reply.comment)).strip()


_NAMING = frozenset(
    {
        Reason.PARTY_CRASHER,
        Reason.DELEGATED,
        Reason.DELEGATED_FROM,
        Reason.SENT_BY,
        Reason.SEVERAL_ATTENDEES,
    }
)


def of_known(mail: InboundMail) -> Finding:
    """Return the finding about a mail that has come before."""
    guest = mail.invitation or mail.delegate
    copy = replies.find_copy(guest, mail.uid) if guest else None
    return Finding(Verdict(Result.IGNORE, Reason.SAME_MAIL), guest=guest, event_id=mail.event_id, copy=copy)


def answer_of(finding: Finding) -> PartStat | None:
    """Return the guest's answer as it stands now."""
    if isinstance(finding.guest, Invitation):
        said = finding.guest.state.value.upper()
        return PartStat(said) if said in set(PartStat) else PartStat.NEEDS_ACTION
    return finding.copy.partstat if finding.copy else None
