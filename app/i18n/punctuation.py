"""Punctuation as the language writes it."""

_BEFORE_COLON = {"fr": "\u00a0"}


def colon(language: str) -> str:
    """Return the colon between a word and what it names: French keeps a space before it, unbroken."""
    return f"{_BEFORE_COLON.get(language, '')}:"
