"""The schema of the database: bring it to this version, or back."""

from pathlib import Path

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
    with engine.begin() as connection:
        command.upgrade(_config(connection), to)
    doorbell.prepare()


def downgrade(*, to: str) -> None:
    """Take the database back to a revision."""
    with db.engine.begin() as connection:
        command.downgrade(_config(connection), to)


def disconnect() -> None:
    """Close every connection; the last one takes SQLite's write-ahead log with it."""
    db.session.remove()
    db.engine.dispose()


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
