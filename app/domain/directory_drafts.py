"""A table on its way into the directory: its rows, what its columns hold, what was decided about rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from app.domain.directory_columns import HEADINGS
from app.domain.directory_imports import NAMES, EntryField, EntryRow
from app.domain.errors import InvalidInput
from app.domain.import_columns import by_heading, find_headings
from app.domain.imports import MAX_ROWS

_FIELDS = by_heading(HEADINGS)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTable:
    """Rows with their lines as the file counts them; `heading` is the place of the row of headings."""

    lines: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    heading: int | None
    fields: tuple[EntryField | None, ...]
    decisions: Mapping[int, str] = field(default_factory=dict)

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the headings as they stand there, "" where there is none."""
        return ("",) * len(self.fields) if self.heading is None else self.rows[self.heading]

    @property
    def first(self) -> int:
        """Return the place of the first row of organisations."""
        return 0 if self.heading is None else self.heading + 1

    def list_rows(self) -> Iterator[EntryRow]:
        """Yield the rows in which a column that means anything holds anything."""
        for line, cells in zip(self.lines[self.first :], self.rows[self.first :], strict=True):
            found = {at: text for at, text in zip(self.fields, cells, strict=True) if at and text}
            if found:
                yield EntryRow(line, found)


def make_table(lines: Sequence[int], rows: Sequence[Sequence[str]]) -> EntryTable:
    """Return a table with the likeliest meaning of its columns; raise InvalidInput("table_too_long")."""
    width = max((len(row) for row in rows), default=0)
    heading, fields = find_headings(rows, _FIELDS) or (None, (None,) * width)
    table = EntryTable(
        lines=tuple(lines), rows=tuple(tuple(row) for row in rows), heading=heading, fields=fields
    )
    if len(rows) - table.first > MAX_ROWS:
        raise InvalidInput("table_too_long", field="file", most=MAX_ROWS)
    return table


def require_fields(fields: Sequence[EntryField | None]) -> None:
    """Raise InvalidInput("column_unnamed" | "column_repeated") where the columns make no organisations."""
    if not {*NAMES, EntryField.CODE} & set(fields):
        raise InvalidInput("column_unnamed", column=EntryField.NAME_VI)
    for at in fields:
        if at is not None and fields.count(at) > 1:
            raise InvalidInput("column_repeated", column=at)


def to_json(table: EntryTable) -> dict[str, Any]:
    """Return the table as JSON knows it."""
    return {**asdict(table), "decisions": {str(line): what for line, what in table.decisions.items()}}


def of_json(kept: Mapping[str, Any]) -> EntryTable:
    """Return the table that was kept."""
    return EntryTable(
        lines=tuple(kept["lines"]),
        rows=tuple(tuple(row) for row in kept["rows"]),
        heading=kept["heading"],
        fields=tuple(at and EntryField(at) for at in kept["fields"]),
        decisions={int(line): what for line, what in kept["decisions"].items()},
    )
