"""Large imports into the directory are left to the worker: all of one or nothing, whatever happens to it."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

import pytest
import sqlalchemy as sa

from app.db import db
from app.documents.tables import Grid, read_pasted
from app.domain.directory_imports import AS_NEW
from app.domain.errors import InvalidInput, NotFound
from app.domain.imports import MAX_ROWS
from app.models.audit import AuditEntry
from app.models.upkeep import ImportOrder
from app.queries import directory, directory_imports
from app.services import audit
from app.services.directory import imports, work
from app.services.imports import drafts
from tests.services.directory.test_merge import everything

pytestmark = pytest.mark.usefixtures("context", "real_directory")
LINES = ("Tên tổ chức\tĐiện thoại", "Công ty Một\t+84 1", "Tỉnh Hà Tĩnh\t+84 239 1", "Công ty Hai\t+84 2")


@pytest.fixture(autouse=True)
def _two_rows_are_many(monkeypatch):
    monkeypatch.setattr("app.services.directory.imports.AT_ONCE", 1)


def order(actor, now, *lines):
    """Confirm a table that is too large to wait for; return its public id."""
    grid = read_pasted("\n".join(lines or LINES))
    draft = imports.start(actor=actor, grid=grid, language="vi", now=now)
    assert imports.confirm(actor=actor, draft=draft, today=now.date(), now=now) == draft
    return draft


def phones():
    db.session.rollback()
    return [row.phones for row in directory.search("cong ty mot")], directory.get_by_code("VN34-42").phones


def count_orders():
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count(ImportOrder.id)))


def test_the_worker_brings_a_large_table_in_and_takes_it_back(organizer, now):
    before = everything(but=("import_drafts", "directory_imports"))
    made = order(organizer, now)
    assert phones() == ([], [])
    assert imports.confirm(actor=organizer, draft=made, today=now.date(), now=now) == made, "twice is once"
    assert work.work_off(now=now) == 1
    assert phones() == ([["+84 1"]], ["+84 239 1"])
    by = db.session.scalars(sa.select(AuditEntry.actor_name).filter_by(act="organization.import")).all()
    assert set(by) == {organizer.name}
    assert imports.undo(actor=organizer, made=made, now=now) is None
    assert imports.undo(actor=organizer, made=made, now=now) is None, "twice is once"
    assert phones() == ([["+84 1"]], ["+84 239 1"])
    assert work.work_off(now=now) == 1
    assert work.work_off(now=now) == 0
    assert everything(but=("import_drafts", "directory_imports")) == before
    assert directory_imports.get_import(made).undone_at == now


def test_a_worker_that_dies_half_way_leaves_nothing_of_the_import_and_the_next_one_does_it(
    organizer, now, monkeypatch
):
    made = order(organizer, now)
    for act in (lambda: None, lambda: imports.undo(actor=organizer, made=made, now=now)):
        act()
        before = phones()
        with monkeypatch.context() as patch:
            patch.setattr(audit, "record_each", lambda **_: (_ for _ in ()).throw(SystemExit))
            with pytest.raises(SystemExit):
                work.work_off(now=now)
        assert (phones(), count_orders()) == (before, 1)
        assert work.work_off(now=now) == 1
        assert (phones() == before, count_orders()) == (False, 0)


def test_what_was_confirmed_is_brought_in_as_it_was_and_however_late(organizer, now):
    made = order(organizer, now)
    with pytest.raises(NotFound):
        imports.decide(actor=organizer, draft=made, decisions={2: AS_NEW}, now=now)
    late = now + timedelta(days=3)
    assert drafts.sweep(now=late) == 0
    assert work.work_off(now=late) == 1
    assert phones() == ([["+84 1"]], ["+84 239 1"])


def test_an_import_that_has_become_impossible_waits_in_its_preview_again(organizer, now):
    made = order(organizer, now, "Tên tổ chức", "Tỉnh Hà Tĩnh", "Tỉnh Quảng Trị")
    assert work.work_off(now=now) == 1
    assert (count_orders(), directory_imports.is_confirmed(made)) == (0, False)
    assert directory_imports.get_draft(made, now=now)


@pytest.mark.databases("postgresql")
@pytest.mark.parametrize("many", [1, 100])
def test_a_form_that_is_sent_twice_at_the_same_moment_orders_once_and_brings_in_once(
    app, organizer, now, monkeypatch, many
):
    grid = read_pasted("\n".join(LINES))
    draft = imports.start(actor=organizer, grid=grid, language="vi", now=now)
    get_table, both = directory_imports.get_table, Barrier(2)

    def slowly(found):
        with suppress(BrokenBarrierError):
            both.wait(timeout=1)
        return get_table(found)

    def confirm(_):
        with app.app_context():
            return imports.confirm(actor=organizer, draft=draft, today=now.date(), now=now)

    monkeypatch.setattr("app.services.directory.imports.AT_ONCE", many)
    monkeypatch.setattr(directory_imports, "get_table", slowly)
    with ThreadPoolExecutor(2) as two:
        assert list(two.map(confirm, range(2))) == [draft, draft]
    assert work.work_off(now=now) == (many == 1)
    assert phones() == ([["+84 1"]], ["+84 239 1"])


def test_an_import_that_fails_is_given_up_and_holds_up_no_other(organizer, now, monkeypatch, caplog):
    broken, sound = (
        order(organizer, now),
        order(organizer, now, *LINES[:1], "Công ty Ba\t+84 3", "Công ty Bốn"),
    )
    bring_in = imports.bring_in

    def fail(session, draft, *rest):
        if draft.public_id == broken:
            raise RuntimeError("no rule knows this row")
        bring_in(session, draft, *rest)

    monkeypatch.setattr(imports, "bring_in", fail)
    assert work.work_off(now=now) == 2
    assert (count_orders(), directory_imports.is_confirmed(broken)) == (0, False)
    assert directory_imports.find_import(sound)
    assert directory_imports.get_draft(broken, now=now)
    assert "no rule knows this row" in caplog.text


def test_a_database_that_is_away_costs_no_order(organizer, now, monkeypatch):
    order(organizer, now)

    def fail(*_):
        raise sa.exc.OperationalError("BEGIN IMMEDIATE", None, TimeoutError("database is locked"))

    with monkeypatch.context() as patch:
        patch.setattr(imports, "bring_in", fail)
        with pytest.raises(sa.exc.OperationalError):
            work.work_off(now=now)
    assert count_orders() == 1


def test_the_headings_are_no_row_of_the_ten_thousand(organizer, now):
    def start(rows):
        lines = [["Tên tổ chức"], *([f"Công ty {n}"] for n in range(rows))]
        grid = Grid(rows=lines, lines=list(range(1, len(lines) + 1)))
        return imports.start(actor=organizer, grid=grid, language="vi", now=now)

    assert start(MAX_ROWS)
    with pytest.raises(InvalidInput, match="table_too_long"):
        start(MAX_ROWS + 1)
