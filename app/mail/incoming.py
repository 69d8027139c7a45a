"""A mail that came in, taken apart: who sent it, where it went, what it carries. Nothing here decides."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from email.utils import collapse_rfc2231_value
from typing import Final

from app.domain import charsets
from app.domain.addresses import sole_address
from app.domain.text import clean_line, clean_paragraph
from app.mail.incoming_limits import MAX_PARTS, is_too_complex, with_plain_lines

_LONGEST_HEADER: Final = 4_000
_TO_HEADERS: Final = ("Delivered-To", "X-Original-To", "To", "Cc")
_TNEF: Final = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_CALENDAR_TYPES: Final = ("text/calendar", "application/ics")
_MESSAGE_ID = re.compile(rb"^message-id[ \t]*:[ \t]*(?:\n[ \t]+)?([^\s]{3,500})[ \t]*$", re.I | re.M)
_ENCODED = re.compile(r"=\?[^?\s]+\?[bq]\?[^?]*\?=(?: =\?[^?\s]+\?[bq]\?[^?]*\?=)*", re.I)
_TEXT_LENGTH: Final = 2000


class TooComplex(Exception):
    """Reading this mail may cost more than it should."""


@dataclass(frozen=True, slots=True)
class CalendarContent:
    """A calendar in a mail, still as bytes; `method` and `charset` are those of its Content-Type."""

    content: bytes
    charset: str
    method: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A mail taken apart."""

    message: Message
    senders: tuple[str, ...]
    """The From headers as they stand."""
    recipients: str
    """Everything that says to whom it went, the envelope first."""
    subject: str
    auto_submitted: str
    authentication_results: tuple[str, ...]
    is_report: bool
    """What mail servers say about mail of ours (RFC 3462)."""
    is_from_nobody: bool
    """The empty envelope sender: an answer to it goes nowhere."""
    has_tnef: bool
    calendars: tuple[CalendarContent, ...]

    @property
    def sender(self) -> str | None:
        """Return the one address it is from; None when there is none, or more than one."""
        return sole_address(self.senders[0]) if len(self.senders) == 1 else None

    @property
    def shown_sender(self) -> str:
        """Return what the organiser reads as sender."""
        return self.sender or clean_line(", ".join(self.senders))

    @property
    def text(self) -> str:
        """Return the beginning of what was written by hand, if anything was."""
        for part in _leaves(self.message):
            if part.get_content_type() == "text/plain" and not part.get_filename():
                return clean_paragraph(_text_of(part)[: _TEXT_LENGTH * 5])[:_TEXT_LENGTH]
        return ""


def fingerprint(raw: bytes) -> str:
    """Return what the same mail by two doors has in common: its Message-ID, else all of it."""
    mail = with_plain_lines(raw)
    found = _MESSAGE_ID.search(mail.partition(b"\n\n")[0])
    return hashlib.sha256(found[1].lower() if found else mail).hexdigest()


def take_apart(raw: bytes, envelope_to: str = "") -> Incoming:
    """Return the mail taken apart; raise TooComplex before or while that costs too much."""
    mail = with_plain_lines(raw)
    if is_too_complex(mail):
        raise TooComplex
    try:
        message = message_from_bytes(mail, policy=compat32)
        parts = list(_leaves(message))
    except RecursionError as error:
        raise TooComplex from error
    to = (value for name in _TO_HEADERS for value in _headers(message, name))
    return Incoming(
        message=message,
        senders=_headers(message, "From"),
        recipients="\n".join((envelope_to[:_LONGEST_HEADER], *to)),
        subject=clean_line(_words(_subject(message, parts)))[:300],
        auto_submitted=_first_word(message, "Auto-Submitted"),
        authentication_results=_headers(message, "Authentication-Results", length=20_000),
        is_report=message.get_content_type() == "multipart/report",
        is_from_nobody="".join(_headers(message, "Return-Path")).strip() == "<>",
        has_tnef=any(_is_tnef(part) for part in parts),
        calendars=tuple(_calendars(parts)),
    )


def inner_parts(part: Message) -> list[Message]:
    """Return the parts of a part; a text is left alone, for get_payload() would decode it as labelled."""
    inner = part.get_payload() if part.is_multipart() else []
    return [one for one in inner if isinstance(one, Message)]


def content_of(part: Message) -> bytes:
    """Return the decoded content of a part."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _leaves(message: Message) -> Iterator[Message]:
    left, seen = [message], 0
    while left:
        part = left.pop()
        seen += 1
        if seen > MAX_PARTS:
            raise TooComplex
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            left.extend(reversed(inner_parts(part)))
        else:
            yield part


def _calendars(parts: list[Message]) -> Iterator[CalendarContent]:
    """Yield calendars by their types: those in the text first, then attachments, then files named so."""
    typed = [part for kind in _CALENDAR_TYPES for part in parts if part.get_content_type() == kind]
    named = [part for part in parts if _filename(part).endswith(".ics")]
    for part in dict.fromkeys((*typed, *named)):
        if part.get_content_maintype() not in {"multipart", "message"}:
            yield CalendarContent(content_of(part), _parameter(part, "charset"), _parameter(part, "method"))


def _text_of(part: Message) -> str:
    return charsets.decode(content_of(part), _parameter(part, "charset"))


def _is_tnef(part: Message) -> bool:
    return part.get_content_type() in _TNEF or _filename(part) == "winmail.dat"


def _filename(part: Message) -> str:
    try:
        return str(part.get_filename() or "").casefold()[:200]
    except (LookupError, ValueError, HeaderParseError):
        return ""


def _parameter(part: Message, name: str) -> str:
    try:
        value = part.get_param(name)
        return collapse_rfc2231_value(value).strip()[:100] if value else ""
    except (LookupError, ValueError, TypeError):
        return ""


def _headers(message: Message, name: str, *, length: int = _LONGEST_HEADER) -> tuple[str, ...]:
    return tuple(str(value)[:length] for value in message.get_all(name, ())[:20])


def _first_word(message: Message, name: str) -> str:
    value = next(iter(_headers(message, name)), "")
    return value.partition(";")[0].partition("(")[0].strip().casefold()


def _subject(message: Message, parts: list[Message]) -> str:
    """Return the subject; letters that should have been encoded and were not are read all the same.

    Only the subject: whose mail it is has to be read as the mail server read it.
    """
    raw = next((value for name, value in message.raw_items() if name.lower() == "subject"), "")
    content = str(raw)[:_LONGEST_HEADER].encode("ascii", "surrogateescape")
    return charsets.decode_unlabelled(content, (_parameter(part, "charset") for part in (message, *parts)))


def _words(header: str) -> str:
    """Return a header with its encoded words decoded, as far as they can be; folded, it would eat blanks."""
    return _ENCODED.sub(lambda found: _decoded(found[0]), " ".join(header.split()))


def _decoded(words: str) -> str:
    try:
        return "".join(
            charsets.decode(piece, charset or "") if isinstance(piece, bytes) else piece
            for piece, charset in decode_header(words)
        )
    except (ValueError, HeaderParseError):
        return words
