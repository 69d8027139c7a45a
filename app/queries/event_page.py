"""What the public page of an event shows, and the stamp that tells whether it still shows it rightly."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import db
from app.domain.directory import OrganizationKind
from app.domain.errors import NotFound
from app.domain.events import PUBLIC, EventStatus
from app.domain.invitations import InvitationState, Party
from app.domain.languages import Translated
from app.domain.policy import PUBLIC as ANYBODY
from app.models.audit import AuditEntry
from app.models.directory import Organization
from app.models.events import Event, EventOrganizer, Side
from app.models.invitations import Invitation
from app.models.programme_versions import ProgrammeVersion
from app.queries import events, programme_versions, protocol
from app.queries.programme import Programme, get_programme
from app.queries.reports import Reports, get_reports

_DEPTH = 3  # unit, department, ministry


@dataclass(unsafe_hash=True, slots=True)
class Stamp:
    """What tells one state of an event's page from another, and what the clock changes about it.

    Every act leaves an entry in the audit history: while `last_act` (of the whole site) and `own_acts` (the
    number of the event's own) stand, nothing that the page shows has changed.
    """

    public_id: str
    revision: int
    changed_at: datetime
    status: EventStatus
    admits_open_registration: bool
    registration_deadline: datetime | None
    date: date | None
    starts_at: datetime | None
    ends_at: datetime | None
    timezone: str | None
    last_act: int | None
    own_acts: int


class Participant(NamedTuple):
    """An institution that takes part, by name alone: what it answered is nobody's business."""

    names: Translated
    kind: OrganizationKind
    country: str | None
    timezone: str | None


@dataclass(frozen=True, slots=True)
class Bench:
    """The institutions that take part for one side, in list order; `side` is None for those without."""

    side: Side | None
    members: Sequence[Participant]

    @property
    def parties(self) -> list[Party]:
        """Return how many there are of each kind and country (A21)."""
        counted = Counter((member.kind, member.country) for member in self.members)
        return [Party(kind, country, number) for (kind, country), number in counted.items()]


@dataclass(frozen=True, slots=True)
class EventPage:
    """Everything that the page is made of."""

    event: Event
    programme: Programme
    version: ProgrammeVersion | None
    """The version of the programme that was released last."""
    reports: Reports
    benches: Sequence[Bench]
    framework: Sequence[Event]
    parts: Sequence[Event]
    series: Sequence[Event]


_event, _audit = Event.__table__, AuditEntry.__table__
_STAMP = sa.select(
    *(_event.c[field.name] for field in fields(Stamp)[:-2]),
    sa.select(sa.func.max(_audit.c.id)).scalar_subquery(),
    sa.select(sa.func.count())
    .select_from(_audit)
    .where(_audit.c.event_id == _event.c.id)
    .correlate(_event)
    .scalar_subquery(),
).where(_event.c.slug == sa.bindparam("slug"), _event.c.status.in_(PUBLIC))


def get_stamp(slug: str) -> Stamp:
    """Return the stamp of a published event, in one statement."""
    row: Sequence[Any] | None = db.session.execute(_STAMP, {"slug": slug}).one_or_none()
    if row is None:
        raise NotFound("event_unknown")
    return Stamp(*row)


def get_page(slug: str) -> EventPage:
    """Return the page of a published event, in a number of statements that does not grow with it."""
    event = db.session.scalar(sa.select(Event).where(Event.slug == slug).options(*_OPTIONS))
    if event is None or event.status not in PUBLIC:
        raise NotFound("event_unknown")
    return EventPage(
        event=event,
        programme=get_programme(event),
        version=programme_versions.find_latest(event),
        reports=get_reports(event),
        benches=list_benches(event),
        framework=events.list_framework(event, ANYBODY),
        parts=events.list_parts(event, ANYBODY),
        series=events.list_series(event, ANYBODY),
    )


def list_benches(event: Event) -> Sequence[Bench]:
    """Return who takes part, by side, in protocol order.

    That is who accepted; in the archive, who was entered and did not decline.
    """
    query = (
        sa.select(
            Invitation.id,
            Invitation.side_id,
            Organization.names,
            Organization.kind,
            Organization.country,
            Organization.timezone,
        )
        .join(Organization, Organization.id == Invitation.organization_id)
        .where(Invitation.event_id == event.id, _takes_part(event))
    )
    rows = {row.id: row for row in db.session.execute(query)}
    members: dict[int | None, list[Participant]] = {}
    for row in (rows[number] for number in protocol.rank(event) if number in rows):
        members.setdefault(row.side_id, []).append(Participant._make(row[2:]))
    sides: list[Side | None] = [*event.sides, None]
    numbered = [(side, side.id if side else None) for side in sides]
    return [Bench(side, members[number]) for side, number in numbered if number in members]


def _takes_part(event: Event) -> sa.ColumnElement[bool]:
    if event.is_archive:
        return Invitation.state.not_in((InvitationState.DECLINED, InvitationState.UNDELIVERABLE))
    return Invitation.state == InvitationState.ACCEPTED


_OPTIONS = (
    orm.selectinload(Event.organizers)
    .joinedload(EventOrganizer.organization)
    .selectinload(Organization.parent, recursion_depth=_DEPTH),
    orm.selectinload(Event.other_titles),
    orm.selectinload(Event.occasions),
    orm.selectinload(Event.sectors),
    orm.selectinload(Event.sides),
)
