"""Secrets in links: one purpose, revocable, unreadable from the database (ARCHITECTURE promise 4)."""

import pytest

from app.domain import tokens

KEY, OLD = "the key of the tests, long enough", "an older key of the tests, also long"
ID = "abcdefghjkmn"


def test_a_link_opens_what_it_was_made_for_and_nothing_else() -> None:
    """Another purpose, another object, another generation or another key: no entry."""
    token = tokens.derive(KEY, "invitation", ID, 1)
    assert tokens.matches(token, [KEY], "invitation", ID, 1)
    assert not tokens.matches(token, [KEY], "delegate", ID, 1)
    assert not tokens.matches(token, [KEY], "invitation", ID[::-1], 1)
    assert not tokens.matches(token, [KEY], "invitation", ID, 2), "revoked"
    assert not tokens.matches(token, [OLD], "invitation", ID, 1)


def test_a_change_of_key_keeps_old_links_while_it_is_a_fallback() -> None:
    """Links in letters that have left stay good until the older key is taken away."""
    token = tokens.derive(OLD, "invitation", ID, 1)
    assert tokens.matches(token, [KEY, OLD], "invitation", ID, 1)


def test_letter_case_does_not_matter() -> None:
    """Some mail programs write addresses in lower case, some people in capitals."""
    assert tokens.matches(tokens.derive(KEY, "delegate", ID, 1).upper(), [KEY], "delegate", ID, 1)


def test_at_least_128_bits_are_secret() -> None:
    """32 base32 characters are 160 bits."""
    token = tokens.derive(KEY, "invitation", ID, 1)
    assert token.startswith(ID)
    assert len(token) == 12 + 32


@pytest.mark.parametrize(
    "token", ["", "x", "../../etc/passwd", "a" * 43, "a" * 45, "đ" * 44, "a" * 43 + "\x00"]
)
def test_what_is_no_token_belongs_to_nobody(token: str) -> None:
    """Rubbish is refused by its shape, before any look into the database."""
    assert tokens.public_id_of(token) is None
