"""Put a letter into MIME: text and HTML, a calendar file beside them, headers that stay as they are.

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
    calendar: str | None = None,
) -> bytes:
    """Return the message; the same arguments give the same bytes, multipart boundaries included."""
    message = _multipart("alternative", message_id, _text("plain", letter.text), _text("html", letter.html))
    if calendar is not None:
        message = _multipart("mixed", message_id, message, _calendar(calendar))
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


def _calendar(content: str) -> Message:
    part = MIMEBase("text", "calendar", charset="UTF-8")
    part.add_header("Content-Disposition", "attachment", filename="toa-dam.ics")
    part.set_payload(content.encode())
    encode_base64(part)
    return part


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
