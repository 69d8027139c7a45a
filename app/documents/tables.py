"""A file or a pasted piece of a sheet -> a grid of clean text, whatever program it comes from."""

from dataclasses import dataclass

from app.documents import delimited, workbooks
from app.domain.errors import InvalidInput
from app.domain.imports import MAX_BYTES, MAX_COLUMNS, MAX_ROWS
from app.domain.text import clean_line

_TITLES = 50
"""Rows above and below a list that are titles and notes."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows that hold anything, all equally wide, each with its line; `encoding` where it was guessed."""

    lines: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    encoding: str | None = None


def read_file(content: bytes) -> Grid:
    """Return the rows of an XLSX, ODS or CSV file, told apart by what is in it and not by its name.

    Raises InvalidInput with one clear sentence for anything else, and for what is too much.
    """
    if len(content) > MAX_BYTES:
        raise InvalidInput("table_too_large", field="file")
    if content.startswith((workbooks.ZIP, workbooks.OLE)):
        return _grid(workbooks.read(content), "file")
    text, encoding = delimited.decode(content)
    return _grid(delimited.read(text, "file"), "file", encoding)


def read_pasted(text: str) -> Grid:
    """Return the rows of what was pasted from a sheet."""
    return _grid(delimited.read(text, "pasted"), "pasted")


def _grid(found: list[tuple[int, list[str]]], at: str, encoding: str | None = None) -> Grid:
    cleaned = [(line, _trimmed([clean_line(cell) for cell in cells])) for line, cells in found]
    kept = [(line, cells) for line, cells in cleaned if cells]
    if not kept:
        raise InvalidInput("table_empty", field=at)
    if len(kept) > MAX_ROWS + _TITLES:
        raise InvalidInput("table_too_long", field=at, most=MAX_ROWS)
    width = max(len(cells) for _, cells in kept)
    if width > MAX_COLUMNS:
        raise InvalidInput("table_too_wide", field=at, n=width, most=MAX_COLUMNS)
    return Grid(
        lines=tuple(line for line, _ in kept),
        rows=tuple((*cells, *("",) * (width - len(cells))) for _, cells in kept),
        encoding=encoding,
    )


def _trimmed(cells: list[str]) -> list[str]:
    """Return the cells without the empty ones at the end: formatted columns reach far to the right."""
    last = max((place for place, cell in enumerate(cells) if cell), default=-1)
    return cells[: last + 1]
