"""Ten thousand organisations from one workbook: read, judged for the preview, brought in and taken back."""

import io
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import xlsxwriter

from app import create_app
from app.documents import directory as files
from app.documents import tables
from app.domain.directory_imports import EntryState
from app.domain.policy import SYSTEM
from app.queries import directory_imports
from app.services import schema
from app.services.directory import imports, work
from app.services.directory.load import load
from bench.figure import Figure, Measured
from bench.imports import own_peak
from bench.product import settings_of
from bench.work import NOW

_ROWS = 10_000
_HEAD = ("Tên tổ chức", "Loại tổ chức", "Quốc gia", "Điện thoại", "Đầu mối", "Thư điện tử đầu mối")


def seconds() -> Measured:
    """Seconds from the bytes of the workbook to the preview; the rest is the worker's (SQLite in a file)."""
    figures = _run()
    said = ", ".join(f"{name} {figures[name]:.1f} s" for name in ("confirm", "bring in", "take back"))
    return Measured(figures["preview"], f"{_ROWS} rows, SQLite; then {said}")


def memory() -> Measured:
    """Largest resident size of the process that judges the preview."""
    return Measured(_run()["memory"], "the process that judges the preview")


@cache
def _run() -> dict[str, float]:
    done = subprocess.run([sys.executable, "-m", "bench.directory_imports"], capture_output=True, check=True)
    return dict(json.loads(done.stdout))


def _measure() -> dict[str, float]:
    figures: dict[str, float] = {}
    app = create_app(settings_of("directory-import"))
    with app.app_context():
        schema.upgrade()
        load(
            actor=SYSTEM, organizations=files.read_own_organizations(), sectors=files.read_sectors(), now=NOW
        )
        content = _workbook()
        with _timed(figures, "preview"):
            draft = imports.start(actor=SYSTEM, grid=tables.read_file(content), language="vi", now=NOW)
            table = directory_imports.get_table(directory_imports.get_draft(draft, now=NOW))
            judged = imports.judge_table(table, today=NOW.date(), language="vi")
        assert {one.state for one in judged} == {EntryState.NEW}
        del judged
        figures["memory"] = own_peak() / 1000
        with _timed(figures, "confirm"):
            imports.confirm(actor=SYSTEM, draft=draft, today=NOW.date(), now=NOW)
        with _timed(figures, "bring in"):
            assert work.work_off(now=NOW) == 1
        assert len(directory_imports.get_import(draft).parts) == _ROWS
        imports.undo(actor=SYSTEM, made=draft, now=NOW)
        with _timed(figures, "take back"):
            assert work.work_off(now=NOW) == 1
    return figures


@contextmanager
def _timed(figures: dict[str, float], name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    figures[name] = time.perf_counter() - began


def _workbook() -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, _HEAD)
        for number in range(_ROWS):
            name = f"Công ty Cổ phần Thương mại {chr(65 + number % 26)}{number}"
            contact = (f"Nguyễn Thị Ẩn {number}", f"dau.moi.{number}@example.vn")
            sheet.write_row(number + 1, 0, (name, "Doanh nghiệp", "VN", "+84 24 3799 3000", *contact))
    return target.getvalue()


FIGURES = (
    Figure("directory-import", "s", 10, seconds),
    Figure("directory-import-memory", "MB", 300, memory),
)

if __name__ == "__main__":
    print(json.dumps(_measure()))
