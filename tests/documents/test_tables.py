"""Tables of people as offices send them, and files that no office sends."""

import io
import unicodedata
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from app.documents import tables
from app.domain.errors import InvalidInput
from app.domain.imports import MAX_BYTES, MAX_ROWS

LIST = "Họ và tên;E-mail\nNguyễn Hoàng Ẩn;an@x.vn\nTrần Thị Ỷ Lan;lan@x.vn\n"
READ = (("Họ và tên", "E-mail"), ("Nguyễn Hoàng Ẩn", "an@x.vn"), ("Trần Thị Ỷ Lan", "lan@x.vn"))


def workbook(rows):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for line, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                sheet.write_string(line, place, cell) if isinstance(cell, str) else sheet.write(
                    line, place, cell
                )
    return target.getvalue()


def patched(old, new):
    """Return a small workbook in whose sheet something was replaced."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["a", "b"], ["c", "d"]]))) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for member in source.infolist():
            content = source.read(member)
            made.writestr(
                member.filename, content.replace(old, new) if "sheet1" in member.filename else content
            )
    return target.getvalue()


def ods(row="", manifest=""):
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content{spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="S"><table:table-row {row}><table:table-cell office:value-type="string">'
        "<text:p>Nguyễn Văn An</text:p></table:table-cell></table:table-row></table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    listed = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet">{manifest}</manifest:file-entry>'
        "</manifest:manifest>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("content.xml", content)
        made.writestr("META-INF/manifest.xml", listed)
    return target.getvalue()


def in_windows_1258(text):
    """Write Vietnamese as old programs did: the tone as a letter of its own."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    parts = []
    for char in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", char)
        body = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones))
        parts += [body, *(mark for mark in marks if mark in tones)]
    return "".join(parts).encode("cp1258")


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


FAR = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
BOMB = b'<row r="9"><c r="A9" t="inlineStr"><is><t>' + b"x" * 70_000_000 + b"</t></is></c></row></sheetData>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


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
