"""Who can be invited: organisations of the directory, and its groups as of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.db import db
from app.domain.directory import GROUPS, Group, OrganizationKind, find_group
from app.domain.errors import InvalidInput
from app.models.directory import Organization
from app.models.events import Event
from app.models.invitations import Invitation
from app.queries import directory

FOUND_AT_MOST = 60


@dataclass(frozen=True)
class GroupCount:
    """A group, how many members it has on the day, and how many of them are invited already."""

    group: Group
    members: int
    invited: int


def list_chosen(public_ids: Sequence[str], groups: Sequence[str], *, day: date) -> list[Organization]:
    """Return the picked organisations in the order of picking, then the members of the groups, each once.

    Members stand kind by kind as the directory lists kinds: ministries, localities, embassies …

    Raises InvalidInput("group_unknown") or InvalidInput("organization_unknown").
    """
    if not all(find_group(code) for code in groups):
        raise InvalidInput("group_unknown", field="groups")
    clauses = [
        Organization.public_id.in_(public_ids),
        *(directory.in_group(code, on=day) for code in groups),
    ]
    found = db.session.scalars(
        sa.select(Organization)
        .where(sa.or_(*clauses))
        .order_by(_kind_order(), Organization.sort_key, Organization.id)
    ).all()
    by_id = {organization.public_id: organization for organization in found}
    if not by_id.keys() >= set(public_ids):
        raise InvalidInput("organization_unknown", field="organizations")
    picked = [by_id[public_id] for public_id in dict.fromkeys(public_ids)]
    return [*picked, *(organization for organization in found if organization not in picked)]


def count_groups(event: Event, *, day: date) -> list[GroupCount]:
    """Return the groups with their members on the day, in one statement."""
    invited = _invited(event)
    columns = []
    for group in GROUPS:
        members = directory.in_group(group.code, on=day)
        columns += [_count(members), _count(sa.and_(members, invited))]
    figures = iter(db.session.execute(sa.select(*columns).select_from(Organization)).one())
    return [GroupCount(group, next(figures), next(figures)) for group in GROUPS]


def list_matching(event: Event, words: str, *, day: date) -> Sequence[tuple[Organization, bool]]:
    """Return organisations of the day whose names contain every word, and whether each is invited already."""
    found = directory.search(words, on=day, limit=FOUND_AT_MOST) if words.strip() else []
    present = _present(event)
    return [(organization, organization.id in present) for organization in found]


def list_picked(public_ids: Sequence[str]) -> Sequence[Organization]:
    """Return organisations that were ticked before, to keep them ticked; unknown ids are left out."""
    return db.session.scalars(
        sa.select(Organization)
        .where(Organization.public_id.in_(public_ids))
        .order_by(Organization.sort_key, Organization.id)
    ).all()


def split(event: Event, chosen: Sequence[Organization]) -> tuple[list[Organization], list[Organization]]:
    """Return the organisations that an invitation would be new for, and those that have one."""
    present = _present(event)
    new = [organization for organization in chosen if organization.id not in present]
    return new, [organization for organization in chosen if organization.id in present]


def _present(event: Event) -> set[int]:
    """Return the numbers of the organisations that are on the guest list."""
    invited = sa.select(Invitation.organization_id).where(Invitation.event_id == event.id)
    return set(db.session.scalars(invited))


def _kind_order() -> sa.ColumnElement[int]:
    return sa.case({kind: place for place, kind in enumerate(OrganizationKind)}, value=Organization.kind)


def _invited(event: Event) -> sa.ColumnElement[bool]:
    return (
        sa.select(Invitation.id)
        .where(Invitation.event_id == event.id, Invitation.organization_id == Organization.id)
        .exists()
    )


def _count(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)
