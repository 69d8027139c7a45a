"""Reads of the directory: organisations by name, code, kind and day; groups as of a day."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from app.db import db
from app.domain.directory import (
    GROUPS,
    HOME,
    Criteria,
    DirectoryFilter,
    GroupCode,
    OrganizationKind,
    find_group,
)
from app.domain.errors import NotFound
from app.domain.listings import PAGE_SIZE, Page
from app.domain.text import words
from app.models.directory import Contact, Organization

_KIND_ORDER = sa.case(
    {kind.value: place for place, kind in enumerate(OrganizationKind)},
    value=sa.cast(Organization.kind, sa.String),
)


def list_page(
    wanted: DirectoryFilter, *, number: int = 1, order: str = "name", size: int = PAGE_SIZE
) -> Page[Organization]:
    """Return one page of the organisations that meet the filter; `order` is one of the filter's ORDERS."""
    conditions = _conditions(wanted)
    total = db.session.scalar(sa.select(sa.func.count()).select_from(Organization).where(*conditions)) or 0
    page: Page[Organization] = Page((), min(max(number, 1), max(1, -(-total // size))), total, size)
    rows = db.session.scalars(
        sa.select(Organization)
        .where(*conditions)
        .order_by(*_order(order, wanted.text))
        .options(joinedload(Organization.parent))
        .limit(size)
        .offset((page.number - 1) * size)
    )
    return Page(rows.all(), page.number, total, size)


def list_all(wanted: DirectoryFilter, *, order: str = "name") -> Sequence[Organization]:
    """Return every organisation that meets the filter, in the order of its list."""
    query = sa.select(Organization).where(*_conditions(wanted)).order_by(*_order(order, wanted.text))
    return db.session.scalars(
        query.options(joinedload(Organization.parent), joinedload(Organization.successor))
    ).all()


def list_codes() -> Sequence[str]:
    """Return every code."""
    return db.session.scalars(sa.select(Organization.code)).all()


def list_focal_points(organizations: Sequence[Organization]) -> dict[int, Contact]:
    """Return the focal point of each of these organisations, by the organisation's number."""
    wanted = sa.select(Contact).where(
        Contact.organization_id.in_([row.id for row in organizations]),
        Contact.is_focal_point,
        Contact.archived_at.is_(None),
    )
    return {contact.organization_id: contact for contact in db.session.scalars(wanted)}


def is_empty() -> bool:
    """Tell whether there is no organisation at all."""
    return not db.session.scalar(sa.select(sa.exists(sa.select(Organization.id))))


def count_others(wanted: DirectoryFilter) -> int:
    """Count those that would meet the filter on some other day."""
    if wanted.on is None:
        return 0
    others = [*_conditions(replace(wanted, on=None)), sa.not_(valid_on(wanted.on))]
    return db.session.scalar(sa.select(sa.func.count()).select_from(Organization).where(*others)) or 0


def search(text: str, *, on: date | None = None, limit: int = 20) -> Sequence[Organization]:
    """Return the organisations whose words begin with those of the text, the closest first (A19)."""
    return list_page(DirectoryFilter(text=text, on=on), size=limit).items


def matching(text: str, searched: InstrumentedAttribute[str] = Organization.search) -> sa.ColumnElement[bool]:
    """Return the condition that words begin with those of the text: an organisation's, or others'."""
    return sa.and_(sa.true(), *(searched.contains(f" {word}", autoescape=True) for word in words(text)))


def valid_on(day: date) -> sa.ColumnElement[bool]:
    """Return the condition that an organisation exists on that day."""
    return sa.and_(
        sa.or_(Organization.valid_from.is_(None), Organization.valid_from <= day),
        sa.or_(Organization.valid_to.is_(None), Organization.valid_to >= day),
    )


def in_group(code: str, *, on: date) -> sa.ColumnElement[bool]:
    """Return the condition that an organisation is a member of the group on that day."""
    return sa.and_(*_group_conditions(code, on))


def list_members(code: str, *, on: date) -> Sequence[Organization]:
    """Return the members of a group as of a day, in Vietnamese order."""
    members = sa.select(Organization).where(*_group_conditions(code, on))
    return db.session.scalars(members.order_by(Organization.sort_key, Organization.id)).all()


def count_members(*, on: date) -> dict[GroupCode, int]:
    """Return how many members each group has on a day, in one statement."""
    counts = [
        sa.func.count(sa.case((sa.and_(*_group_conditions(group.code, on)), 1))).label(group.code.value)
        for group in GROUPS
    ]
    row = db.session.execute(sa.select(*counts)).one()
    return dict(zip((group.code for group in GROUPS), row, strict=True))


def find_by_code(code: str) -> Organization | None:
    """Return the organisation with that code."""
    return db.session.scalar(sa.select(Organization).where(Organization.code == code))


def get_by_code(code: str) -> Organization:
    """Return the organisation with that code; raise NotFound."""
    found = find_by_code(code)
    if found is None:
        raise NotFound("not_found")
    return found


def list_choices(*kinds: OrganizationKind, on: date | None = None) -> Sequence[tuple[str, Mapping[str, str]]]:
    """Return code and names of the organisations of these kinds, for a list to choose from."""
    chosen = sa.select(Organization.code, Organization.names).where(Organization.kind.in_(kinds))
    if on:
        chosen = chosen.where(valid_on(on))
    return [(code, names) for code, names in db.session.execute(chosen.order_by(Organization.sort_key))]


def list_countries() -> dict[str, list[str]]:
    """Return the codes of the countries that have organisations here, and of those where one sits."""
    place = sa.func.coalesce(Organization.host_country, Organization.country)
    pairs = db.session.execute(sa.select(Organization.country, place).distinct()).all()
    return {
        "country": sorted({country for country, _ in pairs if country}),
        "place": sorted({place for _, place in pairs if place}),
    }


def list_with_aliases() -> Sequence[Organization]:
    """Return every organisation, aliases included, in as few statements as can be."""
    return db.session.scalars(sa.select(Organization).options(selectinload(Organization.aliases))).all()


def _conditions(wanted: DirectoryFilter) -> list[sa.ColumnElement[bool]]:
    columns: dict[Any, object] = {
        Organization.kind: wanted.kind,
        Organization.country: wanted.country,
        sa.func.coalesce(Organization.host_country, Organization.country): wanted.place,
        Organization.region: wanted.region,
    }
    conditions = [column == value for column, value in columns.items() if value]
    if wanted.group:
        conditions += _criteria(_criteria_of(wanted.group))
    if wanted.on:
        conditions.append(valid_on(wanted.on))
    return [*conditions, matching(wanted.text)]


def _group_conditions(code: str, on: date) -> list[sa.ColumnElement[bool]]:
    return [*_criteria(_criteria_of(code)), valid_on(on)]


def _criteria_of(code: str) -> Criteria:
    group = find_group(code)
    if group is None:
        raise NotFound("not_found")
    return group.criteria


def _criteria(criteria: Criteria) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if criteria.kinds:
        conditions.append(Organization.kind.in_(sorted(criteria.kinds)))
    if criteria.country:
        conditions.append(Organization.country == criteria.country)
    if criteria.host_country:
        conditions.append(Organization.host_country == criteria.host_country)
    if criteria.region:
        conditions.append(Organization.region == criteria.region)
    if criteria.abroad:
        conditions.append(Organization.host_country != HOME)
    if criteria.foreign:
        conditions.append(Organization.country != HOME)
    return conditions


def _order(order: str, text: str) -> list[sa.ColumnElement[Any]]:
    """Put whole-phrase matches first when there is a text; then by the order that was asked for."""
    phrase = " ".join(words(text))
    closest = (
        [sa.case((Organization.search.contains(f" {phrase} ", autoescape=True), 0), else_=1)]
        if phrase
        else []
    )
    name = Organization.sort_key.desc() if order == "-name" else Organization.sort_key.asc()
    return [*closest, *([_KIND_ORDER] if order == "kind" else []), name, Organization.id.asc()]
