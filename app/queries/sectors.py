"""Reads of the fields of cooperation."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.db import db
from app.models.directory import Sector


def list_sectors() -> Sequence[Sector]:
    """Return the fields of cooperation in their order."""
    return db.session.scalars(sa.select(Sector).order_by(Sector.position)).all()
