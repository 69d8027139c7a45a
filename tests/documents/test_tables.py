"""Tables of people as offices send them, and files that no office sends."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import tables
from app.domain.errors import InvalidInput
from app.domain.imports import MAX_BYTES, MAX_ROWS
from tests.office_files import BOMB, FAR, OLE, in_windows_1258, ods, patched, workbook

LIST = "Họ và tên;E-mail\nNguyễn Hoàng Ẩn;an@x.vn\nTrần Thị Ỷ Lan;lan@x.vn\n"
READ = (("Họ và tên", "E-mail"), ("Nguyễn Hoàng Ẩn", "an@x.vn"), ("Trần Thị Ỷ Lan", "lan@x.vn"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_is_read_in_every_unicode_encoding_and_with_every_delimiter(encoding, delimiter):
    content = LIST.replace(";", delimiter).encode(encoding)
    assert tables.read_file(content) == tables.Grid((1, 2, 3), READ)


def test_old_code_pages_are_guessed_and_the_guess_is_told():
    grid = tables.read_file(in_windows_1258(LIST))
    assert (grid.rows, grid.encoding) == (READ, "cp1258")
    grid = tables.read_file("ФИО;Должность\nПётр Семёнов;Директор\n".encode("cp1251"))
    assert (grid.rows[1], grid.encoding) == (("Пётр Семёнов", "Директор"), "cp1251")


def test_nfd_becomes_nfc_and_everything_else_stays_byte_for_byte():
    typed = unicodedata.normalize("NFD", "Nguyễn Hoàng Ẩn\t+84 912 345 678\t=1+1\tO'Brien\t'Ali\n")
    row = ("Nguyễn Hoàng Ẩn", "+84 912 345 678", "=1+1", "O'Brien", "'Ali")
    assert tables.read_pasted(typed).rows == (row,)
    assert tables.read_file(workbook([row])).rows == (row,)


def test_a_quotation_mark_that_never_closes_swallows_nobody():
    assert tables.read_pasted('"Bông Trần\ta\nLê An\tb\n').rows == (('"Bông Trần', "a"), ("Lê An", "b"))
    assert tables.read_pasted('"Lê ""Bông"" An"\t"two\nlines"\n').rows == (('Lê "Bông" An', "two lines"),)


def test_whole_numbers_of_a_workbook_have_no_decimal_point_and_lines_are_those_of_the_sheet():
    grid = tables.read_file(workbook([[], ["Họ tên", "ĐT"], [], ["Lê An", 84912345678.0]]))
    assert grid == tables.Grid((2, 4), (("Họ tên", "ĐT"), ("Lê An", "84912345678")))


def test_ods_is_read():
    assert tables.read_file(ods()).rows == (("Nguyễn Văn An",),)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"", "table_empty"),
        (lambda: b"\n\n;;\n", "table_empty"),
        (lambda: bytes(range(256)) * 99, "table_unreadable"),
        (lambda: b"%PDF-1.7\n\xe2\xe3\xcf\xd3", "table_unreadable"),
        (lambda: b"<html><table><tr><td>A</td></tr></table>", "table_unreadable"),
        (lambda: b"PK\x03\x04 and nothing more", "table_unreadable"),
        (lambda: OLE, "table_old_format"),
        (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "table_protected"),
        (lambda: ods(manifest="<manifest:encryption-data/>"), "table_protected"),
        (lambda: b"x" * (MAX_BYTES + 1), "table_too_large"),
        (lambda: patched(b"</sheetData>", BOMB), "table_too_large"),
        (lambda: patched(b"</sheetData>", FAR), "table_too_large"),
        (lambda: workbook([[f"c{n}" for n in range(1_000)]]), "table_too_wide"),
        (lambda: (b";x" * 1_000 + b"\n") * 3, "table_too_wide"),
        (lambda: ods('table:number-rows-repeated="1000000000"'), "table_too_long"),
        (lambda: b"A\n" * (MAX_ROWS + 100), "table_too_long"),
    ],
)
def test_hostile_files_get_one_clear_sentence(make, code):
    with pytest.raises(InvalidInput) as refused:
        tables.read_file(make())
    assert (refused.value.code, refused.value.field) == (code, "file")


def test_a_billion_rows_that_are_only_declared_harm_nobody():
    grid = tables.read_file(patched(b'ref="A1:B2"', b'ref="A1:XFD1000000000"'))
    assert grid.rows == (("a", "b"), ("c", "d"))


@given(st.binary(max_size=400))
def test_any_bytes_are_a_grid_or_a_refusal(content):
    try:
        grid = tables.read_file(content)
    except InvalidInput as refused:
        assert refused.code.startswith("table_")  # noqa: PT017  either is right
    else:
        assert len({len(row) for row in grid.rows}) == 1
