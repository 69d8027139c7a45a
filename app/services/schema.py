"""The schema of the database: bring it to this version, or back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from app.db import db
from app.mail import doorbell
from app.queries.health import MIGRATIONS


def upgrade(*, to: str = "head") -> None:
    """Bring the database to a revision; on SQLite switch it to WAL, which only this act may do."""
    engine = db.engine
    if engine.dialect.name == "sqlite":
        if engine.url.database and engine.url.database != ":memory:":
            Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
        _switch_to_wal(engine)
    with _migrating(engine) as connection:
        command.upgrade(_config(connection), to)
    doorbell.prepare()


def downgrade(*, to: str) -> None:
    """Take the database back to a revision."""
    with _migrating(db.engine) as connection:
        command.downgrade(_config(connection), to)


def disconnect() -> None:
    """Close every connection; the last one takes SQLite's write-ahead log with it."""
    db.session.remove()
    db.engine.dispose()


@contextmanager
def _migrating(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Yield the connection of one transaction in which tables may be written anew.

    SQLite does that by dropping the old table, which would take along, or set free, what refers to it:
    so foreign keys rest meanwhile, and are checked before the commit.
    """
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            with connection.begin():
                yield connection
            return
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
                if broken := driver.execute("PRAGMA foreign_key_check").fetchone():
                    raise RuntimeError(f"the migration broke a reference of table {broken[0]}")
        finally:
            driver.execute("PRAGMA foreign_keys = ON")


def _config(connection: sa.Connection) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


def _switch_to_wal(engine: sa.Engine) -> None:
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()
