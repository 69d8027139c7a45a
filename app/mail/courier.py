"""One courier at a time carries the outbox: whoever holds the turn may take every open message as his."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from app import site
from app.db import db

_ADVISORY_LOCK = 0x62616E74726F6E  # "bantron"


@contextmanager
def turn() -> Iterator[bool]:
    """Yield whether the turn is ours until the end of the block; a dead process loses it at once.

    SQLite: a lock on a file of the instance folder. PostgreSQL: an advisory lock of a connection of its own.
    """
    if db.engine.dialect.name == "sqlite":
        with _file_lock(site.settings().instance / "courier.lock") as ours:
            yield ours
    else:
        with _advisory_lock() as ours:
            yield ours


@contextmanager
def _file_lock(path: Path) -> Iterator[bool]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def _advisory_lock() -> Iterator[bool]:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        ours = bool(connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_ADVISORY_LOCK))))
        try:
            yield ours
        finally:
            if ours:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(_ADVISORY_LOCK)))
