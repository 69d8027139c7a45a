"""Ten thousand people from one workbook: read, judged for the preview, confirmed; in a process of its own."""

import io
import json
import resource
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import xlsxwriter

from app import create_app
from app.documents import directory as files
from app.documents import tables
from app.domain.accounts import Role
from app.domain.import_rows import count_states, judge
from app.domain.imports import RowState
from app.domain.invitations import AnswerSource, Invite
from app.domain.policy import SYSTEM, Actor
from app.domain.programme import SessionDetails
from app.queries import events, imports
from app.queries.imports import Holder
from app.services import accounts, schema
from app.services.directory.load import load
from app.services.imports import confirm, drafts
from app.services.invitations.invite import invite
from app.services.programme import sessions
from bench.figure import Figure, Measured
from bench.product import settings_of
from bench.work import NOW, roundtable

_ROWS = 10_000
_LOCALITIES = 63


def seconds() -> Measured:
    """Seconds from the bytes of the workbook to the last row in the database (SQLite in a file)."""
    figures = _run()
    parts = ", ".join(f"{name} {figures[name]:.1f} s" for name in ("read", "preview", "confirm"))
    return Measured(
        figures["read"] + figures["preview"] + figures["confirm"], f"{_ROWS} rows: {parts}, SQLite"
    )


def memory() -> Measured:
    """Largest resident size of the process that imports, or of the one that reads for it."""
    return Measured(_run()["memory"], "the importing process and its reader, whichever is larger")


@cache
def _run() -> dict[str, float]:
    done = subprocess.run([sys.executable, "-m", "bench.imports"], capture_output=True, check=True)
    return dict(json.loads(done.stdout))


def _measure() -> dict[str, float]:
    app = create_app(settings_of("import"))
    with app.app_context():
        schema.upgrade()
        organizations = files.read_own_organizations()
        load(actor=SYSTEM, organizations=organizations, sectors=files.read_sectors(), now=NOW)
        slug = roundtable(0)
        for title in ("Kết nối vì phát triển", "Hợp tác đầu tư"):
            sessions.add_session(
                actor=SYSTEM, slug=slug, command=SessionDetails(titles={"vi": title}), now=NOW
            )
        invite(actor=SYSTEM, slug=slug, command=Invite(groups=("localities",), quota=200), now=NOW)
        return _import(slug, _organizer())


def _organizer() -> Actor:
    accounts.add_account(
        actor=SYSTEM, email="a@example.vn", name="A", role=Role.ORGANIZER, language="vi", now=NOW
    )
    return Actor("account", "A", 1, Role.ORGANIZER)


def _import(slug: str, organizer: Actor) -> dict[str, float]:
    event = events.get(slug, organizer)
    content, holder = _workbook(_names(event)), Holder(event.id)
    began = time.perf_counter()
    grid = tables.read_file(content)
    draft = drafts.start(actor=organizer, event=event, invitation=None, grid=grid, language="vi", now=NOW)
    read = time.perf_counter()
    found = imports.get_draft(holder, draft, now=NOW)
    table = imports.get_table(found)
    scene = imports.get_scene(events.get(slug, organizer), table, invitation_id=None, language="vi")
    assert count_states(judge(table.list_people(), scene)) == {RowState.NEW: _ROWS}
    seen = time.perf_counter()
    confirm.confirm(
        actor=organizer, holder=holder, draft=draft, tells=True, source=AnswerSource.EMAIL, now=NOW
    )
    done = time.perf_counter()
    kilobytes = max(own_peak(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    return {"read": read - began, "preview": seen - read, "confirm": done - seen, "memory": kilobytes / 1000}


def own_peak() -> int:
    """Return the largest resident size in kB; getrusage() would tell that of the process it came from."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def _names(event) -> list[str]:
    return [row.organization.names["vi"] for row in imports.list_invited(event, None)]


def _workbook(institutions: list[str]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["TT", "Cơ quan", "Họ và tên", "Chức vụ", "E-mail", "Điện thoại", "Vai trò"])
        for number in range(_ROWS):
            name = f"Nguyễn Thị Hoàng Ẩn {number}"
            where = institutions[number % len(institutions)]
            cells = [
                where,
                name,
                "Trưởng phòng Hợp tác quốc tế",
                f"dai.bieu.{number}@example.vn",
                "+84 24 3799 3000",
            ]
            sheet.write_row(number + 1, 0, [number + 1, *cells, "Đại biểu"])
    return target.getvalue()


FIGURES = (Figure("import", "s", 10, seconds), Figure("import-memory", "MB", 300, memory))

if __name__ == "__main__":
    print(json.dumps(_measure()))
