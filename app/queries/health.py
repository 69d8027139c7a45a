"""Whether the site can work."""

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from app.db import db


def find_obstacle() -> str | None:
    """Return what keeps the site from working, in one word for monitors; None when nothing does."""
    try:
        db.session.execute(sa.text("SELECT 1 FROM events LIMIT 1"))
    except SQLAlchemyError:
        db.session.rollback()
        return "database"
    return None
