"""Tables -> XLSX and CSV that every office program opens: texts stay texts, nothing becomes a formula."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter

Cell = str | int | None

_BOM = "utf-8-sig"  # Excel takes a CSV file without it for an old code page
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_TELEPHONE = re.compile(r"\+\d+( \(?\d+\)?)+")
"""A number in groups: no program takes it for a formula or a sum, so it needs no apostrophe."""
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_HEAD_ROW = 3
_A4 = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading, and its width in letters."""

    heading: str
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A list for print: title, a line on what is in it (with the number of rows), columns, rows."""

    name: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    made_at: datetime


def write_xlsx(table: Table) -> bytes:
    """Return a workbook of one sheet: frozen head, filters, A4 landscape with the head on every page."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        book.set_properties({"title": table.title, "created": table.made_at.replace(tzinfo=None)})
        sheet = book.add_worksheet(table.name)
        _write_head(book, sheet, table)
        plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": "#DDD8CA"})
        for number, row in enumerate(table.rows, _HEAD_ROW + 1):
            for place, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(number, place, cell, plain)
                else:
                    sheet.write_string(number, place, cell or "", plain)
        _set_up_print(sheet, table)
    return target.getvalue()


def write_csv(table: Table) -> bytes:
    """Return UTF-8 with a mark, a head and the rows; the last line is the note with their number."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow([_harmless(column.heading) for column in table.columns])
    writer.writerows([_harmless(cell) for cell in row] for row in table.rows)
    writer.writerow([_harmless(table.note)])
    return target.getvalue().encode(_BOM)


def _write_head(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, table: Table) -> None:
    sheet.write_string(0, 0, table.title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, table.note, book.add_format({"font_color": "#55606B"}))
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#F3EEE0"}
    )
    for place, column in enumerate(table.columns):
        sheet.write_string(_HEAD_ROW, place, column.heading, head)
        sheet.set_column(place, place, column.width)


def _set_up_print(sheet: xlsxwriter.worksheet.Worksheet, table: Table) -> None:
    last = len(table.columns) - 1
    sheet.autofilter(_HEAD_ROW, 0, _HEAD_ROW + max(len(table.rows), 1), last)
    sheet.freeze_panes(_HEAD_ROW + 1, 0)
    sheet.repeat_rows(_HEAD_ROW)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")


def _harmless(cell: Cell) -> str:
    text = "" if cell is None else str(cell)
    if isinstance(cell, str) and text.startswith(_DANGEROUS) and not _TELEPHONE.fullmatch(text):
        return f"'{text}"
    return text
