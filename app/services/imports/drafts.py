"""The table between the steps: kept sealed for a day, mapped, corrected, given up."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from app import site
from app.documents.tables import Grid
from app.domain.errors import InvalidInput
from app.domain.import_tables import ImportTable, make_table, require_fields, to_json
from app.domain.imports import DRAFT_LIVES, ImportField
from app.domain.languages import in_language
from app.domain.policy import Actor, Permission, require
from app.domain.programme import SessionStatus
from app.domain.registrations import free_places, require_changeable
from app.models.events import Event
from app.models.imports import ImportDraft
from app.models.invitations import Invitation
from app.models.registrations import Delegate
from app.models.upkeep import ImportOrder
from app.queries import earlier, imports
from app.queries.imports import Holder
from app.sealed import seal
from app.services.registrations import access
from app.services.transaction import unit_of_work

_KEPT = 10
"""Drafts of one institution or event; older ones go, so that nobody fills the disk."""
_KNOWN = (
    ImportField.FULL_NAME,
    ImportField.NATIVE_NAME,
    ImportField.FORM_OF_ADDRESS,
    ImportField.RANK,
    ImportField.POST,
    ImportField.EMAIL,
    ImportField.PHONE,
    ImportField.LANGUAGE,
)
"""What people of earlier events bring along: everything but role and sessions."""


def start(
    *, actor: Actor, event: Event, invitation: Invitation | None, grid: Grid, language: str, now: datetime
) -> str:
    """Keep a table that was sent and return its public id; by link it belongs to the invitation."""
    event_id, invitation_id = event.id, invitation.id if invitation else None
    with unit_of_work() as session:
        held = session.get_one(Event, event_id)
        _require_may_import(session, actor, held, invitation_id, now)
        table = make_table(grid.lines, grid.rows, sessions=_with_room(held), encoding=grid.encoding)
        return _keep(session, actor, held, invitation_id, table, language, now)


def start_again(
    *, actor: Actor, invitation: Invitation, people: Collection[str], language: str, now: datetime
) -> str:
    """Keep a table of people whom the institution sent to earlier events, by public ids of delegates.

    Raises InvalidInput("nobody_chosen"); people of other institutions are left out.
    """
    number = invitation.id
    with unit_of_work() as session:
        held = session.get_one(Invitation, number)
        _require_may_import(session, actor, held.event, number, now)
        chosen = [one for one in earlier.list_people(held) if one.public_id in people]
        if not chosen:
            raise InvalidInput("nobody_chosen")
        table = ImportTable(
            lines=tuple(range(1, len(chosen) + 1)),
            rows=tuple(_cells(one, language) for one in chosen),
            heading=None,
            fields=_KNOWN,
            sessions=_with_room(held.event),
        )
        return _keep(session, actor, held.event, number, table, language, now)


def choose_columns(
    *,
    actor: Actor,
    holder: Holder,
    draft: str,
    fields: Sequence[ImportField | None],
    has_headings: bool,
    sessions: Collection[str],
    now: datetime,
) -> str:
    """Say what the columns hold and which sessions rows get that name none; return the draft's public id.

    Raises InvalidInput("column_unnamed" | "column_repeated").
    """

    def change(table: ImportTable, found: ImportDraft) -> ImportTable:
        wanted = tuple(fields[: len(table.fields)])
        require_fields(wanted, needs_institution=found.invitation_id is None)
        heading = (table.heading or 0) if has_headings else None
        return replace(table, fields=wanted, heading=heading, sessions=tuple(sorted(sessions)))

    return _change(actor, holder, draft, now, change)


def correct_row(
    *,
    actor: Actor,
    holder: Holder,
    draft: str,
    line: int,
    cells: Mapping[ImportField, str],
    now: datetime,
) -> str:
    """Put other cells into a row, which is wanted again; return the draft's public id."""

    def change(table: ImportTable, _found: ImportDraft) -> ImportTable:
        row = table.get(line)
        differing = {at: text for at, text in cells.items() if text != row.cells.get(at, "")}
        corrected = {**table.corrections.get(line, {}), **differing}
        return replace(
            table,
            corrections={**table.corrections, line: corrected},
            left_out=table.left_out - {line},
        )

    return _change(actor, holder, draft, now, change)


def choose_rows(
    *,
    actor: Actor,
    holder: Holder,
    draft: str,
    shown: Collection[int],
    wanted: Collection[int],
    now: datetime,
) -> None:
    """Take of the `shown` lines the `wanted` ones and leave the others out."""

    def change(table: ImportTable, _found: ImportDraft) -> ImportTable:
        return replace(table, left_out=(table.left_out - set(wanted)) | (set(shown) - set(wanted)))

    _change(actor, holder, draft, now, change)


def sweep(*, now: datetime) -> int:
    """Remove drafts that nobody confirmed within a day; return how many."""
    with unit_of_work() as session:
        ordered = sa.select(ImportOrder.of)
        old = sa.delete(ImportDraft).where(
            ImportDraft.created_at <= now - DRAFT_LIVES, ImportDraft.public_id.not_in(ordered)
        )
        return len(session.scalars(old.returning(ImportDraft.id)).all())


def _change(
    actor: Actor,
    holder: Holder,
    draft: str,
    now: datetime,
    change: Callable[[ImportTable, ImportDraft], ImportTable],
) -> str:
    with unit_of_work() as session:
        found = imports.get_draft(holder, draft, now=now)
        _require_may_import(session, actor, session.get_one(Event, found.event_id), found.invitation_id, now)
        found.sealed = sealed(to_json(change(imports.get_table(found), found)))
        return found.public_id


def _require_may_import(
    session: orm.Session, actor: Actor, event: Event, invitation_id: int | None, now: datetime
) -> None:
    if invitation_id is not None:
        access.require_may_change(session.get_one(Invitation, invitation_id), actor, now)
    else:
        require(actor, Permission.MANAGE_EVENTS)
        require_changeable(event.status)


def _keep(
    session: orm.Session,
    actor: Actor,
    event: Event,
    invitation_id: int | None,
    table: ImportTable,
    language: str,
    now: datetime,
) -> str:
    draft = ImportDraft(
        event_id=event.id,
        invitation_id=invitation_id,
        account_id=actor.account_id,
        language=language,
        sealed=sealed(to_json(table)),
        created_at=now,
    )
    session.add(draft)
    session.flush()
    _drop_old(session, Holder(event.id, None if draft.account_id else invitation_id))
    return draft.public_id


def _cells(delegate: Delegate, language: str) -> tuple[str, ...]:
    """Return what is known of somebody, in the order of _KNOWN."""
    person = delegate.person
    return (
        person.full_name,
        person.native_name or "",
        person.form_of_address,
        in_language(person.ranks, language),
        in_language(person.posts, language),
        person.email or "",
        person.phone,
        person.language,
    )


def _drop_old(session: orm.Session, owner: Holder) -> None:
    """Keep the last few of the same holder."""
    kept = (
        sa.select(ImportDraft.id).where(owner.owns(ImportDraft)).order_by(ImportDraft.id.desc()).limit(_KEPT)
    )
    session.execute(sa.delete(ImportDraft).where(owner.owns(ImportDraft), ImportDraft.id.not_in(kept)))


def _with_room(event: Event) -> tuple[str, ...]:
    """Return the sessions on the programme that are not full: what the form for one person ticks too."""
    return tuple(
        row.public_id
        for row in event.sessions
        if row.status is SessionStatus.PLANNED and free_places(row.capacity, row.taken) != 0
    )


def sealed(kept: Any) -> bytes:
    """Return what a draft keeps, as JSON knows it, the way its row holds it."""
    plain = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()
    return seal(site.settings().secret_keys, plain)
