"""Which page of a list is asked for."""

from flask import request

_LAST = 1_000_000
"""More than any list has, and little enough that a database can count that far."""


def asked_page() -> int:
    """Return the number that the address gives, from 1; what is no number means the first page."""
    return min(max(request.args.get("page", 1, type=int), 1), _LAST)
