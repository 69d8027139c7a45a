"""Take the coverage board out of the house; the history remembers who did, when, and how much of it."""

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.coverage import CoverageFilters
from app.domain.policy import Actor, Permission, require
from app.queries import coverage_lines, coverage_tables, events
from app.services import audit
from app.services.transaction import unit_of_work

if TYPE_CHECKING:
    from app.documents.spreadsheets import Table


def export_coverage(
    *, actor: Actor, slug: str, filters: CoverageFilters, language: str, now: datetime
) -> "Table":
    """Return the institutions that meet the filters as a table for a file."""
    require(actor, Permission.EXPORT)
    with unit_of_work():
        event = events.get(slug, actor)
        lines = coverage_lines.list_all(event, filters)
        audit.record(
            actor=actor,
            act="event.export_coverage",
            subject=event,
            name=f"XLSX, {len(lines)}",
            now=now,
            event_id=event.id,
            filters={name: str(value) for name, value in asdict(filters).items() if value},
        )
        return coverage_tables.make_table(event, lines, language=language, now=now)
