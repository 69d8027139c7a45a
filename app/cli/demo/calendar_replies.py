"""What calendars answered to the live roundtable: real replies to entries in the outbox."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_string
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from app.domain.calendars import Method, PartStat
from app.domain.inbound import Door
from app.domain.invitations import InvitationState
from app.domain.languages import in_language
from app.domain.policy import SYSTEM
from app.domain.replies import Reply
from app.ical import lines
from app.ical.parse import parse_reply
from app.mail import outbox
from app.queries import events, invitations
from app.queries import mail as letters
from app.services.inbound.ingest import ingest

if TYPE_CHECKING:
    from app.models.invitations import Invitation

_Writes = Callable[["_Asked", datetime, datetime], EmailMessage]


@dataclass(frozen=True, slots=True)
class _Asked:
    """An institution, the entry it was sent, and the mail that brought it."""

    code: str
    name: str
    entry: Reply
    message_id: str
    recipient: str


def build(slug: str, *, now: datetime) -> None:
    """Let one accept, one pass it on, one want another time, one be away; of one a mail server reports."""
    event = events.get(slug, SYSTEM)
    for asked in _asked(invitations.list_sent(event)):
        if writes := _WRITING.get(asked.code):
            raw = writes(asked, event.starts_at or now, now).as_bytes(policy=SMTP)
            ingest(raw=raw, envelope_to=asked.entry.organizer, door=Door.MAILBOX, now=now)


def _asked(sent: Sequence["Invitation"]) -> Iterator[_Asked]:
    """Yield the silent institutions whose letter carries an entry."""
    brought = letters.list_entries([invitation.id for invitation in sent])
    for invitation in sent:
        message = brought.get(invitation.id)
        part = outbox.calendar_of(message) if message else None
        if message and part and invitation.state is InvitationState.SENT:
            name = in_language(invitation.organization.names, invitation.language)
            entry = parse_reply(part.content.encode())
            code = invitation.organization.code
            yield _Asked(code, name, entry, message.message_id, message.recipient)


def _accepts(asked: _Asked, _starts: datetime, now: datetime) -> EmailMessage:
    return _reply(asked, asked.recipient, "Đồng chí Phó Chủ tịch sẽ dự cả hai phiên.", now)


def _passed_on(asked: _Asked, _starts: datetime, now: datetime) -> EmailMessage:
    """Return the answer of somebody who was not invited himself."""
    colleague = f"attache@{asked.recipient.partition('@')[2]}"
    return _reply(asked, colleague, "I will attend for the trade section.", now)


def _reply(asked: _Asked, guest: str, comment: str, now: datetime) -> EmailMessage:
    entry = [
        lines.uri(f"ATTENDEE;PARTSTAT={PartStat.ACCEPTED}", f"mailto:{guest}"),
        lines.text("COMMENT", comment),
    ]
    return _calendar_mail(asked, guest, Method.REPLY, entry, now)


def _counter(asked: _Asked, starts: datetime, now: datetime) -> EmailMessage:
    other = starts + timedelta(days=1)
    entry = [
        lines.uri(f"ATTENDEE;PARTSTAT={PartStat.TENTATIVE}", f"mailto:{asked.recipient}"),
        lines.moment("DTSTART", other),
        lines.moment("DTEND", other + timedelta(hours=3)),
        lines.text("COMMENT", "Hôm đó chúng tôi có đoàn công tác, xin lùi một ngày."),
    ]
    return _calendar_mail(asked, asked.recipient, Method.COUNTER, entry, now)


def _calendar_mail(
    asked: _Asked, sender: str, method: Method, entry: list[str], now: datetime
) -> EmailMessage:
    own = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Demo//Calendar//EN",
        "VERSION:2.0",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        lines.text("UID", asked.entry.uids[0]),
        f"SEQUENCE:{asked.entry.sequence or 0}",
        lines.moment("DTSTAMP", now),
        lines.uri("ORGANIZER", f"mailto:{asked.entry.organizer}"),
        *entry,
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    mail = _mail(asked, sender, now, f"{method}: {asked.name}")
    mail.set_content("")
    mail.add_alternative(
        lines.fold(own),
        maintype="text",
        subtype="calendar",
        params={"method": method.value, "charset": "UTF-8"},
    )
    return mail


def _away(asked: _Asked, _starts: datetime, now: datetime) -> EmailMessage:
    mail = _mail(asked, asked.recipient, now, "Automatic reply")
    mail["Auto-Submitted"] = "auto-replied"
    mail["In-Reply-To"] = asked.message_id
    mail.set_content("I am on mission until the end of the week and will read your letter then.\n")
    return mail


def _delayed(asked: _Asked, _starts: datetime, now: datetime) -> EmailMessage:
    """Return what a mail server reports of a mailbox that is full (RFC 3464)."""
    report = "\r\n".join(
        (
            f"From: mailer-daemon@{asked.recipient.partition('@')[2]}",
            f"To: {asked.entry.organizer}",
            "Subject: Delayed Mail",
            f"Date: {format_datetime(now)}",
            f"Message-ID: {_answer_to(asked)}",
            "Auto-Submitted: auto-replied",
            "Content-Type: multipart/report; report-type=delivery-status; boundary=report",
            "",
            "--report",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mx.demo.example",
            "",
            f"Final-Recipient: rfc822; {asked.recipient}",
            "Action: delayed",
            "Status: 4.2.2",
            "Diagnostic-Code: smtp; 452 This mailbox is full",
            "",
            "--report",
            "Content-Type: text/rfc822-headers",
            "",
            f"Message-ID: {asked.message_id}",
            "",
            "--report--",
            "",
        )
    )
    return message_from_string(report, policy=SMTP)


def _mail(asked: _Asked, sender: str, now: datetime, subject: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(asked.name, addr_spec=sender)
    mail["To"] = asked.entry.organizer
    mail["Subject"] = subject
    mail["Date"] = now
    mail["Message-ID"] = _answer_to(asked)
    return mail


def _answer_to(asked: _Asked) -> str:
    return f"<answer-{asked.message_id.strip('<>')}>"


_WRITING: dict[str, _Writes] = {
    "VN34-46": _accepts,
    "EMB-DE-HAN": _passed_on,
    "VN-EMB-BY-MSQ": _counter,
    "KOCHAM": _away,
    "VN34-33": _delayed,
}
"""Who of the silent writes what; the first of every kind stays silent, for who tries the demo."""
