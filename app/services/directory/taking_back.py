"""Take back what an import did to organisations: what is as it was left, and not used since."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import attributes

from app.db import Base, db
from app.domain.policy import Actor
from app.models.directory import Contact, Organization
from app.queries import organizations as lookup
from app.queries import references
from app.services import audit
from app.services.directory import contacts
from app.services.directory.entries import Part
from app.services.directory.facts import index
from app.services.directory.journal import Entry, list_obstacles, take_back

_AT_ONCE = 1_000
_ACT = "organization.import_undone"


def take_back_all(session: orm.Session, parts: Sequence[Part], actor: Actor, now: datetime) -> list[Part]:
    """Put organisations back as they were; return the parts, each saying whether it was taken back.

    What is new goes in few statements: rows of one file never refer to each other, only to the directory.
    """
    stuck = {id(entry) for entry in list_obstacles([entry for part in parts for entry in part["entries"]])}
    sound = [part for part in parts if not any(id(entry) in stuck for entry in part["entries"])]
    new = [part for part in sound if part["new"]]
    gone: set[str] = set()
    for first in range(0, len(new), _AT_ONCE):
        gone |= _remove_unused(session, new[first : first + _AT_ONCE], actor, now)
    for part in reversed(sound):
        if not part["new"]:
            _put_back(session, part, actor, now)
            gone.add(part["id"])
    return [{**part, "undone": part["id"] in gone} for part in parts]


def _remove_unused(session: orm.Session, parts: Sequence[Part], actor: Actor, now: datetime) -> set[str]:
    """Remove new organisations that nothing refers to, with aliases and contacts; return which."""
    ids = [part["id"] for part in parts]
    rows = {row.public_id: row for row in session.scalars(_of_public_ids(ids))}
    uses = references.count_uses_of(list(rows.values()))
    invited = _list_invited([number for part in parts for number in _contacts(part["entries"])])
    free = [part for part in parts if not _is_used(uses[rows[part["id"]].id], part["entries"], invited)]
    subjects = [(rows[part["id"]], part["name"]) for part in free]
    audit.record_each(actor=actor, act=_ACT, subjects=subjects, now=now, source="file")
    for table in reversed(Base.metadata.sorted_tables):
        entries = [entry for part in free for entry in part["entries"] if entry["table"] == table.name]
        if entries:
            session.execute(sa.delete(table).where(table.c.id.in_([entry["key"]["id"] for entry in entries])))
    session.expire_all()
    return {part["id"] for part in free}


def _put_back(session: orm.Session, part: Part, actor: Actor, now: datetime) -> None:
    """Put an organisation back that was there before."""
    row = lookup.get(part["id"])
    audit.record(actor=actor, act=_ACT, subject=row, name=part["name"], now=now, source="file")
    take_back(part["entries"])
    session.flush()
    session.expire_all()
    row = lookup.get(part["id"])
    index(row)
    for contact in row.contacts:
        contacts.index(contact)
    attributes.flag_modified(row, "search")
    session.flush()


def _is_used(uses: Mapping[str, int], entries: Sequence[Entry], invited: set[int]) -> bool:
    """Tell whether something else refers to an organisation that an import added, or to a contact of it."""
    own = sum(entry["table"] == Contact.__tablename__ and entry["before"] is None for entry in entries)
    others = uses.keys() - {"contacts"}
    return uses.get("contacts", 0) > own or bool(others) or not invited.isdisjoint(_contacts(entries))


def _contacts(entries: Sequence[Entry]) -> list[int]:
    return [entry["key"]["id"] for entry in entries if entry["table"] == Contact.__tablename__]


def _list_invited(contacts: Sequence[int]) -> set[int]:
    """Return which of these contacts an invitation went to."""
    invited = Base.metadata.tables["invitations"].c.contact_id
    return set(db.session.scalars(sa.select(invited).where(invited.in_(contacts)))) if contacts else set()


def _of_public_ids(ids: Sequence[str]) -> sa.Select[Organization]:
    return sa.select(Organization).where(Organization.public_id.in_(ids))
