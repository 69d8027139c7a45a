"""What an import does to organisations, all that is new in few statements; taking_back.py undoes it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import Base, db
from app.domain.contacts import ContactDetails
from app.domain.directory_imports import JudgedEntry
from app.domain.languages import in_language
from app.domain.organizations import Details
from app.domain.policy import Actor
from app.models.directory import Alias, Contact, Organization
from app.queries import organizations as lookup
from app.services import audit
from app.services.directory import contacts, organizations
from app.services.directory.journal import Journal

_TABLES = [Base.metadata.tables[model.__tablename__] for model in (Organization, Alias, Contact)]
_NOT_KEPT = frozenset({"revision", "search", "sort_key"})
"""Columns that follow from others."""

Rows = dict[tuple[str, int], dict[str, Any]]
Part = dict[str, Any]


class Entries:
    """One run through the rows that bring something in."""

    def __init__(self, session: orm.Session, actor: Actor, now: datetime) -> None:
        self._session, self._actor, self._now = session, actor, now
        self._codes = organizations.Codes()
        self._rows: dict[str, Organization] = {}
        self._new: set[str] = set()
        self._with_contact: set[str] = set()

    def bring(self, judged: Sequence[JudgedEntry]) -> list[Part]:
        """Add and change, in the order of the table; return what was done to each organisation."""
        known = sa.select(Organization).where(Organization.code.in_({one.key for one in judged}))
        self._rows = {row.code: row for row in self._session.scalars(known)}
        before = _snapshot([row.id for row in self._rows.values()])
        for one in judged:
            if one.key is not None and one.details is not None:
                self._bring(one.key, one.details)
        self._session.flush()  # they have numbers now, which their contacts need
        for one in judged:
            if one.key is not None and one.details is not None and one.contact is not None:
                self._bring_contact(one, one.key, one.contact)
        self._session.flush()
        after = _snapshot([row.id for row in self._rows.values()])
        audit.record_each(
            actor=self._actor,
            act="organization.import",
            subjects=[(row, in_language(row.names, "vi")) for row in self._rows.values()],
            now=self._now,
            source="file",
        )
        return [
            self._part(key, row, before.get(row.id, {}), after[row.id]) for key, row in self._rows.items()
        ]

    def _bring(self, key: str, details: Details) -> None:
        if key in self._rows:
            organizations.write(self._rows[key], details)
        else:
            code = None if key.startswith("line ") else key
            self._rows[key] = organizations.add(self._session, self._codes, code, details)
            self._new.add(key)

    def _bring_contact(self, one: JudgedEntry, key: str, details: ContactDetails) -> None:
        """Write the contact of a row; the first one of a new organisation has nobody to be compared with."""
        row = self._rows[key]
        is_first = key in self._new and key not in self._with_contact
        present = None if is_first else self._find_contact(row, one)
        contacts.put(self._session, row, present, details, is_first=is_first)
        self._with_contact.add(key)

    def _find_contact(self, row: Organization, one: JudgedEntry) -> Contact | None:
        """Return the contact that is meant; one of an earlier row of the file is known by what it says."""
        if one.contact_key is None or one.contact is None:
            return None
        if not one.contact_key.startswith("line "):
            return lookup.get_contact(row, one.contact_key)
        mine = sa.select(Contact).where(Contact.organization_id == row.id)
        alike = sa.or_(Contact.full_name == one.contact.full_name, Contact.email == one.contact.email)
        return self._session.scalar(mine.where(alike).order_by(Contact.id))

    def _part(self, key: str, row: Organization, before: Rows, after: Rows) -> Part:
        journal = Journal()
        for place, values in after.items():
            table, old = Base.metadata.tables[place[0]], before.get(place)
            changed = {name: value for name, value in values.items() if old is None or old[name] != value}
            if changed:
                journal.note(table, values, old and {name: old[name] for name in changed}, changed)
        for place in before.keys() - after.keys():
            journal.note(Base.metadata.tables[place[0]], before[place], before[place], None)
        name, is_new = in_language(row.names, "vi"), key in self._new
        return {"id": row.public_id, "name": name, "new": is_new, "entries": journal.entries, "undone": False}


def _snapshot(numbers: Sequence[int]) -> dict[int, Rows]:
    """Return the rows of organisations, of their aliases and contacts, by organisation, table and number."""
    found: dict[int, Rows] = defaultdict(dict)
    for table in _TABLES:
        holder = table.c.id if table.name == Organization.__tablename__ else table.c.organization_id
        query = sa.select(table, holder.label("holder")).where(holder.in_(numbers)).order_by(table.c.id)
        for row in db.session.execute(query).mappings():
            kept = {one.name: row[one.name] for one in table.columns if one.name not in _NOT_KEPT}
            found[row["holder"]][table.name, row["id"]] = kept
    return found
