"""Whether the site can work."""

from functools import cache
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from app.db import db

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def find_obstacle() -> str | None:
    """Return what keeps the site from working, in one word for monitors; None when nothing does."""
    if _has_lost_its_file():
        return "database"
    try:
        return None if has_current_schema() else "schema"
    except SQLAlchemyError:
        return "database"


def has_current_schema() -> bool:
    """Tell whether the database is at the revision this code was written for."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == _revision_of_this_code()


@cache
def _revision_of_this_code() -> str | None:
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def _has_lost_its_file() -> bool:
    # An open SQLite connection goes on reading and writing a file that was deleted: nobody sees it again.
    file = db.engine.url.database
    return db.engine.dialect.name == "sqlite" and file is not None and not Path(file).exists()
