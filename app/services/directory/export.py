"""Take the directory out of the house; the history remembers who did, when, and how much of it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.directory import DirectoryFilter
from app.domain.languages import in_language
from app.domain.policy import Actor, Permission, require
from app.queries import directory, directory_tables
from app.queries import organizations as lookup
from app.services import audit
from app.services.transaction import unit_of_work

if TYPE_CHECKING:
    from app.documents.spreadsheets import Table
    from app.models.directory import Organization


@dataclass
class Directory:
    """The directory as a whole, for the history."""

    public_id: str = "directory"


def export_directory(
    *, actor: Actor, wanted: DirectoryFilter, order: str, language: str, now: datetime
) -> "Table":
    """Return the organisations that meet the filter, with their focal points, as a table for a file."""
    require(actor, Permission.EXPORT)
    with unit_of_work():
        rows = directory.list_all(wanted, order=order)
        focal_points = directory.list_focal_points(rows)
        table = directory_tables.make_table(rows, focal_points, language=language, now=now)
        audit.record(
            actor=actor,
            act="directory.export",
            subject=Directory(),
            name=f"XLSX, {len(rows)}",
            now=now,
            filters={name: str(value) for name, value in asdict(wanted).items() if value},
        )
        return table


def export_card(*, actor: Actor, organization: str, now: datetime) -> "Organization":
    """Return the organisation (public id) whose addresses are saved as a card."""
    require(actor, Permission.EXPORT)
    with unit_of_work():
        row = lookup.get(organization)
        audit.record(
            actor=actor,
            act="organization.export_card",
            subject=row,
            name=in_language(row.names, "vi"),
            now=now,
        )
        return row
