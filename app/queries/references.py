"""Everything that refers to an organisation, read from the tables themselves: none can be forgotten."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from app.db import Base, db
from app.models.directory import Organization
from app.models.upkeep import Distinction, Merge

PAIRS = frozenset({"twinnings", "organization_distinctions"})
"""Tables of two organisations in the order of their numbers."""
_OWN = frozenset({"organization_aliases", Distinction.__tablename__, Merge.__tablename__})
"""Tables that go with an organisation and are no use of it."""


@cache
def list_references() -> tuple[sa.Column[Any], ...]:
    """Return every column that refers to an organisation."""
    number = Organization.__table__.c.id
    return tuple(
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if any(key.column is number for key in column.foreign_keys)
    )


def count_uses(organization: Organization) -> dict[str, int]:
    """Return how many rows of which table refer to an organisation; tables without one are left out."""
    return count_uses_of([organization])[organization.id]


def count_uses_of(organizations: Sequence[Organization]) -> dict[int, dict[str, int]]:
    """Return the same for each of several (a thousand, for every table names them), by number."""
    numbers: dict[Any, int] = {one.id: one.id for one in organizations}
    codes: dict[Any, int] = {one.code: one.id for one in organizations}
    columns = [column for column in list_references() if column.table.name not in _OWN]
    region = Organization.__table__.c.region  # who sits in a locality names its code
    found: dict[int, Counter[str]] = {number: Counter() for number in numbers.values()}
    for use, column, known in (*((_use(one), one, numbers) for one in columns), ("region", region, codes)):
        counts = sa.select(column, sa.func.count()).where(column.in_(known)).group_by(column)
        for value, count in db.session.execute(counts):
            found[known[value]][use] += count
    return {number: dict(uses) for number, uses in found.items()}


def list_rows(column: sa.Column[Any], value: int | str) -> Sequence[Mapping[str, Any]]:
    """Return the rows that refer to an organisation (by number or code) by this column."""
    table = column.table
    found = db.session.execute(sa.select(table).where(column == value).order_by(*table.primary_key))
    return [dict(row) for row in found.mappings()]


def pointed(row: Mapping[str, Any], column: sa.Column[Any], organization_id: int) -> dict[str, Any]:
    """Return the row as it is when its column refers to that organisation instead."""
    changed = {**row, column.name: organization_id}
    if column.table.name in PAIRS:
        changed["first_id"], changed["second_id"] = sorted((changed["first_id"], changed["second_id"]))
    return changed


def stands_there(table: sa.Table, row: Mapping[str, Any]) -> bool:
    """Tell whether another row has what must be unique, as this one would."""
    return any(
        db.session.scalar(sa.select(sa.true()).select_from(table).where(condition).limit(1))
        for condition in _doubles(table, row)
    )


def clashes(kept: Organization, gone: Organization) -> dict[str, list[Mapping[str, Any]]]:
    """Return, by table, the rows of the gone one that the kept one has as well."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for column in list_references():
        for row in list_rows(column, gone.id):
            if stands_there(column.table, pointed(row, column, kept.id)):
                found.setdefault(column.table.name, []).append(row)
    return found


def key_of(table: sa.Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the primary key of a row."""
    return {column.name: row[column.name] for column in table.primary_key}


def _use(column: sa.Column[Any]) -> str:
    """Return the name of a kind of use: that of the table, and for organisations that of the link."""
    return column.name if column.table.name == "organizations" else column.table.name


def _doubles(table: sa.Table, row: Mapping[str, Any]) -> Iterator[sa.ColumnElement[bool]]:
    """Yield the conditions under which a row would stand twice: keys of several columns, unique ones."""
    same_key = sa.and_(*(column == row[column.name] for column in table.primary_key))
    if len(table.primary_key.columns) > 1:
        yield same_key
    for constraint in table.constraints:
        if isinstance(constraint, sa.UniqueConstraint) and len(constraint.columns) > 1:
            same = sa.and_(*(column == row[column.name] for column in constraint.columns))
            yield same & ~same_key  # it is no double of itself
