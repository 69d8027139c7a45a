"""Secrets in links: derived, one purpose each, revocable by a generation number, never stored.

HMAC-SHA256 of purpose, public id and generation under the application's key: a reminder can repeat the same
link, raising the generation revokes it, and a stolen database does not contain it.
"""

import base64
import hmac
import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Literal

Purpose = Literal[
    "invitation",
    "delegate",
    "delegate-feed",
    "desk-feed",
    "approval",
    "focal-point",
    "member",
    "invitation-reply",
    "delegate-reply",
]

_DIGEST_BYTES = 20  # 160 bit
_ID_LENGTH = 12
_SHAPE = re.compile(r"(?<![a-z0-9])[a-z0-9]{44}(?![a-z0-9])", re.IGNORECASE)


def derive(key: str, purpose: Purpose, public_id: str, generation: int) -> str:
    """Return the token: the public id followed by 32 lower-case base32 characters."""
    message = f"{purpose}\x00{public_id}\x00{generation}".encode()
    digest = hmac.new(key.encode(), message, sha256).digest()[:_DIGEST_BYTES]
    return public_id + base64.b32encode(digest).decode().lower()


def public_id_of(token: str) -> str | None:
    """Return the public id a token claims to belong to; None when it has not the shape of a token."""
    token = token.lower()
    if len(token) != _ID_LENGTH + 32 or not token.isascii() or not token.isalnum():
        return None
    return token[:_ID_LENGTH]


def matches(token: str, keys: Sequence[str], purpose: Purpose, public_id: str, generation: int) -> bool:
    """Tell in constant time whether the token is right under the current key or one of the older ones."""
    found = False
    for key in keys:
        found |= hmac.compare_digest(
            token.lower().encode(), derive(key, purpose, public_id, generation).encode()
        )
    return found


def masked(text: str) -> str:
    """Return a text that may quote secret links without their tokens."""
    return _SHAPE.sub("…", text)
