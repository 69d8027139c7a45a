"""Who can be put on a programme."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from app.db import db
from app.models.directory import Organization
from app.queries.directory import valid_on


def list_holders(*, on: date) -> Sequence[Organization]:
    """Return the organisations that exist on the day, in their order: localities of its generation (A17)."""
    query = sa.select(Organization).where(valid_on(on))
    return db.session.scalars(query.order_by(Organization.sort_key, Organization.id)).all()
