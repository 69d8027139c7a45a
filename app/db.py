"""The database instance, its naming convention, column types and SQLite's manners."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from typing import Any

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import orm
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, registry
from sqlalchemy.pool import PoolProxiedConnection

from app.domain.identifiers import new_public_id

BUSY_TIMEOUT_MS = 30_000
"""How long a writer waits for SQLite's lock: its busy handler is not fair, so be patient."""


_METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Base(DeclarativeBase):
    """Base of all tables; every constraint has a name, so that migrations can find it."""

    registry = registry(
        metadata=_METADATA,
        type_annotation_map={dict[str, str]: sa.JSON, list[str]: sa.JSON, dict[str, Any]: sa.JSON},
    )


db = SQLAlchemy(model_class=Base)


class Moment(sa.types.TypeDecorator[datetime]):
    """Aware datetimes, kept in UTC; naive ones are refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Refuse naive values; SQLite gets UTC without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Return aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def choice(enum: type[Enum], name: str) -> sa.Enum:
    """Return a column type that stores the values of `enum` as text under a CHECK constraint."""
    return sa.Enum(
        enum,
        native_enum=False,
        create_constraint=True,
        name=name,
        length=40,
        values_callable=lambda members: [str(member.value) for member in members],
    )


class Row:
    """Every table: an internal number and an opaque public id."""

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-2)
    # As sentinel it lets SQLite insert many rows in one statement and still tell which row got which number.
    public_id: Mapped[str] = mapped_column(
        sa.String(12), unique=True, default=new_public_id, insert_sentinel=True, sort_order=-1
    )


class Versioned:
    """Tables that several people edit: a change of a row that has changed meanwhile is refused."""

    revision: Mapped[int] = mapped_column(sort_order=99)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805  SQLAlchemy calls it with the class
        """Count the revisions."""
        return {"version_id_col": cls.revision}


def store(row: Base) -> None:
    """Insert a new row at once and leave it detached, as if it had been flushed; add it to go on with it.

    For what is written while others wait for a lock: the bookkeeping of a flush takes longer than the INSERT.
    The row names its neighbours by number.
    """
    table = Base.metadata.tables[row.__tablename__]
    if isinstance(row, Versioned):
        row.revision = 1
    given = {name: value for name, value in vars(row).items() if name in table.c}
    done: Any = db.session.execute(_insert_into(table), given)
    written = {**done.last_inserted_params(), **done.inserted_primary_key._mapping}
    for column in table.columns:
        sa.orm.attributes.set_committed_value(row, column.name, written.get(column.name))
    sa.orm.make_transient_to_detached(row)


@cache
def _insert_into(table: sa.Table) -> sa.Insert:
    return sa.insert(table)


def engine_options(url: str) -> Mapping[str, Any]:
    """Return SQLAlchemy's engine options for the database at `url`."""
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": BUSY_TIMEOUT_MS / 1000}}
    return {"pool_pre_ping": True}


class Reading:
    """A SELECT of at most one row that is compiled once and read by the driver itself, a fifth of the cost.

    Values are those of the driver, no rows of the ORM: good to compare, not to show.
    """

    def __init__(self, query: sa.Select[Any]) -> None:
        """Keep the statement; it is compiled for each kind of database at its first use."""
        self._query = query
        self._compiled: dict[str, sa.Compiled] = {}

    def row(
        self, connection: PoolProxiedConnection, dialect: sa.Dialect, **values: object
    ) -> Sequence[Any] | None:
        """Return the row for these parameters; raise OperationalError where the database does not answer."""
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = self._query.compile(
                dialect=dialect, compile_kwargs={"render_postcompile": True}
            )
        known = {**compiled.params, **values}
        places: list[str] | None = getattr(compiled, "positiontup", None)
        cursor: Any = connection.cursor()
        try:
            cursor.execute(str(compiled), [known[name] for name in places] if places else known)
            row: Sequence[Any] | None = cursor.fetchone()
        except Exception as error:  # the driver's own
            raise sa.exc.OperationalError(str(compiled), None, error) from error
        finally:
            cursor.close()
        return row


AFTER_COMMIT = "after_commit"
_SYNCHRONOUS = "bantron-synchronous"


def begin_writing(session: orm.Session | orm.scoped_session[orm.Session], *, waits_for_disk: bool) -> None:
    """Begin the transaction of a writer; its commit waits until it is on the disk, or does not."""
    options = {"sqlite_begin": "IMMEDIATE", "sqlite_synchronous": "FULL" if waits_for_disk else "NORMAL"}
    connection = session.connection(execution_options=options)
    if connection.dialect.name == "postgresql" and not waits_for_disk:
        connection.execute(sa.text("SET LOCAL synchronous_commit TO OFF"))


def after_commit(name: str, act: Callable[[], None]) -> None:
    """Do `act` once when the present unit of work has committed; `name` keeps repetitions out."""
    db.session().info.setdefault(AFTER_COMMIT, {})[name] = act


@sa.event.listens_for(sa.Engine, "connect")
def _configure_sqlite(connection: Any, _record: object) -> None:
    """Switch foreign keys on, put every commit on the disk, begin ourselves. (WAL: the migration.)"""
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")


@sa.event.listens_for(sa.Engine, "begin")
def _begin_sqlite(connection: sa.Connection) -> None:
    """Begin as the unit of work asks: IMMEDIATE for writers, since a late upgrade of the lock cannot wait.

    Said to the driver itself: SQLAlchemy's way takes as long as a whole query, and every request begins once.
    """
    if connection.dialect.name == "sqlite":
        options = connection.get_execution_options()
        begin = f"BEGIN {options.get('sqlite_begin', 'DEFERRED')}"
        wanted = options.get("sqlite_synchronous", "FULL")
        driver: Any = connection.connection.driver_connection
        try:
            if connection.info.setdefault(_SYNCHRONOUS, "FULL") != wanted:
                driver.execute(f"PRAGMA synchronous = {wanted}")
                connection.info[_SYNCHRONOUS] = wanted
            driver.execute(begin)
        except sqlite3.Error as error:
            raise sa.exc.OperationalError(begin, None, error) from error
