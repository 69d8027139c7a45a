"""The databases of a worker: made once by the migrations, emptied after every test."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psycopg
import pytest
from flask import Flask
from psycopg import sql
from sqlalchemy import make_url

from app.db import db
from app.services import schema
from app.web import limits
from tests.plugins.surroundings import FOUND
from tests.site import ApartClient, close, make_app

_KEPT = "alembic_version"


class Database(Protocol):
    """A database of this worker's own."""

    url: str

    def empty(self) -> None:
        """Remove every row."""


class SQLite:
    """A file in WAL mode."""

    def __init__(self, path: Path) -> None:
        self.url = f"sqlite:///{path}"
        self._path = path

    def empty(self) -> None:
        """Remove every row; a plain connection enforces no foreign keys, so the order does not matter."""
        with closing(sqlite3.connect(self._path, timeout=5)) as connection, connection:
            connection.execute("BEGIN IMMEDIATE")
            names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
            for (name,) in names:
                if name != _KEPT and not name.startswith("sqlite_"):
                    connection.execute(f'DELETE FROM "{name}"')


class PostgreSQL:
    """A database on the server that the suite found."""

    def __init__(self, server: str, name: str) -> None:
        self._server, self._name = server, name
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        self.url = make_url(server).set(database=name).render_as_string(hide_password=False)

    def empty(self) -> None:
        """Remove every row in one statement: foreign keys are looked at when it ends."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("SET lock_timeout = '5s'")
            rows = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> %s", [_KEPT]
            ).fetchall()
            deletes = [
                sql.SQL("{} AS (DELETE FROM {})").format(
                    sql.Identifier(f"gone_{number}"), sql.Identifier(*row)
                )
                for number, row in enumerate(rows)
            ]
            connection.execute(sql.SQL("WITH {} SELECT 1").format(sql.SQL(", ").join(deletes)))

    def drop(self) -> None:
        """Remove the database."""
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self._name))
            )


@dataclass
class Site:
    """An application on a migrated database of this worker's own."""

    app: Flask
    database: Database


class Sites:
    """The sites of this worker, one per kind of database, each made when the first test asks for it."""

    def __init__(self, server: str, worker: str, cleanup: ExitStack) -> None:
        self._server, self._worker, self._cleanup = server, worker, cleanup
        memory = Path("/dev/shm")  # where it exists, a commit waits for no disk
        folder = tempfile.TemporaryDirectory(prefix="bantron-", dir=memory if memory.is_dir() else None)
        self.folder = Path(cleanup.enter_context(folder))
        self._made: dict[str, Site] = {}

    def get(self, kind: str) -> Site:
        """Return the site on sqlite or postgresql."""
        if kind not in self._made:
            database = self.new_database(kind, "main")
            app = make_app(database.url, self.folder)
            self._cleanup.callback(close, app)
            with app.app_context():
                schema.upgrade()
            self._made[kind] = Site(app, database)
        return self._made[kind]

    def new_database(self, kind: str, purpose: str) -> Database:
        """Return a new database without tables; it goes when the worker goes."""
        if kind == "sqlite":
            return SQLite(self.folder / f"{purpose}.db")
        name = f"bantron_test_{os.getpid()}_{self._worker}_{purpose}"
        database = PostgreSQL(self._server, name)
        self._cleanup.callback(database.drop)
        return database


@pytest.fixture(scope="session")
def sites(request: pytest.FixtureRequest, worker_id: str) -> Iterator[Sites]:
    """The sites of this worker."""
    found = request.config.stash[FOUND]["PostgreSQL"]
    with ExitStack() as cleanup:
        yield Sites(getattr(found, "where", ""), worker_id, cleanup)


@pytest.fixture
def site(request: pytest.FixtureRequest, sites: Sites) -> Iterator[Site]:
    """A site without rows; whatever uses it runs once on SQLite and once on PostgreSQL."""
    site = sites.get(request.param)
    yield site
    site.database.empty()
    limits.reset()


@pytest.fixture
def app(site: Site) -> Flask:
    """The application on an empty database; no context is pushed."""
    return site.app


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """The application with a context pushed: what tests of services and queries run in."""
    with app.app_context():
        yield app
        db.session.rollback()


@pytest.fixture
def client(app: Flask) -> ApartClient:
    """A browser without screen and without sign-in."""
    return app.test_client()
