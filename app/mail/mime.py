"""Put a letter into MIME: text and HTML, a calendar file beside them, headers that stay as they are.

Written here, not by the `email` package, because a message is built inside the request that it tells of: the
package splits, folds and encodes each part letter by letter, seven times the work of the lines below. The
tests read every message back with it.
"""

import re
from base64 import b64encode, encodebytes
from binascii import b2a_qp
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, formataddr
from typing import Final

from app.mail.compose import Letter

_CONFUSING = str.maketrans({'"': "”", ";": " ", ",": " ", "\\": " "})
"""Characters of a display name that mail programs trip over; they are not part of a name."""
# Octets of one encoded word, no letter cut in two: "Subject: =?utf-8?b?…?=" keeps to 76 (RFC 2047 section 2).
_WORD: Final = re.compile(rb".{1,39}(?![\x80-\xbf])", re.DOTALL)


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
    calendar: bytes | None = None,
) -> bytes:
    """Return the finished message; the same arguments give the same bytes, multipart boundaries included."""
    content = _multipart("alternative", message_id, _text("plain", letter.text), _text("html", letter.html))
    if calendar is not None:
        content = _multipart("mixed", message_id, content, _calendar(calendar))
    headers = (
        f"From: {_address(*sender)}",
        f"To: {_address(to.name, to.email)}",
        f"Subject: {_encoded(letter.subject)}",
        f"Date: {format_datetime(at)}",
        f"Message-ID: {message_id}",
        "Auto-Submitted: auto-generated",
        f"Content-Language: {to.language}",
        "MIME-Version: 1.0",
        content,
    )
    return "\n".join(headers).replace("\n", "\r\n").encode()


def _multipart(kind: str, message_id: str, *parts: str) -> str:
    boundary = f"=_{''.join(char for char in message_id if char.isalnum())[:40]}_{kind}"
    bodies = "".join(f"--{boundary}\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{kind};\n boundary="{boundary}"\n\n{bodies}--{boundary}--\n'


def _text(kind: str, text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return (
        f'Content-Type: text/{kind}; charset="utf-8"\nContent-Transfer-Encoding: quoted-printable\n\n'
        f"{b2a_qp(lines.encode()).decode()}"
    )


def _calendar(content: bytes) -> str:
    return (
        'Content-Type: text/calendar; charset="UTF-8"\nContent-Transfer-Encoding: base64\n'
        f'Content-Disposition: attachment; filename="toa-dam.ics"\n\n{encodebytes(content).decode()}'
    )


def _address(name: str, email: str) -> str:
    shown = " ".join(name.replace(", ", " – ").translate(_CONFUSING).split())
    return formataddr((shown, email)) if _is_plain(shown) else f"{_encoded(shown)}\n <{email}>"


def _encoded(text: str) -> str:
    if _is_plain(text):
        return text
    pieces = _WORD.findall(text.encode())
    return "\n ".join(f"=?utf-8?b?{b64encode(piece).decode()}?=" for piece in pieces)


def _is_plain(text: str) -> bool:
    """Tell whether a text may stand in a header as it is; one that looks encoded would be decoded."""
    return text.isascii() and "=?" not in text
