"""Files of tables, read back by an independent reader."""

import csv
import io
from datetime import UTC, datetime

import pytest
from python_calamine import CalamineWorkbook

from app.documents.spreadsheets import Column, Table, write_csv, write_xlsx

MADE = datetime(2027, 10, 27, 2, 0, tzinfo=UTC)


def table(*rows):
    columns = (Column(heading="TT / No.", width=6), Column(heading="Họ và tên / Full name", width=30))
    return Table(
        name="Đại biểu",
        title="Danh sách",
        note=f"{len(rows)} đại biểu",
        columns=columns,
        rows=rows,
        made_at=MADE,
    )


def cells(data):
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def lines(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Triều Thương",
        "Григорьев Семён",
        "=1+1",
        "+84 233 385",
        "@SUM(A1)",
        "https://x.vn",
        "007",
        "-5",
    ],
)
def test_workbook_keeps_every_text_as_it_was_typed(text):
    assert cells(write_xlsx(table((1, text))))[-1] == [1, text]


def test_workbook_says_how_many_rows_it_has_above_its_head():
    rows = cells(write_xlsx(table((1, "An"), (2, "Bình"))))
    assert [rows[0][0], rows[1][0], rows[3]] == [
        "Danh sách",
        "2 đại biểu",
        ["TT / No.", "Họ và tên / Full name"],
    ]
    assert rows[4:] == [[1, "An"], [2, "Bình"]]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("@SUM(1)", "'@SUM(1)"),
        ("-2+3", "'-2+3"),
        ("\tx", "'\tx"),
        ("+84 233 385 2513", "+84 233 385 2513"),
        ("+84 (24) 3799", "+84 (24) 3799"),
        ("+84905123456", "'+84905123456"),
        ("+84-1", "'+84-1"),
        ("Đại sứ, Vụ trưởng", "Đại sứ, Vụ trưởng"),
    ],
)
def test_text_file_disarms_formulas_and_leaves_telephones_readable(typed, written):
    assert lines(write_csv(table((1, typed))))[1] == ["1", written]


def test_text_file_opens_as_utf8_in_excel_and_ends_with_its_number_of_rows():
    data = write_csv(table((1, "Lê Thị Bình"), (2, "Ёлкин")))
    assert data.startswith(b"\xef\xbb\xbf")
    assert lines(data)[1:] == [["1", "Lê Thị Bình"], ["2", "Ёлкин"], ["2 đại biểu"]]


def test_same_table_gives_the_same_bytes_again():
    one, other = (write_xlsx(table((1, "An"))) for _ in range(2))
    assert one == other
