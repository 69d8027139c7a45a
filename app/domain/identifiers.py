"""Opaque public identifiers, calendar UIDs and the addresses (slugs) of pages."""

import re
import secrets

from app.domain.text import fold

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no look-alikes: people read them out on the telephone


def new_public_id() -> str:
    """Return 12 random characters (59 bit): an opaque name, never a secret."""
    number = secrets.randbelow(len(_ALPHABET) ** 12)
    letters = []
    for _ in range(12):
        number, letter = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[letter])
    return "".join(letters)


def new_calendar_uid() -> str:
    """Return a calendar UID without host or person data (RFC 7986 section 5.3)."""
    return secrets.token_hex(16)


def slugify(title: str) -> str:
    """Return a page address of at most 80 characters from a title; empty when no letter remains."""
    return re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:80].rstrip("-")


def reference(public_id: str) -> str:
    """Return a public id as people read it out: "K7QM-XP42-HHAB"."""
    return "-".join(public_id[start : start + 4] for start in range(0, len(public_id), 4)).upper()
