"""Read one workbook from standard input and print its rows as JSON: run as a process of its own.

A workbook can ask for any amount of memory and time; this process is given limits by app.documents.workbooks
and may die of them. It imports nothing of the product, so that it starts in a moment.
"""

import io
import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum


def main(most_rows: int) -> None:
    """Print [[line, [cell, …]], …] of the first visible sheet that holds anything, one row more at most."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    for sheet in book.sheets_metadata:
        is_shown = sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible
        if is_shown and (rows := _read(book, sheet.name, most_rows)):
            json.dump(rows, sys.stdout)
            return
    json.dump([], sys.stdout)


def _read(book: CalamineWorkbook, name: str, most_rows: int) -> list[tuple[int, list[str]]]:
    rows = []
    for line, cells in _lines(book, name):
        if any(cells):
            rows.append((line, cells))
        if len(rows) > most_rows:
            break
    return rows


def _lines(book: CalamineWorkbook, name: str) -> Iterator[tuple[int, list[str]]]:
    for line, row in enumerate(book.get_sheet_by_name(name).iter_rows(), 1):
        yield line, [_text(cell) for cell in row]


def _text(cell: object) -> str:
    """Return what stands in a cell; whole numbers without a decimal point, or telephones would end in .0."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell) if not isinstance(cell, timedelta) else f"{cell}"


if __name__ == "__main__":
    main(int(sys.argv[1]))
