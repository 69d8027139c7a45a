"""Reads of imports: drafts with their table, what rows are judged against, confirmed imports."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import InvalidToken
from sqlalchemy import orm

from app import site
from app.db import db
from app.domain.errors import NotFound
from app.domain.import_tables import ImportTable, of_json
from app.domain.imports import DRAFT_LIVES, ImportField, KnownDelegate, OfferedSession, Party, Scene
from app.domain.languages import in_language
from app.domain.people import PersonDetails
from app.domain.programme import SessionStatus
from app.domain.registrations import SeatState
from app.domain.text import fold
from app.models.directory import Organization
from app.models.events import Event
from app.models.imports import Import, ImportDraft, ImportEntry
from app.models.invitations import Invitation
from app.models.people import Person
from app.models.registrations import Delegate
from app.sealed import unseal

_WHOLE = (
    orm.joinedload(Delegate.person, innerjoin=True).joinedload(Person.organization),
    orm.joinedload(Delegate.invitation),
    orm.selectinload(Delegate.seats),
)


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose imports are meant: those of one institution's link, or those of the desk at an event."""

    event_id: int
    invitation_id: int | None = None

    def owns(self, row: type[ImportDraft] | type[Import]) -> sa.ColumnElement[bool]:
        """Return the condition for a draft or an import to be theirs."""
        if self.invitation_id is None:
            return sa.and_(row.event_id == self.event_id, row.account_id.is_not(None))
        return sa.and_(row.invitation_id == self.invitation_id, row.account_id.is_(None))


def get_draft(holder: Holder, public_id: str, *, now: datetime) -> ImportDraft:
    """Return a draft of theirs that has not run out; raise NotFound("import_gone")."""
    found = db.session.scalar(
        sa.select(ImportDraft).where(
            holder.owns(ImportDraft),
            ImportDraft.public_id == public_id,
            ImportDraft.created_at > now - DRAFT_LIVES,
        )
    )
    if found is None:
        raise NotFound("import_gone")
    return found


def get_table(draft: ImportDraft) -> ImportTable:
    """Return the table of a draft; raise NotFound("import_gone") where its key is gone."""
    return of_json(get_kept(draft))


def get_kept(draft: ImportDraft) -> Any:
    """Return what a draft keeps, as JSON knows it; raise NotFound("import_gone") where its key is gone."""
    try:
        return json.loads(unseal(site.settings().secret_keys, draft.sealed))
    except InvalidToken as error:
        raise NotFound("import_gone") from error


def find_import(holder: Holder, public_id: str) -> Import | None:
    """Return an import of theirs."""
    return db.session.scalar(sa.select(Import).where(holder.owns(Import), Import.public_id == public_id))


def get_import(holder: Holder, public_id: str) -> Import:
    """Return an import of theirs; raise NotFound."""
    found = find_import(holder, public_id)
    if found is None:
        raise NotFound("not_found")
    return found


def list_imports(holder: Holder) -> Sequence[Import]:
    """Return their imports, the newest first."""
    return db.session.scalars(sa.select(Import).where(holder.owns(Import)).order_by(Import.id.desc())).all()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many an import registered and changed, and how many of them its undoing left as they were."""

    new: int
    changed: int
    left: int


def count_entries(made: Import) -> Tally:
    """Return what an import did in numbers."""
    is_new = sa.cast(ImportEntry.before, sa.Text) == "null"
    counted = sa.select(
        sa.func.count().filter(is_new),
        sa.func.count().filter(~is_new),
        sa.func.count().filter(~ImportEntry.is_undone),
    ).where(ImportEntry.import_id == made.id)
    return Tally(*db.session.execute(counted).one())


def list_entries(made: Import, *, limit: int | None = None) -> Sequence[ImportEntry]:
    """Return what an import made and changed, with people and seats, in the order of registration."""
    return db.session.scalars(
        sa.select(ImportEntry)
        .where(ImportEntry.import_id == made.id)
        .options(
            orm.joinedload(ImportEntry.delegate, innerjoin=True).options(*_WHOLE),
        )
        .order_by(ImportEntry.delegate_id)
        .limit(limit)
    ).all()


def list_delegates(event: Event, public_ids: Sequence[str]) -> Sequence[Delegate]:
    """Return these delegates of the event with people and seats, in the order of registration."""
    found = sa.select(Delegate).where(Delegate.event_id == event.id, Delegate.public_id.in_(public_ids))
    return db.session.scalars(found.options(*_WHOLE).order_by(Delegate.id)).all()


def get_scene(event: Event, table: ImportTable, *, invitation_id: int | None, language: str) -> Scene:
    """Return what the rows of a table are judged against: one institution, or all that are invited."""
    invited = list_invited(event, invitation_id)
    known = _list_known(event, invitation_id)
    parties = {row.public_id: _party(row, known.get(row.id, [])) for row in invited}
    names = {} if invitation_id else _names(invited)
    return Scene(
        parties=parties,
        names=names,
        uninvited=frozenset() if invitation_id else _find_uninvited(table, names),
        only=invited[0].public_id if invitation_id else None,
        sessions=_offered(event),
        default_sessions=table.sessions,
        language=language,
    )


def list_invited(event: Event, invitation_id: int | None) -> Sequence[Invitation]:
    """Return all invitations of an event, or the one, with organisations and their aliases."""
    query = sa.select(Invitation).where(Invitation.event_id == event.id).order_by(Invitation.position)
    if invitation_id is not None:
        query = query.where(Invitation.id == invitation_id)
    whole = orm.joinedload(Invitation.organization, innerjoin=True)
    return db.session.scalars(query.options(whole.selectinload(Organization.aliases))).all()


def _list_known(event: Event, invitation_id: int | None) -> dict[int, list[KnownDelegate]]:
    query = sa.select(Delegate).where(
        Delegate.event_id == event.id,
        Delegate.state != SeatState.WITHDRAWN,
        Delegate.invitation_id.is_not(None)
        if invitation_id is None
        else Delegate.invitation_id == invitation_id,
    )
    sessions = {row.id: row.public_id for row in event.sessions}
    known: dict[int, list[KnownDelegate]] = defaultdict(list)
    for delegate in db.session.scalars(
        query.options(orm.joinedload(Delegate.person, innerjoin=True), orm.selectinload(Delegate.seats))
    ):
        if delegate.invitation_id is not None:
            known[delegate.invitation_id].append(as_known(delegate, sessions))
    return known


def as_known(delegate: Delegate, sessions: dict[int, str]) -> KnownDelegate:
    """Return a delegate as rows are compared with him; `sessions` are public ids by number."""
    person = delegate.person
    return KnownDelegate(
        public_id=delegate.public_id,
        person=PersonDetails(
            full_name=person.full_name,
            native_name=person.native_name,
            form_of_address=person.form_of_address,
            ranks=dict(person.ranks),
            posts=dict(person.posts),
            language=person.language,
            email=person.email,
            phone=person.phone,
        ),
        role=delegate.role,
        sessions=frozenset(
            sessions[seat.session_id] for seat in delegate.seats if seat.session_id in sessions
        ),
    )


def _party(invitation: Invitation, known: Sequence[KnownDelegate]) -> Party:
    return Party(
        public_id=invitation.public_id,
        name=in_language(invitation.organization.names, "vi"),
        kind=invitation.organization.kind,
        language=invitation.language,
        quota=invitation.quota,
        left=invitation.quota - invitation.taken,
        known=tuple(known),
    )


def _names(invited: Iterable[Invitation]) -> dict[str, tuple[str, ...]]:
    """Return for each folded name, code, abbreviation and alias the invitations it may mean."""
    names: dict[str, set[str]] = defaultdict(set)
    for invitation in invited:
        for name in _names_of(invitation.organization):
            names[name].add(invitation.public_id)
    return {name: tuple(sorted(found)) for name, found in names.items()}


def _names_of(organization: Organization) -> set[str]:
    said = [
        organization.code,
        organization.abbreviation or "",
        *organization.names.values(),
        *organization.short_names.values(),
        *(alias.name for alias in organization.aliases),
    ]
    return {fold(name) for name in said if name}


def _find_uninvited(table: ImportTable, names: dict[str, tuple[str, ...]]) -> frozenset[str]:
    """Return which of the institutions in the table are in the directory, but not invited."""
    said = {fold(row.cells.get(ImportField.INSTITUTION, "")) for row in table.list_people()} - {"", *names}
    if not said:
        return frozenset()
    rows = db.session.scalars(sa.select(Organization).options(orm.selectinload(Organization.aliases)))
    return frozenset(said.intersection(*[{name for row in rows for name in _names_of(row)}]))


def _offered(event: Event) -> tuple[OfferedSession, ...]:
    return tuple(
        OfferedSession(
            public_id=row.public_id,
            number=row.position,
            titles=frozenset(fold(title) for title in row.titles.values()),
            admitted_kinds=tuple(row.admitted_kinds),
        )
        for row in event.sessions
        if row.status is SessionStatus.PLANNED
    )
