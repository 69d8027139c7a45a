"""Files that no office sends, at all three doors: one clear sentence at the field, and nothing was kept."""

import io
import re
import tracemalloc

import pytest
import sqlalchemy as sa

from app import site
from app.db import Base, db
from app.domain.imports import MAX_BYTES
from app.i18n.catalogue import gettext
from app.i18n.wording import ERRORS
from tests.office_files import BOMB, FAR, OLE, formulas, ods, patched, understated, workbook, zipped
from tests.registration_rows import store_event, store_invitation

pytestmark = pytest.mark.databases("sqlite")
_MEGABYTE = 1024 * 1024
_PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
)
_JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + bytes(range(256)) * 9
_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 40) for n in range(8))
    + b"]>"
)
FILES = {
    "nothing at all": (lambda: b"", "table_empty"),
    "rows without a cell": (lambda: b"\n\n;;\n", "table_empty"),
    "a PDF named .xlsx": (lambda: b"%PDF-1.7\n\xe2\xe3\xcf\xd3", "table_unreadable"),
    "a PNG": (lambda: _PNG, "table_unreadable"),
    "a JPEG": (lambda: _JPEG, "table_unreadable"),
    "a web page named .xls": (lambda: b"<html><table><tr><td>A</td></tr></table>", "table_unreadable"),
    "an .xls named .xlsx": (lambda: OLE, "table_old_format"),
    "an XLSX with a password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "table_protected"),
    "an ODS with a password": (lambda: ods(manifest="<manifest:encryption-data/>"), "table_protected"),
    "a zip that is cut off": (lambda: workbook([["A"]])[:400], "table_unreadable"),
    "a zip in a zip": (
        lambda: zipped({"inner.zip": zipped({"a.xlsx": workbook([["A"]])})}),
        "table_unreadable",
    ),
    "a workbook in a zip": (lambda: zipped({"list.xlsx": workbook([["A"]])}), "table_unreadable"),
    "a zip of ten thousand parts": (
        lambda: zipped({f"xl/{n}.xml": b"" for n in range(10_000)} | {"xl/workbook.xml": b""}),
        "table_too_large",
    ),
    "an XLSX that unpacks to 70 MB": (lambda: patched(b"</sheetData>", BOMB), "table_too_large"),
    "an ODS that unpacks to 100 MB": (lambda: zipped({"content.xml": b" " * 100_000_000}), "table_too_large"),
    "a zip that understates its size": (
        lambda: understated(zipped({"content.xml": b"<a>" * 60_000_000}), 180_000_000),
        "table_unreadable",
    ),
    "a billion laughs": (
        lambda: zipped({"xl/workbook.xml": _LAUGHS + b"<workbook>&i;</workbook>"}),
        "table_unreadable",
    ),
    "one cell far away": (lambda: patched(b"</sheetData>", FAR), "table_too_large"),
    "an ODS of a billion rows": (lambda: ods('table:number-rows-repeated="1000000000"'), "table_too_long"),
    "1,000 columns": (lambda: workbook([[f"c{n}" for n in range(1_000)]]), "table_too_wide"),
    "32,000 columns": (lambda: (b"x;" * 32_000 + b"x\n") * 3, "table_too_wide"),
    "an ODS of 16,000 columns": (lambda: ods(cell='table:number-columns-repeated="16000"'), "table_too_wide"),
    "200,000 rows": (
        lambda: b"".join(b"Nguoi %06d;a%06d@x.vn\n" % (n, n) for n in range(200_000)),
        "table_too_long",
    ),
    "a file over 5 MB": (lambda: b"x" * (MAX_BYTES + 1), "table_too_large"),
    "formulas that were never computed": (lambda: formulas([[("=1/0", ""), ("=A1", "")]]), "table_empty"),
}


@pytest.fixture
def doors(app, client, organizer_client):
    """Who sends to which address."""
    with app.app_context():
        event = store_event()
        invitation = store_invitation(event)
        link = site.invitation_url(invitation).removeprefix("http://localhost")
        desk = f"/organizer/events/{event.slug}/imports/new"
    return {
        "link": (client, f"{link}/imports/new"),
        "desk": (organizer_client, desk),
        "directory": (organizer_client, "/organizer/directory/imports/new"),
    }


def _send(door, content, language="vi", name="danh sach.xlsx"):
    client, address = door
    head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    body = head + content + b"\r\n--b--\r\n"
    return client.post(
        f"{address}?lang={language}",
        input_stream=io.BytesIO(body),
        content_type="multipart/form-data; boundary=b",
        content_length=len(body),
    )


def _rows(app):
    with app.app_context():
        tables = (
            "imports",
            "import_drafts",
            "directory_imports",
            "delegates",
            "people",
            "organizations",
            "audit",
        )
        known = [Base.metadata.tables[name] for name in tables if name in Base.metadata.tables]
        assert len(known) > 4
        return {
            table.name: db.session.scalar(sa.select(sa.func.count()).select_from(table)) for table in known
        }


@pytest.mark.parametrize("kind", FILES)
def test_what_is_no_table_gets_one_sentence_in_the_readers_language_and_leaves_nothing(app, doors, kind):
    make, code = FILES[kind]
    content, before = make(), _rows(app)
    for door, language in (("link", "vi"), ("link", "ru"), ("desk", "en"), ("directory", "vi")):
        answer = _send(doors[door], content, language)
        assert answer.status_code == 422
        said = re.findall(r'id="file-error"><span[^>]*>[^<]*</span>([^<]+)<', answer.text)
        assert len(said) == 1, "one sentence, at its field"
        sentence = re.escape(gettext(language, ERRORS[code]))
        assert re.fullmatch(re.sub(r"\\\{\w+\\\}", r"[\\d.,\\s]+", sentence), said[0].strip())
    assert _rows(app) == before


@pytest.mark.parametrize(
    "pasted",
    ["a\x01b\tc", "<table><tr>"],
)
def test_what_is_pasted_and_is_no_table_is_refused_where_it_was_pasted(doors, pasted):
    client, address = doors["link"]
    answer = client.post(f"{address}?lang=vi", data={"pasted": pasted})
    said = re.findall(r'id="(pasted)-error"><span[^>]*>[^<]*</span>([^<]+)<', answer.text)
    assert [(field, words.strip()) for field, words in said] == [
        ("pasted", gettext("vi", ERRORS["table_unreadable"]))
    ]


class _Endless(io.RawIOBase):
    """A body that is as long as one reads it, and knows how long that was."""

    taken = place = 0

    def readable(self) -> bool:
        """Let it be read."""
        return True

    def seek(self, _place: int, whence: int = 0) -> int:
        """Say how long it is: the client asks for the end."""
        self.place = 50 * _MEGABYTE if whence else 0
        return self.place

    def tell(self) -> int:
        """Say where one stands."""
        return self.place

    def readinto(self, buffer) -> int:
        """Give zeros."""
        self.taken += len(buffer)
        return len(buffer)


@pytest.mark.parametrize("language", ["vi", "en", "ru", "fr"])
def test_a_file_of_50_mb_is_refused_before_it_is_read(doors, language):
    client, address = doors["link"]
    body = _Endless()
    answer = client.post(
        f"{address}?lang={language}",
        input_stream=body,
        content_type="multipart/form-data; boundary=b",
    )
    heading = gettext(language, "That is too large")
    assert (answer.status_code, heading in answer.text) == (413, True)
    assert body.taken < _MEGABYTE


@pytest.mark.parametrize(
    "kind",
    ["an XLSX that unpacks to 70 MB", "an ODS that unpacks to 100 MB", "one cell far away", "200,000 rows"],
)
def test_the_web_process_stays_small_whatever_the_file_would_unpack_to(doors, kind):
    content = FILES[kind][0]()
    tracemalloc.start()
    try:
        assert _send(doors["link"], content).status_code == 422
        assert tracemalloc.get_traced_memory()[1] < 64 * _MEGABYTE
    finally:
        tracemalloc.stop()
