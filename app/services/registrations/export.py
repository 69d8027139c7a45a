"""Take the list of delegates out of the house; the history remembers who did, when, and how much of it."""

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.policy import Actor, Permission, require
from app.domain.registrations import DelegateFilters
from app.queries import delegate_lists, delegate_tables, events
from app.services import audit
from app.services.transaction import unit_of_work

if TYPE_CHECKING:
    from app.documents.spreadsheets import Table


def export_delegates(
    *, actor: Actor, slug: str, filters: DelegateFilters, extension: str, language: str, now: datetime
) -> "Table":
    """Return the delegates that meet the filters as a table for a file ("xlsx", "csv")."""
    require(actor, Permission.EXPORT)
    with unit_of_work():
        event = events.get(slug, actor)
        lines = delegate_lists.select(delegate_lists.list_lines(event), filters)
        table = delegate_tables.make_table(event, lines, language=language, now=now)
        audit.record(
            actor=actor,
            act="event.export_delegates",
            subject=event,
            name=f"{extension.upper()}, {len(lines)}",
            now=now,
            event_id=event.id,
            filters={name: str(value) for name, value in asdict(filters).items() if value},
        )
        return table
