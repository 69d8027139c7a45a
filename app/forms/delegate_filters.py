"""The address of a filtered list of delegates becomes filters; what makes no sense is left out."""

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

from app.domain.registrations import DelegateFilters, DelegateRole, SeatState
from app.domain.text import clean_line

E = TypeVar("E", bound=Enum)
NAMES = ("side", "session", "state", "role", "institution", "q")
_WORDS = 100


def filters(arguments: Mapping[str, str]) -> DelegateFilters:
    """Return what the list is narrowed to."""
    return DelegateFilters(
        side=arguments.get("side") or None,
        session=arguments.get("session") or None,
        state=_member(SeatState, arguments.get("state")),
        role=_member(DelegateRole, arguments.get("role")),
        institution=arguments.get("institution") or None,
        words=clean_line(arguments.get("q", ""))[:_WORDS],
    )


def _member(enum: type[E], value: str | None) -> E | None:
    return next((member for member in enum if member.value == value), None)
