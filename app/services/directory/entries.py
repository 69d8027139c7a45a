"""What an import does to one organisation, and how it is taken back."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import attributes

from app.db import Base, db
from app.domain.directory_imports import EntryState, JudgedEntry
from app.domain.languages import in_language
from app.domain.policy import Actor
from app.models.directory import Alias, Contact, Organization
from app.queries import organizations as lookup
from app.queries import references
from app.queries.directory import get_by_code
from app.services import audit
from app.services.directory import contacts, organizations
from app.services.directory.facts import index
from app.services.directory.journal import Entry, Journal, list_obstacles, take_back

_TABLES = [Base.metadata.tables[model.__tablename__] for model in (Organization, Alias, Contact)]
_NOT_KEPT = frozenset({"revision", "search", "sort_key"})
"""Columns that follow from others."""

Rows = dict[tuple[str, int], dict[str, Any]]
Part = dict[str, Any]


class Entries:
    """One run through the rows that bring something in."""

    def __init__(self, session: orm.Session, actor: Actor, now: datetime) -> None:
        self._session, self._actor, self._now = session, actor, now
        self._codes: dict[str, str] = {}
        self._parts: dict[str, Part] = {}

    def bring(self, judged: Sequence[JudgedEntry]) -> list[Part]:
        """Add and change, in the order of the table; return what was done to each organisation."""
        for one in judged:
            self._bring(one)
        return list(self._parts.values())

    def _bring(self, one: JudgedEntry) -> None:
        if one.key is None or one.details is None:
            return
        is_new = one.state is EntryState.NEW
        row = None if is_new else get_by_code(self._codes.get(one.key, one.key))
        before = _snapshot(row.id) if row else {}
        if row is None:
            code = None if one.key.startswith("line ") else one.key
            row = organizations.add(self._session, code, one.details)
            self._codes[one.key] = row.code
        else:
            organizations.write(row, one.details)
        self._session.flush()
        if one.contact is not None:
            contacts.put(self._session, row, self._find_contact(row, one), one.contact)
            self._session.flush()
        self._note(row, before, _snapshot(row.id), is_new=is_new)

    def _find_contact(self, row: Organization, one: JudgedEntry) -> Contact | None:
        """Return the contact that is meant; one of an earlier row of the file is known by what it says."""
        if one.contact_key is None:
            return None
        if not one.contact_key.startswith("line "):
            return lookup.get_contact(row, one.contact_key)
        self._session.refresh(row, ["contacts"])
        wanted = one.contact
        return next(
            (
                c
                for c in row.contacts
                if wanted and c.full_name == wanted.full_name and c.email == wanted.email
            ),
            None,
        )

    def _note(self, row: Organization, before: Rows, after: Rows, *, is_new: bool) -> None:
        journal = Journal()
        for place, values in after.items():
            table, old = Base.metadata.tables[place[0]], before.get(place)
            changed = {name: value for name, value in values.items() if old is None or old[name] != value}
            if changed:
                journal.note(table, values, old and {name: old[name] for name in changed}, changed)
        for place in before.keys() - after.keys():
            journal.note(Base.metadata.tables[place[0]], before[place], before[place], None)
        name = in_language(row.names, "vi")
        blank: Part = {"id": row.public_id, "name": name, "new": is_new, "entries": [], "undone": False}
        part = self._parts.setdefault(row.public_id, blank)
        part["entries"] += journal.entries
        audit.record(
            actor=self._actor,
            act="organization.import",
            subject=row,
            name=name,
            now=self._now,
            source="file",
        )


def take_back_part(session: orm.Session, part: Mapping[str, Any], actor: Actor, now: datetime) -> bool:
    """Put one organisation back as it was, unless it was changed or used since; tell whether it was."""
    entries: list[Entry] = part["entries"]
    last = _last_of_each(entries)
    if list_obstacles(last) or (part["new"] and _is_used(part["id"], entries)):
        return False
    row = lookup.get(part["id"])
    audit.record(
        actor=actor, act="organization.import_undone", subject=row, name=part["name"], now=now, source="file"
    )
    take_back(entries)
    session.flush()
    session.expire_all()
    if not part["new"]:
        row = lookup.get(part["id"])
        index(row)
        attributes.flag_modified(row, "search")
        session.flush()
    return True


def _last_of_each(entries: Sequence[Entry]) -> list[Entry]:
    """Return for each row and column what it was left as: rows of the file may touch one row twice."""
    merged: dict[str, Entry] = {}
    for entry in entries:
        place = f"{entry['table']} {entry['key']}"
        earlier = merged.get(place)
        if earlier is None or entry["after"] is None or earlier["after"] is None:
            merged[place] = entry
        else:
            merged[place] = {**entry, "after": {**earlier["after"], **entry["after"]}}
    return list(merged.values())


def _is_used(public_id: str, entries: Sequence[Entry]) -> bool:
    """Tell whether something else refers to an organisation that an import added."""
    uses = references.count_uses(lookup.get(public_id))
    own = sum(entry["table"] == Contact.__tablename__ and entry["before"] is None for entry in entries)
    return uses.pop("contacts", 0) > own or bool(uses) or _has_invited_contact(entries)


def _has_invited_contact(entries: Sequence[Entry]) -> bool:
    numbers = [entry["key"]["id"] for entry in entries if entry["table"] == Contact.__tablename__]
    invited = Base.metadata.tables["invitations"].c.contact_id
    return bool(numbers) and bool(db.session.scalar(sa.select(sa.exists().where(invited.in_(numbers)))))


def _snapshot(organization_id: int) -> Rows:
    """Return the rows of an organisation, of its aliases and contacts, by table and number."""
    return {
        (table.name, row["id"]): {name: value for name, value in row.items() if name not in _NOT_KEPT}
        for table, row in _read(organization_id)
    }


def _read(organization_id: int) -> Iterator[tuple[sa.Table, Mapping[str, Any]]]:
    for table in _TABLES:
        holder = table.c.id if table.name == Organization.__tablename__ else table.c.organization_id
        for row in db.session.execute(sa.select(table).where(holder == organization_id)).mappings():
            yield table, dict(row)
