"""How far each invited institution has come: the marks of the coverage board, its parts and filters."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.directory import OrganizationKind
from app.domain.invitations import ANSWERED, InvitationState

NO_SIDE = "none"
"""Stands for institutions on no side where a side is chosen."""


class Mark(StrEnum):
    """What is true of an institution; several are, and the last of them is how far it has come."""

    UNSENT = "unsent"
    UNDELIVERABLE = "undeliverable"
    SILENT = "silent"
    ANSWERED = "answered"
    DECLINED = "declined"
    TENTATIVE = "tentative"
    ACCEPTED = "accepted"
    NOMINATED = "nominated"
    CONFIRMED = "confirmed"
    TESTED = "tested"
    ATTENDED = "attended"


class Part(StrEnum):
    """By what the institutions of the board are counted in groups."""

    SIDE = "side"
    KIND = "kind"
    REGION = "region"


class Region(StrEnum):
    """The six regions in which the localities of Viet Nam are counted, from north to south."""

    NORTHERN_MIDLANDS = "northern_midlands"
    RED_RIVER_DELTA = "red_river_delta"
    NORTH_CENTRAL = "north_central"
    SOUTH_CENTRAL = "south_central"
    SOUTHEAST = "southeast"
    MEKONG_DELTA = "mekong_delta"


OUTCOMES = tuple(mark for mark in Mark if mark is not Mark.ANSWERED)
"""The marks that can be the last of an institution: each stands at exactly one of them."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known of one institution: its answer, and whether it has people who …"""

    state: InvitationState
    nominated: bool = False
    confirmed: bool = False
    tested: bool = False
    attended: bool = False

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Return what is true of it, in the order in which it comes about."""
        reached = (self.nominated, self.confirmed, self.tested, self.attended)
        people = (Mark.NOMINATED, Mark.CONFIRMED, Mark.TESTED, Mark.ATTENDED)
        answered = (Mark.ANSWERED,) if self.state in ANSWERED else ()
        return (
            *answered,
            _MARKS[self.state],
            *(mark for mark, is_so in zip(people, reached, strict=True) if is_so),
        )

    @property
    def furthest(self) -> Mark:
        """Return how far it has come."""
        return self.marks[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageFilters:
    """What the board is narrowed to: side by public id or NO_SIDE, region by its key; None for all.

    `is_chased` leaves those that were asked and have not answered, their letters delivered or not.
    """

    words: str = ""
    mark: Mark | None = None
    side: str | None = None
    kind: OrganizationKind | None = None
    region: str | None = None
    is_chased: bool = False


_MARKS = {
    InvitationState.DRAFT: Mark.UNSENT,
    InvitationState.SENT: Mark.SILENT,
    InvitationState.UNDELIVERABLE: Mark.UNDELIVERABLE,
    InvitationState.ACCEPTED: Mark.ACCEPTED,
    InvitationState.DECLINED: Mark.DECLINED,
    InvitationState.TENTATIVE: Mark.TENTATIVE,
}
