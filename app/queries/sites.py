"""Reads of connection sites: the tree with its counts, those of an institution, tested lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import db
from app.domain import sites as rules
from app.domain.errors import NotFound
from app.domain.invitations import InvitationState
from app.domain.registrations import SeatState
from app.domain.sites import SiteStatus
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.registrations import Delegate
from app.models.sites import ConnectionTest, Site
from app.queries.tested_lines import select_tested


@dataclass(frozen=True, slots=True)
class Line:
    """A site in its tree; `planned` and `counted` are its own people with those of all sites under it."""

    site: Site
    depth: int
    planned: int
    counted: int
    delegates: int
    """How many named people belong to it, those who wait for approval or a place among them."""
    attended: int
    """How many of them were seen there."""


@dataclass(frozen=True, slots=True)
class SiteTree:
    """The sites, each after the one it stands under, and what they come to."""

    lines: Sequence[Line]

    @property
    def planned(self) -> int:
        """Return how many people are expected."""
        return sum(line.planned for line in self._roots)

    @property
    def counted(self) -> int | None:
        """Return how many people were counted at all sites (C06); None while nobody has counted."""
        if all(line.site.counted is None for line in self.lines):
            return None
        return sum(line.counted for line in self._roots)

    @property
    def live(self) -> int:
        """Return how many sites there are, those called off left out."""
        return sum(1 for line in self.lines if line.site.is_live)

    @property
    def tested(self) -> int:
        """Return at how many of them the line was good."""
        return sum(1 for line in self.lines if line.site.is_live and line.site.is_tested)

    @property
    def _roots(self) -> list[Line]:
        return [line for line in self.lines if line.depth == 0]


def get_tree(event: Event) -> SiteTree:
    """Return all sites of an event in a constant number of statements."""
    return _tree(_whole().where(Site.event_id == event.id))


def get_own_tree(invitation: Invitation) -> SiteTree:
    """Return the sites that an institution tends."""
    return _tree(_whole().where(Site.invitation_id == invitation.id))


def get_of_event(event: Event, public_id: str) -> Site:
    """Return a site of this event."""
    return _one(_whole().where(Site.event_id == event.id, Site.public_id == public_id))


def get_of_invitation(invitation: Invitation, public_id: str) -> Site:
    """Return a site that this institution tends; anybody else's raises NotFound."""
    return _one(_whole().where(Site.invitation_id == invitation.id, Site.public_id == public_id))


def list_people(site: Site) -> Sequence[Delegate]:
    """Return who may be put at a site: those of its institution; at one of the desk, everybody."""
    of_whom = Delegate.event_id == site.event_id
    if site.invitation_id is not None:
        of_whom = Delegate.invitation_id == site.invitation_id
    return db.session.scalars(
        sa.select(Delegate)
        .where(of_whom, Delegate.state != SeatState.WITHDRAWN)
        .options(
            orm.joinedload(Delegate.person, innerjoin=True),
            orm.joinedload(Delegate.site),
            orm.joinedload(Delegate.invitation).joinedload(Invitation.organization, innerjoin=True),
        )
        .order_by(Delegate.invitation_id, Delegate.position, Delegate.id)
    ).all()


def list_confirmed(site: Site) -> Sequence[Delegate]:
    """Return whom the link of a site reaches: its people whose place is confirmed."""
    return db.session.scalars(
        sa.select(Delegate)
        .where(Delegate.site_id == site.id, Delegate.state == SeatState.CONFIRMED)
        .options(
            orm.joinedload(Delegate.person, innerjoin=True),
            orm.joinedload(Delegate.site),
            orm.selectinload(Delegate.seats),
        )
        .order_by(Delegate.id)
    ).all()


def count_people(site: Site) -> int:
    """Return how many named people belong to a site."""
    return _delegates(Delegate.site_id == site.id).get(site.id, (0, 0))[0]


def count_below(site: Site) -> int:
    """Return how many sites stand directly under one."""
    return db.session.scalar(sa.select(sa.func.count(Site.id)).where(Site.parent_id == site.id)) or 0


def sum_headcounts(event: Event) -> tuple[int, int]:
    """Return how many people were counted (C06), and at how many sites."""
    counts = sa.select(sa.func.sum(Site.counted), sa.func.count(Site.counted)).where(
        Site.event_id == event.id
    )
    people, places = db.session.execute(counts).one()
    return people or 0, places


def select_home(invitation_id: int | orm.InstrumentedAttribute[int]) -> sa.ScalarSelect[int]:
    """Return the number of the one site of an institution, from which its new people join; NULL else."""
    live = sa.and_(Site.invitation_id == invitation_id, Site.status != SiteStatus.CALLED_OFF)
    return sa.select(sa.func.min(Site.id)).where(live).having(sa.func.count(Site.id) == 1).scalar_subquery()


def list_without_site(event: Event) -> Sequence[Invitation]:
    """Return the institutions that come and tend no site yet, as invited."""
    tends = sa.exists().where(Site.invitation_id == Invitation.id)
    return db.session.scalars(
        sa.select(Invitation)
        .where(Invitation.event_id == event.id, Invitation.state == InvitationState.ACCEPTED, ~tends)
        .options(orm.joinedload(Invitation.organization, innerjoin=True))
        .order_by(Invitation.position)
    ).all()


def tested_invitations(event: Event) -> set[int]:
    """Return the numbers of the invitations whose lines are tested."""
    found = db.session.scalars(select_tested(sa.literal(event.id)))
    return {invitation for invitation in found if invitation is not None}


def _whole() -> sa.Select[Site]:
    return (
        sa.select(Site)
        .options(
            orm.joinedload(Site.invitation).joinedload(Invitation.organization),
            orm.selectinload(Site.tests).joinedload(ConnectionTest.bridge),
        )
        .order_by(Site.position, Site.id)
    )


def _tree(query: sa.Select[Site]) -> SiteTree:
    sites = db.session.scalars(query).all()
    planned = rules.totals(sites, {site.id: site.planned or 0 for site in sites if site.is_live})
    counted = rules.totals(sites, {site.id: site.counted or 0 for site in sites})
    named = _delegates(Delegate.site_id.in_([site.id for site in sites]))
    return SiteTree(
        [
            Line(site, depth, planned[site.id], counted[site.id], *named.get(site.id, (0, 0)))
            for site, depth in rules.arranged(sites)
        ]
    )


def _delegates(where: sa.ColumnElement[bool]) -> Mapping[int | None, tuple[int, int]]:
    """Return for each site how many people are named, and how many of them attended."""
    attended = sa.func.count(Delegate.id).filter(Delegate.attended.is_(True))
    counts = (
        sa.select(Delegate.site_id, sa.func.count(Delegate.id), attended)
        .where(where, Delegate.state != SeatState.WITHDRAWN)
        .group_by(Delegate.site_id)
    )
    return {site: (named, seen) for site, named, seen in db.session.execute(counts)}


def _one(query: sa.Select[Site]) -> Site:
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotFound("not_found")
    return found
