"""Reads of merges: what they would change, what they changed, where somebody went."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.db import db
from app.domain.errors import NotFound
from app.domain.merging import TAKEN_OVER, other_names, taken_over
from app.models.directory import Organization
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.upkeep import Merge
from app.queries import references


@dataclass(frozen=True)
class Outlook:
    """What a merge would do."""

    moves: dict[str, int]
    """How many rows of which kind of use change over."""
    fills: dict[str, object]
    aliases: list[str]
    both_invited: Sequence[Invitation]
    """The invitations of the one to events that the other is invited to as well."""


def look_ahead(kept: Organization, gone: Organization) -> Outlook:
    """Return what would happen if the one went into the other."""
    ours, theirs = ({name: getattr(one, name) for name in TAKEN_OVER} for one in (kept, gone))
    return Outlook(
        moves=references.count_uses(gone),
        fills=taken_over(ours, theirs),
        aliases=other_names(names_of(kept), names_of(gone), longest=200),
        both_invited=list_both_invited(kept, gone),
    )


def list_both_invited(kept: Organization, gone: Organization) -> Sequence[Invitation]:
    """Return the invitations of the one to events to which the other is invited as well."""
    others = sa.select(Invitation.event_id).where(Invitation.organization_id == kept.id)
    return db.session.scalars(
        sa.select(Invitation)
        .join(Event)
        .where(Invitation.organization_id == gone.id, Invitation.event_id.in_(others))
        .options(contains_eager(Invitation.event))
        .order_by(Event.date.desc(), Invitation.id)
    ).all()


def names_of(organization: Organization) -> list[str]:
    """Return everything that an organisation is called."""
    return list(_names(organization))


def list_latest(limit: int = 50) -> Sequence[Merge]:
    """Return the latest merges that stand."""
    return db.session.scalars(
        sa.select(Merge)
        .where(Merge.undone_at.is_(None))
        .options(joinedload(Merge.kept))
        .order_by(Merge.id.desc())
        .limit(limit)
    ).all()


def get(public_id: str) -> Merge:
    """Return a merge; raise NotFound."""
    found = db.session.scalar(
        sa.select(Merge).where(Merge.public_id == public_id).options(joinedload(Merge.kept))
    )
    if found is None:
        raise NotFound("not_found")
    return found


def count_moves(merge: Merge) -> dict[str, int]:
    """Return how many rows of which table a merge changed over."""
    moved = (entry["table"] for entry in merge.journal if entry["before"] and entry["after"])
    counts = Counter(moved)
    counts.pop("organizations", None)
    return dict(counts)


def is_taken(merge: Merge) -> bool:
    """Tell whether somebody else bears the code of the one that went."""
    taken = sa.select(Organization.id).where(Organization.code == merge.gone_code)
    return db.session.scalar(taken) is not None


def find_follower(public_id: str) -> Organization | None:
    """Return the organisation into which the one with this id went."""
    return db.session.scalar(
        sa.select(Organization)
        .join(Merge, Merge.kept_id == Organization.id)
        .where(Merge.gone_public_id == public_id, Merge.undone_at.is_(None))
    )


def list_gone_codes() -> dict[str, Organization]:
    """Return the codes that went, and into whom."""
    found = db.session.scalars(
        sa.select(Merge).where(Merge.undone_at.is_(None)).options(joinedload(Merge.kept))
    )
    return {merge.gone_code: merge.kept for merge in found}


def _names(organization: Organization) -> Iterator[str]:
    for name in (*organization.names.values(), *organization.short_names.values()):
        if name:
            yield name
    if organization.abbreviation:
        yield organization.abbreviation
    yield from (alias.name for alias in organization.aliases)
