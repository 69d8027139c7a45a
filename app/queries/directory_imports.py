"""Reads of imports into the directory: drafts, what rows are judged against, what was brought in."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.db import db
from app.domain.contacts import ContactDetails
from app.domain.directory import OrganizationKind, Period
from app.domain.directory_drafts import EntryTable, of_json
from app.domain.directory_imports import EntryScene, KnownEntry
from app.domain.errors import NotFound
from app.domain.imports import DRAFT_LIVES
from app.domain.languages import INTERFACE, in_language
from app.domain.organizations import Details
from app.domain.text import fold
from app.i18n.countries import country_spellings
from app.i18n.wording import label
from app.models.directory import Contact, Organization
from app.models.imports import ImportDraft
from app.models.upkeep import DirectoryImport, ImportOrder
from app.queries import likeness
from app.queries.imports import get_kept


def get_draft(public_id: str, *, now: datetime) -> ImportDraft:
    """Return a draft for the directory that has not run out; raise NotFound("import_gone")."""
    found = db.session.scalar(
        sa.select(ImportDraft).where(
            ImportDraft.event_id.is_(None),
            ImportDraft.public_id == public_id,
            ImportDraft.created_at > now - DRAFT_LIVES,
        )
    )
    if found is None:
        raise NotFound("import_gone")
    return found


def get_table(draft: ImportDraft) -> EntryTable:
    """Return the table of a draft."""
    return of_json(get_kept(draft))


def get_scene(table: EntryTable, *, on: date, language: str) -> EntryScene:
    """Return the directory as the rows are judged against it."""
    rows = db.session.scalars(
        sa.select(Organization)
        .options(selectinload(Organization.aliases), selectinload(Organization.contacts))
        .order_by(Organization.id)
    ).all()
    return EntryScene(
        known={row.code: _known(row, language) for row in rows},
        index=likeness.make_index(rows),
        profile=likeness.profile,
        kinds=_kinds(),
        countries={fold(name): code for name, code in country_spellings().items()},
        on=on,
        language=language,
        decisions=table.decisions,
    )


def find_import(public_id: str) -> DirectoryImport | None:
    """Return an import."""
    return db.session.scalar(sa.select(DirectoryImport).where(DirectoryImport.public_id == public_id))


def find_order(public_id: str) -> ImportOrder | None:
    """Return what the worker has still to do for a draft or an import."""
    return db.session.scalar(sa.select(ImportOrder).where(ImportOrder.of == public_id))


def is_confirmed(draft: str) -> bool:
    """Tell whether a draft was confirmed, also where the worker has not brought it in yet."""
    return find_import(draft) is not None or find_order(draft) is not None


def get_import(public_id: str) -> DirectoryImport:
    """Return an import; raise NotFound."""
    found = find_import(public_id)
    if found is None:
        raise NotFound("not_found")
    return found


def list_imports(limit: int = 20) -> Sequence[DirectoryImport]:
    """Return the latest imports."""
    return db.session.scalars(
        sa.select(DirectoryImport).order_by(DirectoryImport.id.desc()).limit(limit)
    ).all()


def details_of(row: Organization) -> Details:
    """Return what people edit about an organisation."""
    known: dict[str, Any] = {name: getattr(row, name) for name in Details.__dataclass_fields__}
    known |= {name: known[name].code if known[name] else None for name in ("parent", "successor")}
    known |= {"aliases": tuple(alias.name for alias in row.aliases), "phones": tuple(row.phones)}
    return Details(**known)


def _known(row: Organization, language: str) -> KnownEntry:
    return KnownEntry(
        key=row.code,
        name=in_language(row.names, language),
        details=details_of(row),
        period=Period(row.valid_from, row.valid_to),
        contacts={one.public_id: _contact(one) for one in row.contacts if one.archived_at is None},
    )


def _contact(row: Contact) -> ContactDetails:
    known = {name: getattr(row, name) for name in ContactDetails.__dataclass_fields__ if name != "phones"}
    return ContactDetails(**known, phones=tuple(row.phones))


@cache
def _kinds() -> Mapping[str, OrganizationKind]:
    """Return the kinds by the words that each language has for them, and by their own."""
    words = {fold(kind.value): kind for kind in OrganizationKind}
    return words | {fold(label(kind, language)): kind for language in INTERFACE for kind in OrganizationKind}
