"""Reads of the audit history."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.db import db
from app.models.audit import AuditEntry
from app.models.events import Event

PAGE = 50


def list_of_event(event: Event, *, page: int = 1) -> Sequence[AuditEntry]:
    """Return a page of the history of an event, the latest act first."""
    found = sa.select(AuditEntry).where(AuditEntry.event_id == event.id)
    return db.session.scalars(
        found.order_by(AuditEntry.id.desc()).limit(PAGE).offset((page - 1) * PAGE)
    ).all()


def count_of_event(event: Event) -> int:
    """Return how many acts the history of an event holds."""
    found = sa.select(sa.func.count()).select_from(AuditEntry).where(AuditEntry.event_id == event.id)
    return db.session.scalar(found) or 0
