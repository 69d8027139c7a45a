"""Which organisations of the directory are perhaps the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, load_only, selectinload

from app.db import db
from app.domain.directory import Period
from app.domain.likeness import Agreement, Facts, Index, Profile, facts_of
from app.domain.naming import Countries, country_words
from app.domain.organizations import Details
from app.i18n.countries import country_spellings
from app.models.directory import Organization
from app.models.upkeep import Distinction
from app.queries.directory import find_by_code
from app.queries.merges import names_of

_COMPARED = (
    Organization.public_id,
    Organization.code,
    Organization.kind,
    Organization.kind_labels,
    Organization.names,
    Organization.short_names,
    Organization.abbreviation,
    Organization.country,
    Organization.host_country,
    Organization.city,
    Organization.parent_id,
    Organization.successor_id,
    Organization.valid_from,
    Organization.valid_to,
)
"""What is read of the whole directory; the rest of those that are shown comes when it is asked for."""


@dataclass(frozen=True)
class Pair:
    """Two organisations that are perhaps the same, and by which of their names."""

    first: Organization
    second: Organization
    agreement: Agreement


def list_pairs() -> list[Pair]:
    """Return every two that are perhaps the same, without those somebody told apart.

    Where one resembles a unit that has ended and its successor, only the successor is asked about.
    """
    rows = {row.code: row for row in _list_rows()}
    apart = {(row.first_id, row.second_id) for row in db.session.scalars(sa.select(Distinction))}
    found = make_index(list(rows.values())).pairs()
    pairs = [Pair(rows[a.facts.key], rows[b.facts.key], agreement) for a, b, agreement in found]
    alike = set(map(_key, pairs))
    return [pair for pair in pairs if not _passed_on(pair) & alike and _key(pair) not in apart]


def list_like(facts: Facts, *, on: date) -> list[Organization]:
    """Return those that are perhaps the same as what is described and exist on the day."""
    rows = {row.code: row for row in _list_rows() if Period(row.valid_from, row.valid_to).includes(on)}
    found = make_index(list(rows.values())).like(profile(facts))
    return [rows[known.facts.key] for known, _ in found]


def list_resembling(row: Organization) -> list[Organization]:
    """Return those that are perhaps the same as this one, on whatever day."""
    rows = {known.code: known for known in _list_rows()}
    found = make_index(list(rows.values())).like(profile(facts_of_row(row)))
    return [rows[known.facts.key] for known, _ in found]


def list_unexpected(details: Details, *, code: str, on: date) -> list[Organization]:
    """Return whom an organisation resembles as typed, and does not resemble as it stands under `code`."""
    known = find_by_code(code) if code else None
    before = list_like(facts_of_row(known), on=on) if known else []
    typed = facts_of(details, known.code if known else "")
    return [row for row in list_like(typed, on=on) if row not in before]


def make_index(rows: Sequence[Organization]) -> Index:
    """Return an index of organisations by what they are called."""
    return Index(profile(facts_of_row(row)) for row in rows)


def list_distinctions() -> Sequence[Distinction]:
    """Return the pairs that somebody told apart, the latest first."""
    return db.session.scalars(
        sa.select(Distinction)
        .options(joinedload(Distinction.first), joinedload(Distinction.second))
        .order_by(Distinction.decided_at.desc())
    ).all()


def find_distinction(one: Organization, other: Organization) -> Distinction | None:
    """Return the decision that the two are not the same."""
    return db.session.get(Distinction, _numbers(one, other))


@lru_cache(maxsize=20_000)
def profile(facts: Facts) -> Profile:
    """Return the names of an organisation as read."""
    return Profile(facts, _countries())


def facts_of_row(row: Organization) -> Facts:
    """Return an organisation of the directory as it is compared."""
    return Facts(
        key=row.code,
        kind=row.kind,
        names=tuple(names_of(row)),
        ranks=tuple(row.kind_labels.values()),
        country=row.country,
        host_country=row.host_country,
        cities=tuple(row.city.values()),
        parent=row.parent.code if row.parent else None,
        successor=row.successor.code if row.successor else None,
        period=Period(row.valid_from, row.valid_to),
    )


def _list_rows() -> Sequence[Organization]:
    """Return every organisation; what links name is then in the session already."""
    return db.session.scalars(
        sa.select(Organization)
        .options(load_only(*_COMPARED), selectinload(Organization.aliases))
        .order_by(Organization.id)
    ).all()


def _key(pair: Pair) -> tuple[int, int]:
    return _numbers(pair.first, pair.second)


def _passed_on(pair: Pair) -> set[tuple[int, int]]:
    """Return the pairs of the successor of each with the other."""
    both = ((pair.first, pair.second), (pair.second, pair.first))
    return {_numbers(one.successor, other) for one, other in both if one.successor}


def _numbers(one: Organization, other: Organization) -> tuple[int, int]:
    first, second = sorted((one.id, other.id))
    return first, second


@cache
def _countries() -> Countries:
    return country_words(country_spellings())
