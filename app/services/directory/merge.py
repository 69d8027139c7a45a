"""Use-cases of merging: two organisations become one, and two again."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import attributes

from app.db import Base, db
from app.domain.errors import Conflict, InvalidInput
from app.domain.languages import in_language
from app.domain.merging import other_names, taken_over
from app.domain.organizations import require_no_circle
from app.domain.policy import Actor, Permission, require
from app.models.directory import Alias, Contact, Organization
from app.models.upkeep import Merge
from app.queries import merges, references
from app.queries import organizations as lookup
from app.services import audit
from app.services.directory.facts import index
from app.services.directory.journal import Journal, list_obstacles, take_back
from app.services.transaction import unit_of_work

_TABLE = Base.metadata.tables[Organization.__tablename__]
_ALIASES = Base.metadata.tables[Alias.__tablename__]
_SURPLUS = frozenset({"organization_aliases", "event_organizers", *references.PAIRS})
"""Tables in which what both have is kept once; anywhere else it has to be solved by people first."""


def merge(
    *, actor: Actor, kept: str, gone: str, kept_revision: int, gone_revision: int, now: datetime
) -> str:
    """Let one organisation go into another, with all that refers to it; return the id of the merge.

    Raises Conflict where people have to decide first: both are invited to one event, or one stands above,
    follows or is twinned with the other.
    """
    require(actor, Permission.MANAGE_DIRECTORY)
    with unit_of_work() as session:
        stays, goes = _lock(session, kept, kept_revision), _lock(session, gone, gone_revision)
        require_mergeable(stays, goes)
        journal = Journal()
        made = Merge(
            kept=stays,
            gone_public_id=goes.public_id,
            gone_code=goes.code,
            gone_names=goes.names,
            merged_at=now,
            merged_by=actor.name,
        )
        _move_references(stays, goes, journal)
        _take_over(stays, goes, journal)
        made.journal = journal.entries
        session.add(made)
        _reindex(session, stays.public_id)
        _record(actor, "merge", made, now)
        return made.public_id


def undo(*, actor: Actor, merge: str, now: datetime) -> str:
    """Part again what was merged, exactly as it was; return the id of the one that comes back.

    Raises Conflict("merge_touched") where something was changed since.
    """
    require(actor, Permission.MANAGE_DIRECTORY)
    with unit_of_work() as session:
        row = merges.get(merge)
        if row.undone_at is not None:
            return row.gone_public_id
        kept = _lock(session, row.kept.public_id, row.kept.revision)
        if list_obstacles(row.journal):
            raise Conflict("merge_touched")
        if merges.is_taken(row):
            raise Conflict("code_taken", taken=row.gone_code)
        take_back(row.journal)
        row.undone_at = now
        session.flush()
        _reindex(session, kept.public_id)
        _record(actor, "unmerge", row, now)
        return row.gone_public_id


def require_mergeable(kept: Organization, gone: Organization) -> None:
    """Raise Conflict where the two cannot be one, or people have to decide something first."""
    if kept.id == gone.id:
        raise InvalidInput("merge_of_itself", field="other")
    if kept.parent_id == gone.id or gone.parent_id == kept.id:
        raise Conflict("merge_parent")
    if kept.successor_id == gone.id or gone.successor_id == kept.id:
        raise Conflict("merge_successor")
    if any({kept.id, gone.id} == {twin.first_id, twin.second_id} for twin in lookup.list_twinnings(kept)):
        raise Conflict("merge_twins")
    clashing = references.clashes(kept, gone)
    if "invitations" in clashing:
        raise Conflict("merge_both_invited", n=len(clashing["invitations"]))
    if clashing.keys() - _SURPLUS:
        raise Conflict("merge_clash")


def count_obstacles(merge: Merge) -> dict[str, int]:
    """Return, by table, how many changes of a merge were changed again since."""
    return dict(Counter(entry["table"] for entry in list_obstacles(merge.journal)))


def _lock(session: orm.Session, public_id: str, revision: int) -> Organization:
    row = lookup.get(public_id)
    session.refresh(row, with_for_update=True)
    if row.revision != revision:
        raise Conflict("changed_meanwhile")
    return row


def _move_references(kept: Organization, gone: Organization, journal: Journal) -> None:
    """Let everything that refers to the one refer to the other; what both have stays once."""
    has_focal_point = lookup.find_focal_point(kept) is not None
    for column in references.list_references():
        for row in references.list_rows(column, gone.id):
            moved = references.pointed(row, column, kept.id)
            if column.table.name == Contact.__tablename__ and has_focal_point:
                moved["is_focal_point"] = False
            if _is_surplus(column.table, moved):
                journal.delete(column.table, row)
            else:
                journal.update(column.table, row, moved)
    for row in references.list_rows(_TABLE.c.region, gone.code):
        journal.update(_TABLE, row, {"region": kept.code})
    _require_no_circles()


def _is_surplus(table: sa.Table, moved: Mapping[str, Any]) -> bool:
    if table.name in references.PAIRS and moved["first_id"] == moved["second_id"]:
        return True
    return table.name in _SURPLUS and references.stands_there(table, moved)


def _take_over(kept: Organization, gone: Organization, journal: Journal) -> None:
    """Fill what the kept one lacks, make the names of the other its aliases, and remove the other's row."""
    ours, theirs = _row(kept), _row(gone)
    others = other_names(merges.names_of(kept), merges.names_of(gone), longest=200)
    journal.delete(_TABLE, theirs)
    journal.update(_TABLE, ours, taken_over(ours, theirs))
    for name in others:
        if not db.session.scalar(sa.select(Alias.id).filter_by(organization_id=kept.id, name=name)):
            journal.insert(_ALIASES, {"organization_id": kept.id, "name": name})


def _row(organization: Organization) -> dict[str, Any]:
    found = db.session.execute(sa.select(_TABLE).where(_TABLE.c.id == organization.id))
    return dict(found.mappings().one())


def _reindex(session: orm.Session, public_id: str) -> None:
    """Bring search up to date, and raise the revision: whoever edits the old state is told."""
    session.flush()
    session.expire_all()
    row = lookup.get(public_id)
    index(row)
    attributes.flag_modified(row, "search")


def _require_no_circles() -> None:
    rows = db.session.execute(
        sa.select(_TABLE.c.id, _TABLE.c.code, _TABLE.c.parent_id, _TABLE.c.successor_id)
    ).all()
    codes = {row.id: row.code for row in rows}
    for link in ("parent", "successor"):
        above = {row.code: codes.get(getattr(row, f"{link}_id")) for row in rows}
        require_no_circle(above, link)


def _record(actor: Actor, verb: str, merge: Merge, now: datetime) -> None:
    audit.record(
        actor=actor,
        act=f"organization.{verb}",
        subject=merge.kept,
        name=in_language(merge.kept.names, "vi"),
        now=now,
        gone=merge.gone_code,
        gone_id=merge.gone_public_id,
        merge=merge.public_id,
    )
