"""Addresses as a vCard 3.0 (RFC 2426), the version that every telephone and address book reads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.text import clean_line

_LONGEST = 75
"""Octets of a line without its end (RFC 2426 section 2.6)."""


@dataclass(frozen=True, kw_only=True)
class Card:
    """An office: its name and the ways to reach it."""

    name: str
    address: str = ""
    phones: Sequence[str] = ()
    fax: str = ""
    email: str = ""
    website: str = ""


def write(card: Card) -> bytes:
    """Return the card; a website that is known by its name alone becomes a note."""
    lines = ["BEGIN:VCARD", "VERSION:3.0", *_properties(card), "END:VCARD"]
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def _properties(card: Card) -> Iterator[str]:
    name = _text(card.name)
    yield f"FN:{name}"
    yield f"N:{name};;;;"
    yield f"ORG:{name}"
    if card.address:
        yield f"ADR;TYPE=WORK:;;{_text(card.address)};;;;"
    for phone in card.phones:
        yield f"TEL;TYPE=WORK,VOICE:{_text(phone)}"
    if card.fax:
        yield f"TEL;TYPE=WORK,FAX:{_text(card.fax)}"
    if card.email:
        yield f"EMAIL;TYPE=INTERNET:{_text(card.email)}"
    if card.website:
        is_address = card.website.startswith(("http://", "https://"))
        yield f"URL:{clean_line(card.website)}" if is_address else f"NOTE:{_text(card.website)}"


def _text(value: str) -> str:
    """Escape what separates values; line breaks cannot pass."""
    value = clean_line(value)
    for char in "\\;,":
        value = value.replace(char, f"\\{char}")
    return value


def _folded(line: str) -> bytes:
    """Break a long line between characters; the next begins with a space."""
    parts, octets = [b""], 0
    for char in line:
        encoded = char.encode()
        if octets + len(encoded) > _LONGEST:
            parts.append(b" ")
            octets = 1
        parts[-1] += encoded
        octets += len(encoded)
    return b"\r\n".join(parts)
