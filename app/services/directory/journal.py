"""Changes of rows, kept with what was there before, so that they can be taken back exactly."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

import sqlalchemy as sa

from app.db import Base, db

_AT_ONCE = 2_000
"""Rows that one statement reads: each names its key, and databases limit how much a statement may name."""
Entry = dict[str, Any]
"""`table`, `key`, and the changed columns `before` and `after`, as JSON knows them; None: no row."""
_Place = tuple[str, tuple[Any, ...]]
"""The name of a table and the key of a row."""


class Journal:
    """Change rows and remember how."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def update(self, table: sa.Table, row: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Change columns of a row that was read."""
        changed = {name: value for name, value in values.items() if row[name] != value}
        if changed:
            db.session.execute(sa.update(table).where(_is(table, row)).values(changed))
            self.note(table, {**row, **changed}, {name: row[name] for name in changed}, changed)

    def insert(self, table: sa.Table, values: Mapping[str, Any]) -> None:
        """Add a row."""
        made = db.session.execute(sa.insert(table).values(dict(values)).returning(*table.primary_key))
        key = dict(made.mappings().one())
        self.note(table, {**values, **key}, None, {**values, **key})

    def delete(self, table: sa.Table, row: Mapping[str, Any]) -> None:
        """Remove a row that was read whole."""
        db.session.execute(sa.delete(table).where(_is(table, row)))
        self.note(table, row, row, None)

    def note(
        self,
        table: sa.Table,
        row: Mapping[str, Any],
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
    ) -> None:
        """Remember a change that was made elsewhere: `row` as it is, and its columns before and after."""
        key = {column.name: row[column.name] for column in table.primary_key}
        entry = {"key": _plain(key), "before": _plain(before), "after": _plain(after)}
        self.entries.append({"table": table.name, **entry})


def list_obstacles(entries: Sequence[Entry]) -> list[Entry]:
    """Return the changes that cannot be taken back: the row is no longer as they left it."""
    present = _read(entries)
    return [entry for entry in entries if not _is_untouched(entry, present)]


def take_back(entries: Sequence[Entry]) -> None:
    """Put every row back as it was, the last change first; the caller has looked for obstacles."""
    for entry in reversed(entries):
        table = Base.metadata.tables[entry["table"]]
        here = _is(table, _typed(table, entry["key"]))
        if entry["after"] is None:
            db.session.execute(sa.insert(table).values(_typed(table, entry["before"])))
        elif entry["before"] is None:
            db.session.execute(sa.delete(table).where(here))
        else:
            db.session.execute(sa.update(table).where(here).values(_typed(table, entry["before"])))


def _read(entries: Sequence[Entry]) -> Mapping[_Place, Mapping[str, Any]]:
    """Return the rows of these changes as they are now, by table and key; many in one statement."""
    keys: dict[str, set[tuple[Any, ...]]] = defaultdict(set)
    for entry in entries:
        keys[entry["table"]].add(_place(entry)[1])
    found: dict[_Place, Mapping[str, Any]] = {}
    for name, places in keys.items():
        table, wanted = Base.metadata.tables[name], sorted(places)
        key = sa.tuple_(*table.primary_key)
        for first in range(0, len(wanted), _AT_ONCE):
            query = sa.select(table).where(key.in_(wanted[first : first + _AT_ONCE]))
            for row in db.session.execute(query).mappings():
                found[name, tuple(row[column.name] for column in table.primary_key)] = dict(row)
    return found


def _place(entry: Entry) -> _Place:
    table = Base.metadata.tables[entry["table"]]
    key = _typed(table, entry["key"])
    return entry["table"], tuple(key[column.name] for column in table.primary_key)


def _is_untouched(entry: Entry, present: Mapping[_Place, Mapping[str, Any]]) -> bool:
    row = present.get(_place(entry))
    if entry["after"] is None or row is None:
        return entry["after"] is None and row is None
    return bool(_plain({name: row[name] for name in entry["after"]}) == entry["after"])


def _is(table: sa.Table, row: Mapping[str, Any]) -> sa.ColumnElement[bool]:
    return sa.and_(*(column == row[column.name] for column in table.primary_key))


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if values is None else {name: _as_json(value) for name, value in values.items()}


def _as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _typed(table: sa.Table, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _of_json(value, table.c[name].type.python_type) for name, value in values.items()}


def _of_json(value: Any, kind: type) -> Any:
    if value is None:
        return None
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    return kind(value) if issubclass(kind, Enum) else value
