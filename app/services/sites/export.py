"""Take the list of connection sites out of the house; the history remembers who did, and how much of it."""

from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.policy import Actor, Permission, require
from app.queries import events, site_tables, sites
from app.services import audit
from app.services.transaction import unit_of_work

if TYPE_CHECKING:
    from app.documents.spreadsheets import Table


def export_sites(*, actor: Actor, slug: str, language: str, now: datetime) -> "Table":
    """Return the sites of an event, with the telephones of their people, as a table for a file."""
    require(actor, Permission.EXPORT)
    with unit_of_work():
        event = events.get(slug, actor)
        lines = sites.get_tree(event).lines
        audit.record(
            actor=actor,
            act="event.export_sites",
            subject=event,
            name=f"XLSX, {len(lines)}",
            now=now,
            event_id=event.id,
        )
        return site_tables.make_table(event, lines, language=language, now=now)
