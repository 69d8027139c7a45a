"""The unit of work: the only place that commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import AFTER_COMMIT, BUSY_TIMEOUT_MS, begin_writing, db
from app.domain.errors import Conflict

_WRITERS = Lock()
"""SQLite has one writer, and who waits for it in SQLite sleeps and asks again: under a crowd the place stays
empty meanwhile, and some ask in vain for seconds. The writers of this process stand in a queue instead."""


@contextmanager
def unit_of_work(*, survives_power_loss: bool = True) -> Iterator[orm.Session]:
    """Run one use-case in one transaction: commit at the end, roll back on any error.

    Begins afresh (what was read before is read again), on SQLite with the write lock taken at once. Never one
    within another. A commit that need not survive the loss of power survives the death of any process all the
    same, and does not wait for the disk; the next commit of anybody takes it there.
    Raises Conflict("changed_meanwhile") when somebody else changed a versioned row since it was read.
    """
    session = db.session()
    session.rollback()
    with _turn(session):
        begin_writing(session, waits_for_disk=survives_power_loss)
        try:
            yield session
            session.commit()
        except orm.exc.StaleDataError as error:
            _abandon(session)
            raise Conflict("changed_meanwhile") from error
        except BaseException:
            _abandon(session)
            raise
    for act in session.info.pop(AFTER_COMMIT, {}).values():
        act()


@contextmanager
def _turn(session: orm.Session) -> Iterator[None]:
    """Wait in the queue as long as one would wait for SQLite's own lock."""
    if session.get_bind().dialect.name != "sqlite":
        yield
        return
    if not _WRITERS.acquire(timeout=BUSY_TIMEOUT_MS / 1000):
        raise sa.exc.OperationalError("BEGIN IMMEDIATE", None, TimeoutError("database is locked"))
    try:
        yield
    finally:
        _WRITERS.release()


def _abandon(session: orm.Session) -> None:
    session.rollback()
    session.info.pop(AFTER_COMMIT, None)
