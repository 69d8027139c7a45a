"""A unit of work that cannot begin says so in the words that the pages know."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
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
