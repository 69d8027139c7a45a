"""What an edit changed, in values that the audit history can keep."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa

from app.models.events import Event

Values = Mapping[str, Any]
_NOT_TOLD = {"search", "series_key", "revision", "changed_at", "sequence", "taken"}
"""Columns that follow from others, or that every act changes."""


def columns(event: Event) -> Values:
    """Return the event's facts as JSON knows them."""
    named = {
        attribute.key: _plain(getattr(event, attribute.key))
        for attribute in sa.inspect(Event).column_attrs
        if attribute.key not in _NOT_TOLD
    }
    carriers = [f"{carrier.organization.code}:{carrier.role}" for carrier in event.organizers]
    return named | {
        "organizers": carriers,
        "sectors": [sector.code for sector in event.sectors],
        "other_titles": [f"{other.language}:{other.title}" for other in event.other_titles],
        "occasions": [dict(occasion.labels) for occasion in event.occasions],
    }


def between(before: Values, after: Values) -> dict[str, list[Any]]:
    """Return per changed fact its old and its new value."""
    return {name: [before[name], after[name]] for name in after if before[name] != after[name]}


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
