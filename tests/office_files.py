"""Tables as offices send them, and files that no office sends."""

import io
import struct
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence

import xlsxwriter

FAR = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
BOMB = b'<row r="9"><c r="A9" t="inlineStr"><is><t>' + b"x" * 70_000_000 + b"</t></is></c></row></sheetData>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def workbook(rows: Iterable[Sequence[object]]) -> bytes:
    """Return an XLSX; a text is written as it is, `=` included."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for line, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                sheet.write_string(line, place, cell) if isinstance(cell, str) else sheet.write(
                    line, place, cell
                )
    return target.getvalue()


def patched(old: bytes, new: bytes) -> bytes:
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


def ods(row: str = "", manifest: str = "", cell: str = "") -> bytes:
    """Return an ODS of one cell; `row`, `cell`: their attributes, `manifest`: what its list of parts says."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content{spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="S"><table:table-row {row}>'
        f'<table:table-cell office:value-type="string" {cell}>'
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


def in_windows_1258(text: str) -> bytes:
    """Write Vietnamese as old programs did: the tone as a letter of its own."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    parts = []
    for char in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", char)
        body = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones))
        parts += [body, *(mark for mark in marks if mark in tones)]
    return "".join(parts).encode("cp1258")


def zipped(members: dict[str, bytes]) -> bytes:
    """Return a zip of these files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return target.getvalue()


def understated(content: bytes, real: int) -> bytes:
    """Return a zip whose table of contents says of a part of `real` bytes that it is small."""
    return content.replace(struct.pack("<I", real), struct.pack("<I", 1_000))


def formulas(cells: Sequence[Sequence[tuple[str, object]]]) -> bytes:
    """Return an XLSX of (formula, the value that was saved beside it)."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(cells):
            for place, (formula, value) in enumerate(row):
                sheet.write_formula(line, place, formula, None, value)
    return target.getvalue()
