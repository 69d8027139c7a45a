"""Put a letter into MIME: text and HTML, a scheduling message beside them, headers that stay as they are.

Headers are encoded here, once: email.message.EmailMessage folds a long ASCII header into encoded words.
"""

from dataclasses import dataclass
from datetime import datetime
from email.charset import QP, Charset
from email.encoders import encode_base64
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime, formataddr

from app.mail.compose import Letter

_POLICY = compat32.clone(linesep="\r\n")
_UTF8 = Charset("utf-8")
_UTF8.body_encoding = QP
_LINE = 75
"""One less than RFC 2047 allows: the package counts the blank at the beginning of a line out."""
_CONFUSING = str.maketrans({'"': "”", ";": " ", ",": " ", "\\": " "})
"""Characters of a display name that mail programs trip over; they are not part of a name."""


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """A scheduling message as part of a mail (RFC 6047).

    Answers go to `reply_to`; mails with the same `thread` (no spaces, no @) hang together in mail programs.
    """

    method: str
    content: str
    reply_to: str
    thread: str


@dataclass(frozen=True)
class Recipient:
    """To whom: an address, the name to show, the language to write in."""

    email: str
    name: str
    language: str


def build(
    letter: Letter,
    *,
    sender: tuple[str, str],
    to: Recipient,
    message_id: str,
    at: datetime,
    calendar: CalendarPart | None = None,
) -> bytes:
    """Return the message; the same arguments give the same bytes, multipart boundaries included.

    The calendar stands among the alternatives, where mail programs look for buttons, and once more as a file
    for those that show none: the tree that Google, Outlook and Apple agree on.
    """
    parts = [_text("plain", letter.text), _text("html", letter.html)]
    if calendar is None:
        message = _multipart("alternative", message_id, *parts)
    else:
        message = _multipart("alternative", message_id, *parts, _calendar(calendar))
        message = _multipart("mixed", message_id, message, _calendar_file(calendar))
        message["Reply-To"] = calendar.reply_to
        message["References"] = f"<{calendar.thread}@{_domain(message_id)}>"
    message["From"] = _address(*sender)
    message["To"] = _address(to.name, to.email)
    message["Subject"] = _encoded(letter.subject, "Subject")
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = to.language
    return message.as_bytes(policy=_POLICY)


def _multipart(kind: str, message_id: str, *parts: Message) -> Message:
    stem = "".join(char for char in message_id if char.isalnum())[:40]
    return MIMEMultipart(kind, boundary=f"=_{stem}_{kind}", _subparts=parts)


def _text(kind: str, text: str) -> Message:
    part = MIMENonMultipart("text", kind)
    part.set_payload(text.replace("\r\n", "\n").replace("\r", "\n"), _UTF8)
    return part


def _calendar(calendar: CalendarPart) -> Message:
    part = MIMEBase("text", "calendar", method=calendar.method, charset="UTF-8")
    part.set_payload(calendar.content.encode())
    encode_base64(part)
    return part


def _calendar_file(calendar: CalendarPart) -> Message:
    name = "cancel.ics" if calendar.method == "CANCEL" else "invite.ics"
    part = MIMEBase("application", "ics", name=name)
    part.add_header("Content-Disposition", "attachment", filename=name)
    part.set_payload(calendar.content.encode())
    encode_base64(part)
    return part


def _domain(message_id: str) -> str:
    return message_id.rpartition("@")[2].rstrip(">")


def _address(name: str, email: str) -> str:
    shown = " ".join(name.replace(", ", " – ").translate(_CONFUSING).split())
    return formataddr((shown, email)) if _is_plain(shown) else f"{_encoded(shown, 'To')}\r\n <{email}>"


def _encoded(text: str, header: str) -> str:
    if _is_plain(text):
        return text
    return Header(text, "utf-8", header_name=header, maxlinelen=_LINE).encode(linesep="\r\n")


def _is_plain(text: str) -> bool:
    """Tell whether a text may stand in a header as it is; one that looks encoded would be decoded."""
    return text.isascii() and "=?" not in text
