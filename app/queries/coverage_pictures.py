"""What the pictures of the coverage board show: seats around the table, tiles of the localities."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.db import db
from app.documents.tiles import Tile, read_tiles
from app.domain.coverage import Mark
from app.domain.directory import OrganizationKind
from app.domain.languages import Translated
from app.models.directory import Organization
from app.models.events import Event, Side
from app.models.invitations import Invitation
from app.queries import coverage, protocol

MOST_SEATS = 240
"""A larger hall is drawn by numbers: nobody could find his seat in it."""


@dataclass(frozen=True, slots=True)
class Place:
    """One institution in a picture, and how far it has come."""

    side: str | None
    public_id: str
    names: Translated
    mark: Mark


def list_seats(event: Event) -> list[Place]:
    """Return the institutions of the event as seats at the table, in protocol order."""
    selected = coverage.select(Invitation.id, *_PLACE)
    rows = {row.id: row for row in db.session.execute(selected, coverage.of(event))}
    return [_place(rows[number]) for number in protocol.rank_page(event)]


def list_tiles(event: Event) -> Sequence[Sequence[tuple[Tile, Place | None]]]:
    """Return a grid of tiles for each generation of localities that is invited; None: this one is not."""
    selected = coverage.select(Organization.code, *_PLACE).where(
        Organization.kind == OrganizationKind.LOCALITY
    )
    invited = {row.code: _place(row) for row in db.session.execute(selected, coverage.of(event))}
    present = sorted({_generation(code) for code in invited if code in read_tiles()})
    return [
        [(tile, invited.get(code)) for code, tile in read_tiles().items() if _generation(code) == one]
        for one in present
    ]


def _generation(code: str) -> str:
    """Return to which list a locality belongs: VN is that until June 2025, VN34 the one since."""
    return code.partition("-")[0]


def _place(row: Any) -> Place:
    names = row.short_names or row.names
    return Place(row.side, row.public_id, names, coverage.progress_of(row).furthest)


_PLACE = (
    Side.public_id.label("side"),
    Invitation.public_id,
    Organization.short_names,
    Organization.names,
    *coverage.PROGRESS,
)
