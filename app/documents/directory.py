"""CSV files of the directory -> rows: UTF-8, NFC, a header, several values in a cell parted by `|`.

Columns of organisations: `code`, `kind`, and any of the others in _COLUMNS; `note` is for people and not
read. A day may be known by its year alone: the first or last day of it is meant.
"""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from app.domain.directory import OrganizationKind
from app.domain.errors import InvalidInput
from app.domain.languages import CONTENT
from app.domain.organizations import Facts
from app.domain.text import clean_line

T = TypeVar("T")
DATA = Path(__file__).parents[1] / "data"
ORGANIZATIONS = (
    "offices.csv", "localities_34.csv", "localities_63.csv", "subjects_ru.csv", "missions_foreign.csv",
    "missions_abroad.csv", "associations.csv",
)  # fmt: skip
_TRANSLATED = {"name": "names", "short": "short_names", "kind": "kind_labels", "city": "city"}
_LISTS = {"aliases", "phones"}
_DAYS = {"valid_from": (1, 1), "valid_to": (12, 31)}
_COLUMNS = (
    {"code", "kind", "abbreviation", "country", "host_country", "region", "timezone", "parent", "successor"}
    | {"address", "fax", "email", "website", "confidence", "source", "note"}
    | {f"{name}_{language}" for name in _TRANSLATED for language in CONTENT}
    | _LISTS
    | set(_DAYS)
)


@dataclass(frozen=True)
class SectorFacts:
    """A field of cooperation."""

    code: str
    position: int
    names: Mapping[str, str]


@dataclass(frozen=True)
class Title:
    """A post or rank, with the place in the order of precedence that is proposed for it."""

    code: str
    names: Mapping[str, str]
    precedence: int


def read_own_organizations() -> list[Facts]:
    """Return the organisations of the project's own files."""
    return [facts for name in ORGANIZATIONS for facts in read_organizations((DATA / name).read_bytes(), name)]


def read_organizations(content: bytes, file: str) -> list[Facts]:
    """Return the organisations of a file; raise InvalidInput with file, line and reason of a fault."""
    return _read(content, file, _COLUMNS, {"code", "kind"}, _organization)


def read_sectors() -> list[SectorFacts]:
    """Return the fields of cooperation of the project's own file."""
    columns = {"code", "position", "source", *(f"name_{language}" for language in CONTENT)}
    return _read((DATA / "sectors.csv").read_bytes(), "sectors.csv", columns, columns, _sector)


def read_titles() -> list[Title]:
    """Return the posts and ranks of the project's own file, the highest first."""
    columns = {"code", "scope", "precedence", "note", "source", *(f"name_{language}" for language in CONTENT)}
    titles = _read((DATA / "titles.csv").read_bytes(), "titles.csv", columns, columns, _title)
    return sorted(titles, key=lambda title: title.precedence)


def _read(
    content: bytes, file: str, known: set[str], needed: set[str], build: Callable[[dict[str, str]], T]
) -> list[T]:
    """Build a thing from each line."""
    things: list[T] = []
    seen: dict[str, int] = {}
    for line, cells in _lines(content, file, known, needed):
        try:
            _require_clean(cells)
            things.append(build(cells))
            if cells["code"] in seen:
                raise InvalidInput("code_twice", field="code", line=seen[cells["code"]])
        except InvalidInput as reason:
            code = "file_cell_broken" if reason.field in cells else "file_broken"
            raise InvalidInput(code, file=file, line=line, column=reason.field, reason=reason) from reason
        seen[cells["code"]] = line
    return things


def _lines(
    content: bytes, file: str, known: set[str], needed: set[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each line's number and cells by column; every line has as many cells as the header."""
    reader = csv.reader(io.StringIO(_decoded(content, file), newline=""), strict=True)
    header: list[str] = []
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _broken(file, reader.line_num, "csv_unreadable") from error
        if cells is None:
            break
        if not header:
            _require_header(header := cells, file, known, needed)
        elif len(cells) != len(header):
            raise _broken(file, reader.line_num, "cells_miscounted", found=len(cells), wanted=len(header))
        else:
            yield reader.line_num, dict(zip(header, cells, strict=True))
    if not header:
        raise _broken(file, 1, "file_empty")


def _decoded(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _broken(file, content[: error.start].count(b"\n") + 1, "not_utf8") from error


def _require_header(header: list[str], file: str, known: set[str], needed: set[str]) -> None:
    for problem, columns in (
        ("column_unknown", set(header) - known),
        ("column_missing", needed - set(header)),
        ("column_twice", {column for column in header if header.count(column) > 1}),
    ):
        if columns:
            raise _broken(file, 1, problem, column=min(columns))


def _require_clean(cells: Mapping[str, str]) -> None:
    for column, text in cells.items():
        if text != unicodedata.normalize("NFC", text) or text != clean_line(text):
            raise InvalidInput("text_unclean", field=column)


def _organization(cells: dict[str, str]) -> Facts:
    values: dict[str, Any] = {
        column: cell or None
        for column, cell in cells.items()
        if column not in {"code", "kind", "note"} | _LISTS | set(_DAYS) and not _is_translated(column)
    }
    values |= {name: _translations(cells, column) for column, name in _TRANSLATED.items()}
    values |= {column: _several(cells[column]) for column in _LISTS & set(cells)}
    values |= {column: _day(cells[column], column) for column in set(_DAYS) & set(cells)}
    return Facts(code=cells["code"], kind=_kind(cells["kind"]), **values)


def _is_translated(column: str) -> bool:
    name, _, language = column.rpartition("_")
    return name in _TRANSLATED and language in CONTENT


def _translations(cells: Mapping[str, str], column: str) -> dict[str, str]:
    return {language: text for language in CONTENT if (text := cells.get(f"{column}_{language}", ""))}


def _several(cell: str) -> tuple[str, ...]:
    return tuple(text for part in cell.split("|") if (text := part.strip()))


def _kind(cell: str) -> OrganizationKind:
    try:
        return OrganizationKind(cell)
    except ValueError as error:
        raise InvalidInput("kind_unknown", field="kind", value=cell) from error


def _day(cell: str, column: str) -> date | None:
    try:
        if len(cell) == 4:
            return date(int(cell), *_DAYS[column])
        return date.fromisoformat(cell) if cell else None
    except ValueError as error:
        raise InvalidInput("day_unreadable", field=column, value=cell) from error


def _number(cells: Mapping[str, str], column: str) -> int:
    if not cells[column].isdecimal():
        raise InvalidInput("number_unreadable", field=column, value=cells[column])
    return int(cells[column])


def _sector(cells: dict[str, str]) -> SectorFacts:
    return SectorFacts(cells["code"], _number(cells, "position"), _translations(cells, "name"))


def _title(cells: dict[str, str]) -> Title:
    return Title(cells["code"], _translations(cells, "name"), _number(cells, "precedence"))


def _broken(file: str, line: int, reason: str, **params: str | int) -> InvalidInput:
    cause = InvalidInput(reason, field=None, **params)
    return InvalidInput("file_broken", file=file, line=line, reason=cause)
