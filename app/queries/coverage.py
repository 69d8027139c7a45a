"""The coverage board in numbers: how far the invited institutions have come, in groups."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.db import db
from app.documents.tiles import read_tiles
from app.domain.coverage import NO_SIDE, CoverageFilters, Mark, Part, Progress, Region
from app.domain.directory import OrganizationKind
from app.domain.invitations import ANSWERED, SILENT, InvitationState, Party, effective_deadline
from app.domain.registrations import SeatState
from app.models.directory import Organization
from app.models.events import Event, Side
from app.models.invitations import Invitation
from app.models.registrations import Delegate
from app.queries import directory
from app.queries.tested_lines import select_tested


@dataclass(slots=True)
class Tally:
    """A group of institutions in numbers: how many bear each mark, and how many stand at which."""

    invited: int = 0
    marks: Counter[Mark] = field(default_factory=Counter)
    outcomes: Counter[Mark] = field(default_factory=Counter)

    def add(self, progress: Progress, number: int) -> None:
        """Count so many institutions in."""
        self.invited += number
        self.marks.update(dict.fromkeys(progress.marks, number))
        self.outcomes[progress.furthest] += number


_EVENT = sa.bindparam("event", type_=sa.Integer)
_people = (
    sa.select(
        Delegate.invitation_id,
        sa.func.count().label("nominated"),
        sa.func.count().filter(Delegate.state == SeatState.CONFIRMED).label("confirmed"),
        sa.func.count().filter(Delegate.attended.is_(True)).label("attended"),
    )
    .where(Delegate.event_id == _EVENT, Delegate.state != SeatState.WITHDRAWN)
    .group_by(Delegate.invitation_id)
    .subquery("people")
)
_tested = select_tested(_EVENT).subquery("tested")
FIGURES = tuple(
    sa.func.coalesce(column, 0).label(column.name)
    for column in (_people.c.nominated, _people.c.confirmed, _people.c.attended)
)
"""How many people of an institution are nominated, confirmed, attended."""
PROGRESS: tuple[sa.ColumnElement[Any], ...] = (
    Invitation.state.label("state"),
    *((sa.func.coalesce(_people.c[name], 0) > 0).label(f"has_{name}") for name in _people.c.keys()[1:]),
    _tested.c.invitation_id.is_not(None).label("has_tested"),
)
"""What the marks of an institution are made of; see `progress_of`."""
_PLACE = sa.case(
    (Organization.kind == OrganizationKind.LOCALITY, Organization.code),
    else_=sa.func.coalesce(Organization.host_country, Organization.country),
)
_KEYS: Mapping[Part, Any] = {
    Part.SIDE: Side.public_id,
    Part.KIND: Organization.kind,
    Part.REGION: _PLACE,
}


def select(*what: Any) -> sa.Select[Any]:
    """Select something of every invitation of one event; execute it with `of(event)`."""
    return (
        sa.select(*what)
        .select_from(Invitation)
        .join(Invitation.organization)
        .outerjoin(Invitation.side)
        .outerjoin(_people, _people.c.invitation_id == Invitation.id)
        .outerjoin(_tested, _tested.c.invitation_id == Invitation.id)
        .where(Invitation.event_id == _EVENT)
    )


def of(event: Event) -> dict[str, int]:
    """Return the parameter with which a selection is executed."""
    return {"event": event.id}


def progress_of(row: Any) -> Progress:
    """Return the progress in a row that was selected with PROGRESS."""
    return Progress(
        row.state,
        nominated=bool(row.has_nominated),
        confirmed=bool(row.has_confirmed),
        tested=bool(row.has_tested),
        attended=bool(row.has_attended),
    )


def tally(event: Event, filters: CoverageFilters, part: Part) -> dict[str | None, Tally]:
    """Return the institutions that meet the filters (but for the mark) in groups, in one statement.

    Keys: public id of a side, kind, region or country; None for those that have none.
    """
    each = (
        select(
            _KEYS[part].label("key"),
            *PROGRESS,
            sa.func.coalesce(Side.position, 0).label("side"),
            Invitation.position.label("place"),
        )
        .where(*conditions(filters, with_mark=False))
        .subquery()
    )
    alike = (each.c.key, *(each.c[column.name] for column in PROGRESS))
    counted = (
        sa.select(*alike, sa.func.count().label("number"))
        .group_by(*alike)
        .order_by(sa.func.min(each.c.side), sa.func.min(each.c.place))
    )
    groups: dict[str | None, Tally] = {}
    for row in db.session.execute(counted, of(event)):
        groups.setdefault(_group(part, row.key), Tally()).add(progress_of(row), row.number)
    return groups


def conditions(filters: CoverageFilters, *, with_mark: bool = True) -> list[sa.ColumnElement[bool]]:
    """Return the conditions that a selection of `select` meets the filters."""
    found = [directory.matching(filters.words)]
    if filters.side == NO_SIDE:
        found.append(Invitation.side_id.is_(None))
    elif filters.side is not None:
        found.append(Side.public_id == filters.side)
    if filters.kind is not None:
        found.append(Organization.kind == filters.kind)
    if filters.region is not None:
        found.append(_PLACE.in_(_places_of(filters.region)))
    if filters.is_chased:
        found.append(Invitation.state.in_(SILENT))
    if filters.mark is not None and with_mark:
        found.append(_MARKED[filters.mark])
    return found


def list_remindable(event: Event, *, now: datetime) -> Sequence[int]:
    """Return the numbers of the invitations that wait for an answer and can still be answered by link."""
    common = effective_deadline(None, event)
    until = Invitation.deadline if common is None else sa.func.coalesce(Invitation.deadline, common)
    return db.session.scalars(
        sa.select(Invitation.id)
        .where(
            Invitation.event_id == event.id,
            Invitation.state == InvitationState.SENT,
            Invitation.email.is_not(None),
            sa.or_(until.is_(None), until >= now),
        )
        .order_by(Invitation.position)
    ).all()


def list_parties(event: Event) -> dict[str | None, list[Party]]:
    """Return for each side (by public id) its institutions by kind and country (A21)."""
    counted = (
        sa.select(Side.public_id, Organization.kind, Organization.country, sa.func.count())
        .select_from(Invitation)
        .join(Invitation.organization)
        .outerjoin(Invitation.side)
        .where(Invitation.event_id == event.id)
        .group_by(Side.public_id, Organization.kind, Organization.country)
        .order_by(sa.func.min(Invitation.position))
    )
    found: dict[str | None, list[Party]] = {}
    for side, kind, country, number in db.session.execute(counted):
        found.setdefault(side, []).append(Party(kind, country, number))
    return found


def _group(part: Part, key: str | None) -> str | None:
    """Return the group of a key: localities are counted by their region, all others as they come."""
    tile = read_tiles().get(key or "") if part is Part.REGION else None
    return tile.region if tile else key


def _places_of(region: str) -> list[str]:
    if region in set(Region):
        return [tile.code for tile in read_tiles().values() if tile.region == region]
    return [region]


_MARKED: Mapping[Mark, sa.ColumnElement[bool]] = {
    Mark.UNSENT: Invitation.state == InvitationState.DRAFT,
    Mark.UNDELIVERABLE: Invitation.state == InvitationState.UNDELIVERABLE,
    Mark.SILENT: Invitation.state == InvitationState.SENT,
    Mark.ANSWERED: Invitation.state.in_(ANSWERED),
    Mark.DECLINED: Invitation.state == InvitationState.DECLINED,
    Mark.TENTATIVE: Invitation.state == InvitationState.TENTATIVE,
    Mark.ACCEPTED: Invitation.state == InvitationState.ACCEPTED,
    Mark.NOMINATED: _people.c.nominated > 0,
    Mark.CONFIRMED: _people.c.confirmed > 0,
    Mark.TESTED: _tested.c.invitation_id.is_not(None),
    Mark.ATTENDED: _people.c.attended > 0,
}
