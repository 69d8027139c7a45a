"""A stolen database must not tell what mails say (ARCHITECTURE promise 4)."""

import pytest
from cryptography.fernet import InvalidToken

from app.sealed import seal, unseal

OLD, NEW = "old-key-of-at-least-32-characters", "new-key-of-at-least-32-characters"


def test_sealed_bytes_do_not_show_the_link() -> None:
    """The secret link of a mail is not in the row."""
    assert b"/i/token" not in seal([NEW], b"https://example.vn/i/token")


def test_older_keys_still_open_and_strangers_do_not() -> None:
    """After a change of key, waiting mail can still be sent."""
    sealed = seal([OLD], b"text")
    assert unseal([NEW, OLD], sealed) == b"text"
    with pytest.raises(InvalidToken):
        unseal([NEW], sealed)
