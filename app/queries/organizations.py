"""One organisation: found by id, code or what somebody typed; what stands around it."""

import re
from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.db import db
from app.domain.directory import OrganizationKind
from app.domain.errors import InvalidInput, NotFound
from app.domain.policy import Actor
from app.domain.text import words
from app.models.directory import Contact, Organization, Twinning
from app.models.events import Event
from app.models.invitations import Invitation
from app.queries import scope
from app.queries.directory import find_by_code, matching, valid_on

_DEEPEST = 10
"""Units above a unit that a path shows; also the end of a circle that should not be there."""
_CODE = re.compile(r"\[([^\[\]]+)\]$")
_CARRIERS = (
    OrganizationKind.MINISTRY,
    OrganizationKind.DEPARTMENT_MINISTRY,
    OrganizationKind.FOREIGN_AFFAIRS_DEPARTMENT,
    OrganizationKind.LOCALITY,
    OrganizationKind.EMBASSY,
    OrganizationKind.TRADE_PROMOTION_AGENCY,
    OrganizationKind.BUSINESS_ASSOCIATION,
    OrganizationKind.FOREIGN_BUSINESS_ASSOCIATION,
    OrganizationKind.INTERNATIONAL_ORGANIZATION,
)
"""Kinds that usually carry an event; any other can be typed."""


def list_carriers(*, on: date) -> Sequence[Organization]:
    """Return the organisations that exist on the day and usually carry events."""
    query = sa.select(Organization).where(Organization.kind.in_(_CARRIERS), valid_on(on))
    return db.session.scalars(query.order_by(Organization.kind, Organization.sort_key)).all()


def get_named(typed: str, *, field: str) -> Organization:
    """Return the organisation by its code, also as "Name [CODE]", or by a name, abbreviation or alias.

    Raises InvalidInput("organization_unknown" | "organization_ambiguous") at `field`. Where a name has passed
    to a successor, the present holder is meant.
    """
    typed = typed.strip()
    shown = _CODE.search(typed)
    code = shown[1] if shown else typed
    if by_code := find_by_code(code):
        return by_code
    wanted = words(typed)
    found = [
        one
        for one in db.session.scalars(sa.select(Organization).where(matching(typed)))
        if wanted in map(words, _names(one))
    ]
    found = [one for one in found if one.successor_id is None] or found
    if len(found) != 1:
        raise InvalidInput(
            "organization_ambiguous" if found else "organization_unknown", field=field, typed=typed
        )
    return found[0]


def get(public_id: str) -> Organization:
    """Return the organisation; raise NotFound."""
    found = db.session.scalar(sa.select(Organization).where(Organization.public_id == public_id))
    if found is None:
        raise NotFound("not_found")
    return found


def list_above(organization: Organization) -> list[Organization]:
    """Return the organisation and those above it, the nearest first (A10)."""
    line = [organization]
    while line[-1].parent is not None and len(line) < _DEEPEST:
        line.append(line[-1].parent)
    return line


def list_units(organization: Organization) -> Sequence[Organization]:
    """Return the units directly below an organisation."""
    return _sorted(Organization.parent_id == organization.id)


def list_predecessors(organization: Organization) -> Sequence[Organization]:
    """Return the organisations that were merged into this one (A17)."""
    return _sorted(Organization.successor_id == organization.id)


def list_twinnings(organization: Organization) -> Sequence[Twinning]:
    """Return the twinnings of a locality, whichever side it stands on (B17)."""
    return db.session.scalars(
        sa.select(Twinning)
        .where(_is_twin(organization))
        .options(joinedload(Twinning.first), joinedload(Twinning.second))
        .order_by(Twinning.id)
    ).all()


def get_twinning(organization: Organization, public_id: str) -> Twinning:
    """Return a twinning of this locality; raise NotFound."""
    found = next((twin for twin in list_twinnings(organization) if twin.public_id == public_id), None)
    if found is None:
        raise NotFound("not_found")
    return found


def get_contact(organization: Organization, public_id: str) -> Contact:
    """Return a contact of this organisation; raise NotFound."""
    wanted = sa.select(Contact).where(
        Contact.organization_id == organization.id, Contact.public_id == public_id
    )
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound("not_found")
    return found


def find_focal_point(organization: Organization) -> Contact | None:
    """Return the contact that the office writes to first."""
    return db.session.scalar(
        sa.select(Contact).where(
            Contact.organization_id == organization.id, Contact.is_focal_point, Contact.archived_at.is_(None)
        )
    )


def count_dependants(organization: Organization, *, today: date) -> dict[str, int]:
    """Count what an end would touch: units below, twinnings, invitations to roundtables still to come."""
    ahead = sa.and_(Event.is_archive.is_(False), sa.or_(Event.date.is_(None), Event.date >= today))
    invited = sa.select(Invitation.id).join(Event).where(Invitation.organization_id == organization.id, ahead)
    units = sa.select(Organization.id).where(Organization.parent_id == organization.id, valid_on(today))
    twins = sa.select(Twinning.id).where(_is_twin(organization))
    counted = {"units": units, "twinnings": twins, "invitations": invited}
    columns = [sa.select(sa.func.count()).select_from(rows.subquery()) for rows in counted.values()]
    row = db.session.execute(sa.select(*(column.scalar_subquery() for column in columns))).one()
    return dict(zip(counted, row, strict=True))


def list_invitations(organization: Organization, actor: Actor) -> Sequence[Invitation]:
    """Return the invitations of an organisation to events that the actor may see, the newest first."""
    visible = scope.events(actor).with_only_columns(Event.id)
    return db.session.scalars(
        sa.select(Invitation)
        .join(Event)
        .where(Invitation.organization_id == organization.id, Event.id.in_(visible))
        .options(contains_eager(Invitation.event))
        .order_by(Event.date.desc(), Invitation.id.desc())
    ).all()


def _names(organization: Organization) -> list[str]:
    names = [*organization.names.values(), *organization.short_names.values()]
    return [*names, organization.abbreviation or "", *(alias.name for alias in organization.aliases)]


def _is_twin(organization: Organization) -> sa.ColumnElement[bool]:
    return sa.or_(Twinning.first_id == organization.id, Twinning.second_id == organization.id)


def _sorted(condition: sa.ColumnElement[bool]) -> Sequence[Organization]:
    return db.session.scalars(
        sa.select(Organization).where(condition).order_by(Organization.sort_key, Organization.id)
    ).all()
