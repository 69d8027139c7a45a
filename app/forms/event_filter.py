"""The address of a filtered list of events becomes criteria; what makes no sense is left out."""

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar

from app.domain.event_facts import EventCriteria, Shelf
from app.domain.events import EventKind, EventStatus, Mode
from app.domain.text import clean_line

E = TypeVar("E", bound=Enum)
_WORDS = 100
_SINGLE = ("kind", "mode", "status", "sector", "year", "series")
NAMES = ("q", "shelf", *_SINGLE)


def criteria(arguments: Mapping[str, str]) -> EventCriteria:
    """Return what the list is narrowed to: without any wish what lies ahead, with shelf=all everything."""
    words = clean_line(arguments.get("q", ""))[:_WORDS]
    is_narrowed = bool(words) or any(arguments.get(name) for name in _SINGLE)
    year = arguments.get("year", "")
    shelf = arguments.get("shelf", "" if is_narrowed else Shelf.UPCOMING)
    return EventCriteria(
        words=words,
        shelf=_member(Shelf, shelf),
        kind=_member(EventKind, arguments.get("kind")),
        mode=_member(Mode, arguments.get("mode")),
        status=_member(EventStatus, arguments.get("status")),
        sector=arguments.get("sector") or None,
        year=int(year) if year.isascii() and year.isdecimal() and 1900 <= int(year) <= 2200 else None,
        series=arguments.get("series") or None,
    )


def _member(enum: type[E], value: str | None) -> E | None:
    return next((member for member in enum if member.value == value), None)
