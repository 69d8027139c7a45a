"""Units of work on SQLite: they stand in a queue, and one that cannot begin says so as the pages know."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Event, Timer

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.db import BUSY_TIMEOUT_MS, db
from app.services.transaction import unit_of_work

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def impatient(context: object) -> Iterator[None]:
    """A connection that does not wait."""
    driver = db.session.connection().connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.execute("PRAGMA busy_timeout = 0")
    yield
    db.session.rollback()
    driver.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")


def test_a_locked_database_is_an_operational_error(impatient: None) -> None:
    """SECURITY §1: a locked database is no raw 500; the page of 503 is made of this error."""
    with closing(sqlite3.connect(str(db.engine.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"), unit_of_work():
            pass
    with unit_of_work():
        pass


def test_writers_of_one_process_wait_for_each_other_and_not_in_sqlite(app: Flask, impatient: None) -> None:
    """C03: who sleeps in SQLite's busy handler is passed over for seconds; here no connection would wait."""
    begun, may_end = Event(), Event()

    def write() -> None:
        with app.app_context(), unit_of_work():
            begun.set()
            assert may_end.wait(10)

    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(write)
        assert begun.wait(10)
        Timer(0.2, may_end.set).start()
        with unit_of_work():
            assert may_end.is_set()
        other.result(10)
