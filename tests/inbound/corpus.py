"""Answers as the calendars of the world write them: our REQUEST wrapped into each program's habits.

Written from what is known of each program, none is a copy of a real mail.
"""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from quopri import encodestring

_NUMBERS = count(1)
STAMP = datetime(2027, 8, 31, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Request:
    """What the guest's calendar was sent: the entry, the secret address it answers to, and his own."""

    uid: str
    organizer: str
    attendee: str
    sequence: int
    starts: datetime


@dataclass
class Answer:
    """One answer before a program writes it down; `extra` lines go into the entry as they are."""

    request: Request
    partstat: str
    stamp: datetime | None = STAMP
    sequence: int | None = -1
    comment: str = ""
    attendee: str = ""
    parameters: str = ""
    extra: tuple[str, ...] = ()
    method: str = "REPLY"
    uid: str = ""
    sender: str = ""
    headers: tuple[str, ...] = ()
    message_id: str = field(default_factory=lambda: f"<{next(_NUMBERS)}.reply@client.example>")

    @property
    def address(self) -> str:
        """Return who answers."""
        return self.attendee or self.request.attendee

    def lines(self, *, dropped: tuple[str, ...] = (), **own: str) -> list[str]:
        """Return the calendar, `own` lines in place of ours, `dropped` ones left out."""
        sequence = self.request.sequence if self.sequence == -1 else self.sequence
        values = {
            "UID": f"UID:{self.uid or self.request.uid}",
            "ATTENDEE": f"ATTENDEE;PARTSTAT={self.partstat}{self.parameters}:mailto:{self.address}",
            "ORGANIZER": f"ORGANIZER:mailto:{self.request.organizer}",
            "DTSTAMP": f"DTSTAMP:{_utc(self.stamp)}" if self.stamp else "",
            "SEQUENCE": f"SEQUENCE:{sequence}" if sequence is not None else "",
            "DTSTART": f"DTSTART:{_utc(self.request.starts)}",
            "DTEND": f"DTEND:{_utc(self.request.starts + timedelta(hours=3))}",
            "SUMMARY": "SUMMARY:Tọa đàm Việt – Nga",
            "COMMENT": f"COMMENT:{self.comment}" if self.comment else "",
            **own,
        }
        kept = [line for name, line in values.items() if line and name not in dropped]
        head = ["BEGIN:VCALENDAR", own.pop("PRODID", "PRODID:-//Example//Client//EN"), "VERSION:2.0"]
        return [
            *head,
            f"METHOD:{self.method}",
            "BEGIN:VEVENT",
            *kept,
            *self.extra,
            "END:VEVENT",
            "END:VCALENDAR",
        ]


def reply(request: Request, partstat: str = "ACCEPTED", client: str = "plain", **how: object) -> bytes:
    """Return the mail with which this program answers."""
    return CLIENTS[client](Answer(request, partstat, **how))


def mail(answer: Answer, content_type: str, body: bytes, *more: str, sender: str = "", to: str = "") -> bytes:
    """Return a mail with this body and these further headers."""
    headers = [
        f"From: {answer.sender or sender or answer.address}",
        f"To: {to or answer.request.organizer}",
        "Subject: Accepted: Toa dam",
        f"Message-ID: {answer.message_id}",
        "MIME-Version: 1.0",
        f"Content-Type: {content_type}",
        *more,
    ]
    return "\r\n".join((*answer.headers, *headers, "", "")).encode() + body


def part(content_type: str, body: bytes, *headers: str) -> bytes:
    """Return one part of a multipart body."""
    return "\r\n".join((f"Content-Type: {content_type}", *headers, "", "")).encode() + body


def multipart(boundary: str, *parts: bytes) -> bytes:
    """Return the body of a multipart."""
    marks = [b"--" + boundary.encode() + b"\r\n" + one + b"\r\n" for one in parts]
    return b"".join(marks) + b"--" + boundary.encode() + b"--\r\n"


def text(lines: list[str], end: str = "\r\n") -> bytes:
    """Return lines as bytes."""
    return (end.join(lines) + end).encode()


def base64(content: bytes) -> bytes:
    """Return content in base64, in lines."""
    coded = b64encode(content)
    return b"\r\n".join(coded[at : at + 76] for at in range(0, len(coded), 76))


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _plain(answer: Answer) -> bytes:
    return mail(answer, "text/calendar; method=REPLY; charset=UTF-8", text(answer.lines()))


def _google(answer: Answer) -> bytes:
    """Calendar in the alternative and attached, the guest's address with guests counted."""
    kind = f"CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={answer.partstat};X-NUM-GUESTS=0"
    guest = f"ATTENDEE;{kind};CN={answer.address}:mailto:{answer.address}"
    content = text(answer.lines(ATTENDEE=guest, PRODID="PRODID:-//Google Inc//Google Calendar 70.9054//EN"))
    alternative = multipart(
        "0000inner",
        part('text/plain; charset="UTF-8"; format=flowed', b"An has accepted this invitation.\r\n"),
        part('text/html; charset="UTF-8"', b"<p>An has accepted this invitation.</p>"),
        part('text/calendar; charset="UTF-8"; method=REPLY', content, "Content-Transfer-Encoding: 7bit"),
    )
    body = multipart(
        "0000outer",
        part('multipart/alternative; boundary="0000inner"', alternative),
        part(
            'application/ics; name="invite.ics"',
            base64(content),
            "Content-Transfer-Encoding: base64",
            'Content-Disposition: attachment; filename="invite.ics"',
        ),
    )
    return mail(
        answer,
        'multipart/mixed; boundary="0000outer"',
        body,
        f"Reply-To: {answer.address}",
        "Auto-Submitted: auto-generated",
        sender=f'"{answer.address} (Google Calendar)" <calendar-notification@google.com>',
    )


def _exchange(answer: Answer) -> bytes:
    """No ORGANIZER, MAILTO in capitals, LF, a zone with a Windows name, verb in the title."""
    zone = ["BEGIN:VTIMEZONE", "TZID:SE Asia Standard Time", "BEGIN:STANDARD", "DTSTART:16010101T000000"]
    zone += ["TZOFFSETFROM:+0700", "TZOFFSETTO:+0700", "END:STANDARD"]
    zone += ["BEGIN:DAYLIGHT", "DTSTART:16010101T000000", "TZOFFSETFROM:+0700", "TZOFFSETTO:+0700"]
    zone += ["END:DAYLIGHT", "END:VTIMEZONE"]
    lines = answer.lines(
        dropped=("ORGANIZER",),
        ATTENDEE=f"ATTENDEE;PARTSTAT={answer.partstat};CN=Lê Văn An:MAILTO:{answer.address}",
        DTSTART="DTSTART;TZID=SE Asia Standard Time:20271027T140000",
        DTEND="DTEND;TZID=SE Asia Standard Time:20271027T170000",
        SUMMARY="SUMMARY;LANGUAGE=vi-VN:Đã chấp nhận: Tọa đàm Việt – Nga",
        COMMENT=f"COMMENT;LANGUAGE=vi-VN:{answer.comment or chr(92) + 'n'}",
        PRODID="PRODID:Microsoft Exchange Server 2010",
        X="X-MICROSOFT-CDO-APPT-SEQUENCE:2\nX-MICROSOFT-DISALLOW-COUNTER:FALSE",
    )
    start = lines.index("BEGIN:VEVENT")
    content = text([*lines[:start], *zone, *lines[start:]], "\n")
    body = multipart(
        "_000_EXCHANGE_",
        part('text/plain; charset="iso-8859-1"', b"\r\n", "Content-Transfer-Encoding: quoted-printable"),
        part(
            'text/calendar; charset="utf-8"; method=REPLY',
            base64(content),
            "Content-Transfer-Encoding: base64",
        ),
    )
    more = ("X-MS-Has-Attach:", "X-MS-Exchange-Calendar-Series-Instance-Id: BAAAAIIA4AB0xbcQGoLgCA==")
    return mail(answer, 'multipart/alternative; boundary="_000_EXCHANGE_"', body, *more)


def _outlook_com(answer: Answer) -> bytes:
    """As Exchange, without DTSTAMP's seconds of trust: SEQUENCE is left out."""
    answer.sequence = None
    return _exchange(answer)


def _apple(answer: Answer) -> bytes:
    """A file without a method in its type, in a multipart within the alternative, line ends encoded."""
    coded = encodestring(text(answer.lines())).replace(b"\r\n", b"=0D=0A=\n").replace(b"\n", b"\r\n")
    inner = multipart(
        "Apple-Mail-2",
        part("text/html; charset=us-ascii", b"<html><body></body></html>"),
        part(
            "text/calendar; charset=utf-8; name=iCal-20270831.ics",
            coded,
            "Content-Transfer-Encoding: quoted-printable",
            "Content-Disposition: attachment; filename=iCal-20270831.ics",
        ),
    )
    body = multipart(
        "Apple-Mail-1",
        part("text/plain; charset=us-ascii", b"\r\n"),
        part("multipart/mixed; boundary=Apple-Mail-2", inner),
    )
    return mail(answer, "multipart/alternative; boundary=Apple-Mail-1", body)


def _icloud(answer: Answer) -> bytes:
    """Sent by the service, no charset, the address in EMAIL as well."""
    guest = f"ATTENDEE;CN=An;PARTSTAT={answer.partstat};EMAIL={answer.address}:mailto:{answer.address}"
    content = text(answer.lines(ATTENDEE=guest))
    return mail(
        answer, "text/calendar; method=REPLY", content, sender="iCloud <noreply@insideicloud.icloud.com>"
    )


def _thunderbird(answer: Answer) -> bytes:
    """Twice the same calendar, in eight bits, under a fixed boundary."""
    answer.extra += ("X-MOZ-RECEIVED-SEQUENCE:2", "X-MOZ-RECEIVED-DTSTAMP:20270820T000000Z", "CLASS:PUBLIC")
    content = text(answer.lines())
    alternative = multipart(
        "Message_Boundary_B",
        part("text/plain; charset=utf-8", "An đã chấp nhận.\r\n".encode(), "Content-Transfer-Encoding: 8bit"),
        part("text/calendar; method=REPLY; charset=utf-8", content, "Content-Transfer-Encoding: 8bit"),
    )
    body = multipart(
        "Message_Boundary_A",
        part('multipart/alternative; boundary="Message_Boundary_B"', alternative),
        part(
            'application/ics; name="invite.ics"',
            content,
            "Content-Transfer-Encoding: 8bit",
            'Content-Disposition: attachment; filename="invite.ics"',
        ),
    )
    return mail(answer, 'multipart/mixed; boundary="Message_Boundary_A"', body)


def _zimbra(answer: Answer) -> bytes:
    """A zone of the same offset, under the name of a meeting."""
    lines = answer.lines(
        DTSTART='DTSTART;TZID="Asia/Bangkok":20271027T140000',
        DTEND='DTEND;TZID="Asia/Bangkok":20271027T170000',
    )
    body = multipart(
        "----=_Part_1",
        part("text/plain; charset=utf-8", b"Yes, I will attend.\r\n"),
        part("text/calendar; charset=utf-8; method=REPLY; name=meeting.ics", text(lines)),
    )
    return mail(answer, 'multipart/alternative; boundary="----=_Part_1"', body)


def _horde(answer: Answer) -> bytes:
    """Attached, UTC digits under the name of a zone, METHOD in capitals."""
    lines = answer.lines(DTSTART="DTSTART;TZID=Asia/Ho_Chi_Minh:20271027T070000")
    body = multipart(
        "=_horde",
        part("text/plain; charset=UTF-8; format=flowed", b"An has accepted the invitation.\r\n"),
        part(
            "text/calendar; name=event-reply.ics; charset=UTF-8; METHOD=REPLY",
            text(lines),
            "Content-Disposition: attachment; filename=event-reply.ics",
        ),
    )
    return mail(answer, 'multipart/mixed; boundary="=_horde"', body)


def _sabre(answer: Answer) -> bytes:
    """ORGANIZER in lower case, few properties, sent by the server."""
    lines = answer.lines(
        dropped=("SUMMARY", "DTEND"),
        ORGANIZER=f"ORGANIZER:mailto:{answer.request.organizer.lower()}",
        ATTENDEE=f"ATTENDEE;CN=An;PARTSTAT={answer.partstat}:mailto:{answer.address.lower()}",
        REQUEST="REQUEST-STATUS:2.0;Success",
    )
    body = multipart(
        "_=_swift",
        part("text/plain; charset=utf-8", b"An has accepted your invitation"),
        part("text/calendar; method=REPLY; charset=UTF-8", text(lines), "Content-Transfer-Encoding: 8bit"),
    )
    sender = "An via Nextcloud <invitations-noreply@cloud.example.vn>"
    more = (f"Reply-To: {answer.address}", "Auto-Submitted: auto-generated")
    return mail(answer, 'multipart/mixed; boundary="_=_swift"', body, *more, sender=sender)


def _ccs(answer: Answer) -> bytes:
    """The method in quotes and small letters, none in the body."""
    lines = [line for line in answer.lines() if not line.startswith("METHOD")]
    return mail(answer, 'text/calendar; charset="utf-8"; method="reply"', text(lines))


def _stalwart(answer: Answer) -> bytes:
    """Both times the answer was given, folded lines, the calendar in base64."""
    content = text(answer.lines())
    body = multipart(
        "stalwart",
        part("text/plain; charset=utf-8", b"An accepted."),
        part(
            'text/calendar; method="REPLY"; charset="utf-8"; component="VEVENT"',
            base64(content),
            "Content-Transfer-Encoding: base64",
        ),
    )
    return mail(answer, "multipart/alternative; boundary=stalwart", body)


CLIENTS: dict[str, Callable[[Answer], bytes]] = {
    "plain": _plain,
    "google": _google,
    "exchange": _exchange,
    "outlook.com": _outlook_com,
    "apple": _apple,
    "icloud": _icloud,
    "thunderbird": _thunderbird,
    "zimbra": _zimbra,
    "horde": _horde,
    "sabre": _sabre,
    "ccs": _ccs,
    "stalwart": _stalwart,
}
