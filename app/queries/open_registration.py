"""What the pages of open registration show: plain rows, for people come in waves."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.db import Base, db
from app.domain.errors import NotFound
from app.domain.events import PUBLIC, EventStatus, PartOfDay
from app.domain.programme import SessionStatus
from app.domain.registrations import SeatState
from app.models.programme import Session, for_guests


@dataclass(slots=True)
class EventInShort:
    """What stands on top and at the end of each page."""

    slug: str
    titles: dict[str, str]
    date: date | None
    part_of_day: PartOfDay | None
    starts_at: datetime | None
    ends_at: datetime | None
    timezone: str | None
    contact_name: str
    contact_phone: str
    contact_email: str


@dataclass(slots=True)
class OpenEvent(EventInShort):
    """An event as its form needs it."""

    status: EventStatus
    admits_open_registration: bool
    registration_deadline: datetime | None
    capacity: int | None
    taken: int


@dataclass(slots=True)
class OfferedSession:
    """A session as it is offered."""

    public_id: str
    status: SessionStatus
    titles: dict[str, str]
    starts_at: datetime | None
    ends_at: datetime | None
    capacity: int | None
    taken: int
    admitted_kinds: list[str]


@dataclass(slots=True)
class Receipt:
    """Who registered."""

    public_id: str
    state: SeatState
    full_name: str
    email: str | None


_event, _session, _delegate, _person = (
    Base.metadata.tables[name] for name in ("events", "sessions", "delegates", "people")
)
_SLUG: sa.BindParameter[str] = sa.bindparam("slug")


def _columns(table: sa.Table, row: type[Any]) -> list[sa.Column[Any]]:
    return [table.c[field.name] for field in fields(row) if field.name in table.c]


_OPEN = (
    sa.select(*_columns(_event, OpenEvent), *_columns(_session, OfferedSession))
    .select_from(_event.outerjoin(_session, (_session.c.event_id == _event.c.id) & for_guests(Session)))
    .where(_event.c.slug == _SLUG, _event.c.status.in_(PUBLIC))
    .order_by(_session.c.position)
)
_RECEIPT = (
    sa.select(*_columns(_delegate, Receipt), *_columns(_person, Receipt)[1:], *_columns(_event, EventInShort))
    .select_from(
        _delegate.join(_person, _delegate.c.person_id == _person.c.id).join(
            _event, _delegate.c.event_id == _event.c.id
        )
    )
    .where(
        _event.c.slug == _SLUG,
        _event.c.status.in_(PUBLIC),
        _delegate.c.public_id == sa.bindparam("public_id"),
        _delegate.c.invitation_id.is_(None),
    )
)


def get_open_event(slug: str) -> tuple[OpenEvent, Sequence[OfferedSession]]:
    """Return a published event that admits open registration, and its sessions in their order."""
    rows = db.session.execute(_OPEN, {"slug": slug}).all()
    if not rows:
        raise NotFound("event_unknown")
    width = len(fields(OpenEvent))
    event = OpenEvent(*rows[0][:width])
    if not event.admits_open_registration:
        raise NotFound("registration_by_invitation")
    return event, [OfferedSession(*row[width:]) for row in rows if row[width] is not None]


def find_receipt(slug: str, public_id: str) -> tuple[Receipt, EventInShort] | None:
    """Return who registered alone for a published event, and the event."""
    row = db.session.execute(_RECEIPT, {"slug": slug, "public_id": public_id}).one_or_none()
    if row is None:
        return None
    width = len(fields(Receipt))
    return Receipt(*row[:width]), EventInShort(*row[width:])
