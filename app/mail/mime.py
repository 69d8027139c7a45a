"""Put a letter into MIME: text and HTML, a scheduling message beside them, headers that stay as they are.

The tree is always one of two, so its bytes are written here: the package `email` folds a long ASCII header
into encoded words, and takes longer than the mail server does, for a Vietnamese subject alone as long.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, formataddr

from app.mail.compose import Letter

_LINE = 76
"""The longest line that holds encoded words (RFC 2047 section 2)."""
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
    headers = _headers(letter, sender, to, message_id, at)
    if calendar is None:
        return _multipart(headers, "alternative", message_id, parts)
    content = _base64(calendar.content)
    alternative = _multipart([], "alternative", message_id, [*parts, _calendar(calendar.method, content)])
    headers += [
        f"Reply-To: {calendar.reply_to}",
        f"References: <{calendar.thread}@{_domain(message_id)}>",
    ]
    return _multipart(headers, "mixed", message_id, [alternative, _calendar_file(calendar.method, content)])


def _headers(
    letter: Letter, sender: tuple[str, str], to: Recipient, message_id: str, at: datetime
) -> list[str]:
    return [
        f"From: {_address(*sender)}",
        f"To: {_address(to.name, to.email)}",
        f"Subject: {_encoded(letter.subject, 'Subject')}",
        f"Date: {format_datetime(at)}",
        f"Message-ID: {message_id}",
        "Auto-Submitted: auto-generated",
        f"Content-Language: {to.language}",
        "MIME-Version: 1.0",
    ]


def _multipart(headers: Sequence[str], kind: str, message_id: str, parts: Sequence[bytes]) -> bytes:
    stem = "".join(char for char in message_id if char.isalnum())[:40]
    boundary = f"=_{stem}_{kind}"
    mark = f"--{boundary}".encode()
    body = b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts)
    content_type = f'Content-Type: multipart/{kind};\r\n boundary="{boundary}"'
    return _part([*headers, content_type], body + mark + b"--\r\n")


def _text(kind: str, text: str) -> bytes:
    """Return a text part; the newline before its boundary is not part of the text, so none is lost."""
    raw = text.replace("\r\n", "\n").replace("\r", "\n").encode()
    body = binascii.b2a_qp(raw, istext=True).replace(b"\n", b"\r\n")
    headers = (f'Content-Type: text/{kind}; charset="utf-8"', "Content-Transfer-Encoding: quoted-printable")
    return _part(headers, body)


def _calendar(method: str, content: bytes) -> bytes:
    kind = f'Content-Type: text/calendar; method={method}; charset="UTF-8"'
    return _part((kind, "Content-Transfer-Encoding: base64"), content)


def _calendar_file(method: str, content: bytes) -> bytes:
    name = "cancel.ics" if method == "CANCEL" else "invite.ics"
    headers = (
        f'Content-Type: application/ics; name="{name}"',
        "Content-Transfer-Encoding: base64",
        f'Content-Disposition: attachment; filename="{name}"',
    )
    return _part(headers, content)


def _part(headers: Sequence[str], body: bytes) -> bytes:
    return "\r\n".join(headers).encode() + b"\r\n\r\n" + body


def _base64(content: str) -> bytes:
    return base64.encodebytes(content.encode()).replace(b"\n", b"\r\n")


def _domain(message_id: str) -> str:
    return message_id.rpartition("@")[2].rstrip(">")


def _address(name: str, email: str) -> str:
    shown = " ".join(name.replace(", ", " – ").translate(_CONFUSING).split())
    return formataddr((shown, email)) if _is_plain(shown) else f"{_encoded(shown, 'To')}\r\n <{email}>"


def _encoded(text: str, header: str) -> str:
    if _is_plain(text):
        return text
    raw, words, start, room = text.encode(), [], 0, _room(len(header) + 2)
    while start < len(raw):
        end = min(start + room, len(raw))
        while end < len(raw) and raw[end] & 0xC0 == 0x80:  # a character stays whole
            end -= 1
        words.append(f"=?utf-8?b?{base64.b64encode(raw[start:end]).decode()}?=")
        start, room = end, _room(1)
    return "\r\n ".join(words)


def _room(taken: int) -> int:
    """Return how many bytes one encoded word may carry on a line of which some characters are taken."""
    return (_LINE - taken - len("=?utf-8?b??=")) // 4 * 3


def _is_plain(text: str) -> bool:
    """Tell whether a text may stand in a header as it is; one that looks encoded would be decoded."""
    return text.isascii() and "=?" not in text
