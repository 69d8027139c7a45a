"""Use-cases of imports into the directory: keep a table, name its columns, decide, confirm, undo."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.documents.tables import Grid
from app.domain.directory_drafts import EntryTable, make_table, require_fields, to_json
from app.domain.directory_imports import AT_ONCE, EntryField, EntryState, ImportAct, JudgedEntry
from app.domain.directory_rows import judge
from app.domain.errors import Conflict, NotFound
from app.domain.policy import Actor, Permission, require
from app.models.imports import ImportDraft
from app.models.upkeep import DirectoryImport
from app.queries import directory_imports
from app.services.directory import orders
from app.services.directory.entries import Entries
from app.services.directory.taking_back import take_back_all
from app.services.imports.drafts import sealed
from app.services.transaction import unit_of_work


def start(*, actor: Actor, grid: Grid, language: str, now: datetime) -> str:
    """Keep a table that was sent and return its public id."""
    require(actor, Permission.MANAGE_DIRECTORY)
    with unit_of_work() as session:
        table = make_table(grid.lines, grid.rows)
        draft = ImportDraft(
            account_id=actor.account_id, language=language, sealed=sealed(to_json(table)), created_at=now
        )
        session.add(draft)
        session.flush()
        return draft.public_id


def choose_columns(
    *, actor: Actor, draft: str, fields: Sequence[EntryField | None], has_headings: bool, now: datetime
) -> str:
    """Say what the columns hold; return the draft's public id."""
    require(actor, Permission.MANAGE_DIRECTORY)
    with unit_of_work():
        found = _get_open_draft(draft, now)
        table = directory_imports.get_table(found)
        wanted = tuple(fields[: len(table.fields)])
        require_fields(wanted)
        heading = (table.heading or 0) if has_headings else None
        found.sealed = sealed(to_json(replace(table, fields=wanted, heading=heading)))
        return found.public_id


def decide(*, actor: Actor, draft: str, decisions: Mapping[int, str], now: datetime) -> None:
    """Say of rows whom they mean, that they are new, or that they are left out; "" takes it back."""
    require(actor, Permission.MANAGE_DIRECTORY)
    with unit_of_work():
        found = _get_open_draft(draft, now)
        table = directory_imports.get_table(found)
        merged = {**table.decisions, **decisions}
        kept = {line: what for line, what in merged.items() if what}
        found.sealed = sealed(to_json(replace(table, decisions=kept)))


def confirm(*, actor: Actor, draft: str, today: date, now: datetime) -> str:
    """Bring in what is new or changed, all of it or nothing; return the import's id. Twice does it once.

    Rows with errors, and those that resemble others without a decision, are left out, as the preview said.
    A large table is left to the worker.
    """
    require(actor, Permission.MANAGE_DIRECTORY)
    with unit_of_work() as session:
        _one_after_the_other(session, ImportDraft, draft)
        if directory_imports.is_confirmed(draft):
            return draft
        found = directory_imports.get_draft(draft, now=now)
        table = directory_imports.get_table(found)
        size = len(table.rows) - table.first
        if size > AT_ONCE:
            orders.place(session, draft, ImportAct.BRING_IN, size, actor, now)
        else:
            bring_in(session, found, actor, today, now)
        return draft


def bring_in(session: orm.Session, draft: ImportDraft, actor: Actor, today: date, now: datetime) -> None:
    """Bring a draft in within the caller's transaction; raise Conflict("import_empty")."""
    judged = judge_table(directory_imports.get_table(draft), today=today, language=draft.language)
    wanted = [one for one in judged if one.state in {EntryState.NEW, EntryState.CHANGED}]
    if not wanted:
        raise Conflict("import_empty")
    made = DirectoryImport(public_id=draft.public_id, made_by=actor.name[:200], created_at=now)
    made.parts = Entries(session, actor, now).bring(wanted)
    session.add(made)
    session.delete(draft)


def undo(*, actor: Actor, made: str, now: datetime) -> int | None:
    """Take an import back, once; return how many organisations stay since they were changed or used since.

    None: it is large, and left to the worker. Raises Conflict("import_undone").
    """
    require(actor, Permission.MANAGE_DIRECTORY)
    with unit_of_work() as session:
        _one_after_the_other(session, DirectoryImport, made)
        found = directory_imports.get_import(made)
        if directory_imports.find_order(made):
            return None
        if found.undone_at is None and len(found.parts) > AT_ONCE:
            orders.place(session, made, ImportAct.TAKE_BACK, len(found.parts), actor, now)
            return None
        return take_back(session, found, actor, now)


def take_back(session: orm.Session, made: DirectoryImport, actor: Actor, now: datetime) -> int:
    """Do what undo() says within the caller's transaction."""
    if made.undone_at is not None:
        raise Conflict("import_undone")
    made.parts = take_back_all(session, made.parts, actor, now)
    made.undone_at = now
    return sum(not part["undone"] for part in made.parts)


def judge_table(table: EntryTable, *, today: date, language: str) -> list[JudgedEntry]:
    """Return what becomes of each row of a table."""
    return judge(table.list_rows(), directory_imports.get_scene(table, on=today, language=language))


def _one_after_the_other(
    session: orm.Session, kind: type[ImportDraft] | type[DirectoryImport], public_id: str
) -> None:
    """Let a form that is sent twice at the same moment find what it did the first time."""
    session.execute(sa.select(kind.id).where(kind.public_id == public_id).with_for_update())


def _get_open_draft(draft: str, now: datetime) -> ImportDraft:
    """Return a draft that may still be changed: what was ordered is brought in as it was confirmed."""
    if directory_imports.find_order(draft):
        raise NotFound("import_gone")
    return directory_imports.get_draft(draft, now=now)
