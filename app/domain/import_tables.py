"""A table on its way to becoming people: its rows, what its columns hold, what was corrected by hand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain import import_columns
from app.domain.errors import InvalidInput, NotFound
from app.domain.imports import MAX_ROWS, ImportField, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportTable:
    """Rows with their lines as the file counts them; `heading` is the place of the row of headings.

    `corrections` are cells by line, "" for one that was emptied; `left_out` are lines; `sessions` (public
    ids) are for rows that name none; `encoding` is set where it was guessed.
    """

    lines: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    heading: int | None
    fields: tuple[ImportField | None, ...]
    sessions: tuple[str, ...] = ()
    encoding: str | None = None
    corrections: Mapping[int, Mapping[ImportField, str]] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()

    @property
    def headings(self) -> tuple[str, ...]:
        """Return the headings as they stand there, "" where there is none."""
        return ("",) * len(self.fields) if self.heading is None else self.rows[self.heading]

    @property
    def first(self) -> int:
        """Return the place of the first row of people."""
        return 0 if self.heading is None else self.heading + 1

    @property
    def used(self) -> list[ImportField]:
        """Return the fields that columns or corrections fill, in the order of their definition."""
        used = {*self.fields, *(at for cells in self.corrections.values() for at in cells)}
        return [at for at in ImportField if at in used]

    def list_people(self) -> Iterator[Row]:
        """Yield the rows in which a column that means anything holds anything, or somebody corrected one."""
        places = [(place, at) for place, at in enumerate(self.fields) if at is not None]
        for line, cells in zip(self.lines[self.first :], self.rows[self.first :], strict=True):
            found = _cells(cells, places, self.corrections.get(line, {}))
            if found:
                yield Row(line, found, line not in self.left_out)

    def get(self, line: int) -> Row:
        """Return the row of people in this line; raise NotFound."""
        found = next((row for row in self.list_people() if row.line == line), None)
        if found is None:
            raise NotFound("not_found")
        return found


def make_table(
    lines: Sequence[int], rows: Sequence[Sequence[str]], *, sessions: tuple[str, ...], encoding: str | None
) -> ImportTable:
    """Return a table with the likeliest meaning of its columns; raise InvalidInput("table_too_long")."""
    guessed = import_columns.guess(rows)
    table = ImportTable(
        lines=tuple(lines),
        rows=tuple(tuple(row) for row in rows),
        heading=guessed.heading,
        fields=guessed.fields,
        sessions=sessions,
        encoding=encoding,
    )
    if len(rows) - table.first > MAX_ROWS:
        raise InvalidInput("table_too_long", field="file", most=MAX_ROWS)
    return table


def require_fields(fields: Sequence[ImportField | None], *, needs_institution: bool) -> None:
    """Raise InvalidInput("column_unnamed" | "column_repeated") where the columns do not make people."""
    needed = (ImportField.FULL_NAME, *((ImportField.INSTITUTION,) if needs_institution else ()))
    if missing := next((at for at in needed if at not in fields), None):
        raise InvalidInput("column_unnamed", column=missing)
    if twice := import_columns.repeated(fields):
        raise InvalidInput("column_repeated", column=twice)


def to_json(table: ImportTable) -> dict[str, Any]:
    """Return the table as JSON knows it."""
    return {
        "lines": table.lines,
        "rows": table.rows,
        "heading": table.heading,
        "fields": table.fields,
        "sessions": table.sessions,
        "encoding": table.encoding,
        "corrections": {str(line): dict(cells) for line, cells in table.corrections.items()},
        "left_out": sorted(table.left_out),
    }


def of_json(kept: Mapping[str, Any]) -> ImportTable:
    """Return the table that was kept."""
    return ImportTable(
        lines=tuple(kept["lines"]),
        rows=tuple(tuple(row) for row in kept["rows"]),
        heading=kept["heading"],
        fields=tuple(at and ImportField(at) for at in kept["fields"]),
        sessions=tuple(kept["sessions"]),
        encoding=kept["encoding"],
        corrections={
            int(line): {ImportField(at): text for at, text in cells.items()}
            for line, cells in kept["corrections"].items()
        },
        left_out=frozenset(kept["left_out"]),
    )


def _cells(
    cells: Sequence[str],
    places: Sequence[tuple[int, ImportField]],
    corrected: Mapping[ImportField, str],
) -> dict[ImportField, str]:
    """Return the cells that hold something; a name in several columns is put together in their order."""
    found: dict[ImportField, str] = {}
    for place, at in places:
        if text := cells[place]:
            found[at] = f"{found[at]} {text}" if at in found else text
    return {at: text for at, text in {**found, **corrected}.items() if text}
