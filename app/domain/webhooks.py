"""Signatures of a webhook: who knows the secret said just this, just now."""

import hmac
from datetime import datetime
from hashlib import sha256

WINDOW_SECONDS = 300
"""How far the sender's clock may be off, and how old a request may be."""
_VERSION = "v1="


def sign(secret: str, *, timestamp: str, envelope_to: str, body: bytes) -> str:
    """Return the signature: HMAC-SHA256 of timestamp and envelope recipient, a line each, and the body."""
    message = f"{timestamp}\n{envelope_to}\n".encode() + body
    return _VERSION + hmac.new(secret.encode(), message, sha256).hexdigest()


def is_signed(
    secret: str, signature: str, *, timestamp: str, envelope_to: str, body: bytes, now: datetime
) -> bool:
    """Tell, in constant time, whether the signature is right and its timestamp (Unix seconds) is of now."""
    right = sign(secret, timestamp=timestamp, envelope_to=envelope_to, body=body)
    is_right = hmac.compare_digest(right.encode(), signature.strip().encode())
    return is_right and _is_of_now(timestamp, now)


def _is_of_now(timestamp: str, now: datetime) -> bool:
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) < 15):
        return False
    return abs(now.timestamp() - int(timestamp)) <= WINDOW_SECONDS
