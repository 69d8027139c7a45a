"""The unit of work: the only place that commits."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Lock

from sqlalchemy import orm

from app.db import AFTER_COMMIT, db
from app.domain.errors import Conflict

_WRITERS = Lock()
"""SQLite has one writer, and who waits for it in SQLite sleeps and asks again: under a crowd the place stays
empty meanwhile, and some ask in vain for seconds. The writers of this process stand in a queue instead."""


@contextmanager
def unit_of_work() -> Iterator[orm.Session]:
    """Run one use-case in one transaction: commit at the end, roll back on any error.

    Begins afresh (what was read before is read again), on SQLite with the write lock taken at once. Never one
    within another. Raises Conflict("changed_meanwhile") when somebody else changed a versioned row since it
    was read.
    """
    session = db.session()
    session.rollback()
    with _turn(session):
        session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
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


def _turn(session: orm.Session) -> AbstractContextManager[object]:
    return _WRITERS if session.get_bind().dialect.name == "sqlite" else nullcontext()


def _abandon(session: orm.Session) -> None:
    session.rollback()
    session.info.pop(AFTER_COMMIT, None)
