"""Reads of events."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from app.db import db
from app.domain.errors import NotFound
from app.domain.event_facts import EventCriteria, Shelf
from app.domain.event_times import HOME_ZONE
from app.domain.events import EventStatus
from app.domain.policy import PUBLIC, Actor
from app.domain.text import fold
from app.models.events import Event, EventOrganizer, event_sectors
from app.models.programme import Session, for_guests, session_sectors
from app.queries import scope

_S = EventStatus
_ON = (_S.PUBLISHED, _S.CLOSED, _S.CANCELLED)


def list_public(*, now: datetime) -> Sequence[Event]:
    """Return the published events, upcoming ones first."""
    return db.session.scalars(scope.events(PUBLIC).order_by(Event.date.desc())).all()


def get_public(slug: str) -> Event:
    """Return a published event."""
    return get(slug, PUBLIC)


def get(slug: str, actor: Actor) -> Event:
    """Return the event that the actor may see under this address."""
    found = db.session.scalar(scope.events(actor).where(Event.slug == slug))
    if found is None:
        raise NotFound("event_unknown")
    return found


def list_events(
    actor: Actor, criteria: EventCriteria, *, now: datetime, limit: int | None = None, offset: int = 0
) -> Sequence[Event]:
    """Return the events that meet the criteria: what lies ahead in its order, everything else last first."""
    ahead = criteria.shelf is Shelf.UPCOMING
    day = Event.date.asc() if ahead else Event.date.desc()
    query = _meeting(actor, criteria, now).options(
        selectinload(Event.organizers).joinedload(EventOrganizer.organization)
    )
    return db.session.scalars(
        query.order_by(day.nulls_last(), Event.starts_at, Event.id.desc()).limit(limit).offset(offset)
    ).all()


def count_events(actor: Actor, criteria: EventCriteria, *, now: datetime) -> int:
    """Return how many events meet the criteria."""
    found = _meeting(actor, criteria, now).with_only_columns(sa.func.count(Event.id))
    return db.session.scalar(found) or 0


def list_years(actor: Actor) -> Sequence[int]:
    """Return the years in which there are events, the last first."""
    year = sa.extract("year", Event.date)
    query = scope.events(actor).where(Event.date.is_not(None)).with_only_columns(year).distinct()
    return sorted((int(found) for found in db.session.scalars(query)), reverse=True)


def list_umbrellas(actor: Actor, *, apart_from: Event | None = None) -> Sequence[Event]:
    """Return the events that others can belong to."""
    query = scope.events(actor).order_by(Event.date.desc().nulls_last(), Event.id.desc())
    if apart_from is not None:
        query = query.where(Event.id != apart_from.id)
    return db.session.scalars(query).all()


def list_parts(event: Event, actor: Actor) -> Sequence[Event]:
    """Return the events held within the framework of this one (B31)."""
    query = scope.events(actor).where(Event.parent_id == event.id)
    return db.session.scalars(query.order_by(Event.date.nulls_last(), Event.id)).all()


def list_series(event: Event, actor: Actor) -> Sequence[Event]:
    """Return the events of the same series, this one too, the last first (B31)."""
    if not event.series_key:
        return []
    query = scope.events(actor).where(Event.series_key == event.series_key)
    return db.session.scalars(query.order_by(Event.date.desc().nulls_last(), Event.id.desc())).all()


def list_framework(event: Event, actor: Actor) -> Sequence[Event]:
    """Return the umbrella events above this one that the actor may see, the outermost first (B31)."""
    above: list[Event] = []
    parent_id = event.parent_id
    while parent_id is not None:
        parent = db.session.scalar(scope.events(actor).where(Event.id == parent_id))
        if parent is None:
            break
        above.insert(0, parent)
        parent_id = parent.parent_id
    return above


def _meeting(actor: Actor, criteria: EventCriteria, now: datetime) -> sa.Select[Event]:
    query = scope.events(actor)
    for column, wanted in (
        (Event.kind, criteria.kind),
        (Event.mode, criteria.mode),
        (Event.status, criteria.status),
        (Event.series_key, criteria.series),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    if criteria.year is not None:
        query = query.where(Event.date.between(date(criteria.year, 1, 1), date(criteria.year, 12, 31)))
    if criteria.sector is not None:
        query = query.where(_touches(criteria.sector))
    for word in fold(criteria.words).split():
        query = query.where(Event.search.contains(word, autoescape=True))
    return query if criteria.shelf is None else query.where(_on_shelf(criteria.shelf, now))


def _touches(sector: str) -> sa.ColumnElement[bool]:
    own = sa.select(event_sectors.c.event_id).where(event_sectors.c.sector_code == sector)
    sessions = (
        sa.select(Session.event_id)
        .join(session_sectors, session_sectors.c.session_id == Session.id)
        .where(session_sectors.c.sector_code == sector, for_guests(Session))
    )
    return sa.or_(Event.id.in_(own), Event.id.in_(sessions))


def _on_shelf(shelf: Shelf, now: datetime) -> sa.ColumnElement[bool]:
    lies_ahead = sa.func.coalesce(
        Event.ends_at >= now, Event.date >= now.astimezone(ZoneInfo(HOME_ZONE)).date(), sa.false()
    )
    if shelf is Shelf.DRAFTS:
        return Event.status == _S.DRAFT
    if shelf is Shelf.ARCHIVE:
        return Event.status == _S.ARCHIVED
    if shelf is Shelf.UPCOMING:
        return sa.or_(Event.status == _S.POSTPONED, sa.and_(Event.status.in_(_ON), lies_ahead))
    return sa.and_(Event.status.in_(_ON), sa.not_(lies_ahead))
