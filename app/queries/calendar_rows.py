"""The few columns that calendar files are made of.

Calendars ask again every quarter of an hour, so these reads are plain rows by statements built once: a third
of the cost of whole objects.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa

from app.db import Base, db
from app.domain.errors import NotFound
from app.domain.events import PUBLIC, EventKind, EventStatus, Mode, PartOfDay
from app.domain.languages import Translated
from app.domain.programme import AgendaKind, SessionStatus
from app.domain.registrations import SeatState
from app.domain.sites import SiteStatus
from app.models.calendars import CalendarCopy
from app.models.directory import Organization
from app.models.events import Event, EventOrganizer
from app.models.invitations import Invitation
from app.models.people import Person
from app.models.programme import AgendaItem, Session, for_guests
from app.models.registrations import Delegate, Seat
from app.models.sites import Site

_R = TypeVar("_R", "EventRow", "SessionRow", "SiteRow")


class EventRow(NamedTuple):
    """What a calendar says of an event."""

    id: int
    slug: str
    kind: EventKind
    status: EventStatus
    titles: Translated
    purposes: Translated
    public_notes: Translated
    mode: Mode
    platform: str | None
    join_url: str | None
    venues: Translated
    date: date | None
    part_of_day: PartOfDay | None
    starts_at: datetime | None
    ends_at: datetime | None
    timezone: str | None
    contact_name: str
    contact_phone: str
    contact_email: str
    calendar_uid: str
    sequence: int
    created_at: datetime
    changed_at: datetime


class SessionRow(NamedTuple):
    """What a calendar says of a session."""

    id: int
    position: int
    status: SessionStatus
    titles: Translated
    summaries: Translated
    starts_at: datetime | None
    ends_at: datetime | None
    room: str
    join_url: str | None
    calendar_uid: str
    sequence: int
    changed_at: datetime


class ItemRow(NamedTuple):
    """What a calendar says of an agenda item."""

    session_id: int | None
    kind: AgendaKind
    titles: Translated
    starts_at: datetime | None


class SiteRow(NamedTuple):
    """What a calendar says of the site from which somebody joins."""

    names: Translated
    rooms: Translated
    platform: str
    join_url: str
    meeting_id: str
    passcode: str
    dial_address: str
    changed_at: datetime


class Addressee(NamedTuple):
    """Whom a private file is for."""

    language: str
    zone: str | None


def columns(model: type[Base], row: type[Any]) -> list[sa.ColumnElement[Any]]:
    return [model.__table__.c[name] for name in row._fields]


_event, _session, _item = Event.__table__, Session.__table__, AgendaItem.__table__
_person, _delegate, _seat = Person.__table__, Delegate.__table__, Seat.__table__
_invitation, _organization, _site = Invitation.__table__, Organization.__table__, Site.__table__
_copy, _organizer = CalendarCopy.__table__, EventOrganizer.__table__
_live = _site.c.status != SiteStatus.CALLED_OFF
_known = for_guests(Session)
_known_item = for_guests(AgendaItem)
_ID: sa.BindParameter[int] = sa.bindparam("id")

_EVENT = sa.select(*columns(Event, EventRow)).where(_event.c.slug == sa.bindparam("slug"))
_SESSIONS = (
    sa.select(*columns(Session, SessionRow))
    .where(_session.c.event_id == _ID, _known)
    .order_by(_session.c.position)
)
_ITEMS = (
    sa.select(*columns(AgendaItem, ItemRow))
    .where(_item.c.event_id == _ID, _known_item)
    .order_by(_item.c.position)
)
_EVENTS = sa.select(*columns(Event, EventRow)).order_by(_event.c.id)
_ALL_SESSIONS = (
    sa.select(_session.c.event_id, *columns(Session, SessionRow)).where(_known).order_by(_session.c.position)
)
_ALL_ITEMS = (
    sa.select(_item.c.event_id, *columns(AgendaItem, ItemRow)).where(_known_item).order_by(_item.c.position)
)
_INVITED = (
    sa.select(_invitation.c.language, _organization.c.timezone, *columns(Event, EventRow))
    .select_from(_invitation.join(_organization).join(_event))
    .where(_invitation.c.id == _ID)
)
_REGISTERED = (
    sa.select(
        _person.c.language,
        sa.func.coalesce(_person.c.timezone, _organization.c.timezone),
        *columns(Event, EventRow),
        *columns(Site, SiteRow),
    )
    .select_from(
        _delegate.join(_person, _delegate.c.person_id == _person.c.id)
        .join(_event, _delegate.c.event_id == _event.c.id)
        .outerjoin(_organization, _person.c.organization_id == _organization.c.id)
        .outerjoin(_site, sa.and_(_delegate.c.site_id == _site.c.id, _live))
    )
    .where(_delegate.c.id == _ID)
)
_FIRST_SITE = (_site.c.parent_id.is_not(None), _site.c.position, _site.c.id)
_OWN_SITE = (
    sa.select(*columns(Site, SiteRow))
    .where(_site.c.invitation_id == _ID, _live)
    .order_by(*_FIRST_SITE)
    .limit(1)
)
_OWN_SITES = (
    sa.select(_site.c.invitation_id, *columns(Site, SiteRow))
    .where(_site.c.event_id == _ID, _site.c.invitation_id.is_not(None), _live)
    .order_by(*_FIRST_SITE)
)
_SEATS = sa.select(_seat.c.session_id, _seat.c.state).where(_seat.c.delegate_id == _ID)


_COPIES = sa.select(_copy.c.uid, _copy.c.sequence)
_COPIES_OF_INVITATION = _COPIES.where(_copy.c.invitation_id == _ID)
_COPIES_OF_DELEGATE = _COPIES.where(_copy.c.delegate_id == _ID)


_host = (
    sa.select(_organization.c.names)
    .select_from(_organizer.join(_organization))
    .where(_organizer.c.event_id == _event.c.id)
    .order_by(_organizer.c.position)
    .limit(1)
    .correlate(_event)
    .scalar_subquery()
)
_HOST_AND_ITEMS = (
    sa.select(_host, *columns(AgendaItem, ItemRow))
    .select_from(_event.outerjoin(_item, sa.and_(_item.c.event_id == _event.c.id, _known_item)))
    .where(_event.c.id == _ID)
    .order_by(_item.c.position)
)


def get_public_event(slug: str) -> EventRow:
    """Return a published event."""
    row = db.session.execute(_EVENT, {"slug": slug}).one_or_none()
    if row is None or row.status not in PUBLIC:
        raise NotFound("event_unknown")
    return EventRow._make(row)


def get_invited(invitation_id: int) -> tuple[Addressee, EventRow]:
    """Return for whom an invitation is, and to what."""
    language, zone, *event = db.session.execute(_INVITED, {"id": invitation_id}).one()
    return Addressee(language, zone), EventRow._make(event)


def get_registered(delegate_id: int) -> tuple[Addressee, EventRow, SiteRow | None]:
    """Return who a delegate is, of what, and his site; without a zone he has that of his organisation."""
    language, zone, *found = db.session.execute(_REGISTERED, {"id": delegate_id}).one()
    event, site = found[: len(EventRow._fields)], found[len(EventRow._fields) :]
    return Addressee(language, zone), EventRow._make(event), SiteRow._make(site) if site[-1] else None


def find_own_site(invitation_id: int) -> SiteRow | None:
    """Return the first of the sites that an institution tends."""
    row = db.session.execute(_OWN_SITE, {"id": invitation_id}).one_or_none()
    return SiteRow._make(row) if row else None


def own_sites(event_id: int) -> dict[int, SiteRow]:
    """Return the first site that each institution of an event tends, by the number of its invitation."""
    found: dict[int, SiteRow] = {}
    for number, *row in db.session.execute(_OWN_SITES, {"id": event_id}):
        found.setdefault(number, SiteRow._make(row))
    return found


def list_sessions(event_id: int) -> Sequence[SessionRow]:
    """Return the sessions of an event in their order."""
    return [SessionRow._make(row) for row in db.session.execute(_SESSIONS, {"id": event_id})]


def list_items(event_id: int) -> Sequence[ItemRow]:
    """Return the agenda of an event in its order."""
    return [ItemRow._make(row) for row in db.session.execute(_ITEMS, {"id": event_id})]


def list_events() -> Sequence[EventRow]:
    """Return every event, drafts included."""
    return [EventRow._make(row) for row in db.session.execute(_EVENTS)]


def sessions_by_event() -> Mapping[int, Sequence[SessionRow]]:
    """Return the sessions of every event in their order."""
    found: dict[int, list[SessionRow]] = defaultdict(list)
    for number, *row in db.session.execute(_ALL_SESSIONS):
        found[number].append(SessionRow._make(row))
    return found


def items_by_event() -> Mapping[int, Sequence[ItemRow]]:
    """Return the agenda of every event in its order."""
    found: dict[int, list[ItemRow]] = defaultdict(list)
    for number, *row in db.session.execute(_ALL_ITEMS):
        found[number].append(ItemRow._make(row))
    return found


def host_and_items(event_id: int) -> tuple[Translated, Sequence[ItemRow]]:
    """Return what the first organizer of an event is called, and its agenda in order: one statement."""
    rows = db.session.execute(_HOST_AND_ITEMS, {"id": event_id}).all()
    items = [ItemRow._make(item) for _, *item in rows if item[ItemRow._fields.index("kind")] is not None]
    return rows[0][0] or {}, items


def rows_of(event: Event) -> tuple[EventRow, Sequence[SessionRow]]:
    """Return an event that has been read already, and its sessions, as such rows."""
    return _row(EventRow, event), [_row(SessionRow, session) for session in event.sessions]


def site_of(delegate: Delegate) -> SiteRow | None:
    """Return the site of a delegate who has been read already."""
    return _row(SiteRow, delegate.site) if delegate.site and delegate.site.is_live else None


def seats_of(delegate_id: int) -> dict[int, SeatState]:
    """Return the state of a delegate's seat by session."""
    return {row.session_id: row.state for row in db.session.execute(_SEATS, {"id": delegate_id})}


def sequences_of_invitation(invitation_id: int) -> dict[str, int]:
    """Return SEQUENCE by uid of what an institution was told by mail."""
    return {row.uid: row.sequence for row in db.session.execute(_COPIES_OF_INVITATION, {"id": invitation_id})}


def sequences_of_delegate(delegate_id: int) -> dict[str, int]:
    """Return SEQUENCE by uid of what a delegate was told by mail."""
    return {row.uid: row.sequence for row in db.session.execute(_COPIES_OF_DELEGATE, {"id": delegate_id})}


def _row(kind: type[_R], thing: Base) -> _R:
    return kind(*(getattr(thing, name) for name in kind._fields))
