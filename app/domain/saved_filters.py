"""Filters of lists that an account keeps for itself under a name."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import Conflict, InvalidInput

LONGEST_NAME = 60
LONGEST_QUERY = 1_000
MOST = 40
"""How many one account keeps."""


class FilteredList(StrEnum):
    """A list of the desk that can be narrowed."""

    EVENTS = "events"
    DIRECTORY = "directory"
    BOARD = "board"
    GUESTS = "guests"
    DELEGATES = "delegates"
    MAIL = "mail"


OF_EVENTS = frozenset({FilteredList.BOARD, FilteredList.GUESTS, FilteredList.DELEGATES, FilteredList.MAIL})
"""Lists that every event has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveFilter:
    """What to keep: `slug` names the event of the list, `query` is the canonical query of its address."""

    shown_on: FilteredList
    name: str
    query: str
    slug: str | None = None
    is_everywhere: bool = False
    """Offered at every event, not at the one alone."""

    def __post_init__(self) -> None:
        """Raise InvalidInput where nothing is narrowed or too much is said."""
        if not self.query:
            raise InvalidInput("filter_empty")
        if len(self.query) > LONGEST_QUERY:
            raise InvalidInput("filter_too_long")


def require_room(present: int) -> None:
    """Raise Conflict when an account keeps as many as it may."""
    if present >= MOST:
        raise Conflict("filters_full", most=MOST)
