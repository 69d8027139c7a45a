"""Seal the bytes of a mail: they carry secret links, and a stolen database must not tell them."""

import base64
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256

from cryptography.fernet import Fernet, MultiFernet


def seal(keys: Sequence[str], content: bytes) -> bytes:
    """Return the content encrypted and authenticated under the first key."""
    return _box(tuple(keys)).encrypt(content)


def unseal(keys: Sequence[str], sealed: bytes) -> bytes:
    """Return the content; raise cryptography.fernet.InvalidToken when no key fits."""
    return _box(tuple(keys)).decrypt(sealed)


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(sha256(b"outbox\x00" + key.encode()).digest())) for key in keys]
    )
