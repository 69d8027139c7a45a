"""All that a calendar file is made of, in one row: by it an unchanged one is known without being built.

Calendars ask every quarter of an hour and nearly always for nothing new, so the row is read by the driver
itself: a fifth of what a session of the ORM costs, and half of what the whole answer costs. The columns are
those of calendar_rows: what a file says of an event is in the row of itself.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing
from functools import cached_property, reduce
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.pool import PoolProxiedConnection

from app.db import Reading, db
from app.domain.errors import NotFound
from app.models.accounts import Account
from app.models.calendars import CalendarCopy
from app.models.directory import Organization
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.people import Person
from app.models.programme import AgendaItem, Session, for_guests
from app.models.registrations import Delegate, Seat
from app.models.sites import Site
from app.queries import calendar_rows as rows

Holder = Literal["invitation", "delegate", "delegate-feed", "desk-feed"]
"""By which link a private file is asked for."""
Facts = tuple[int, Sequence[object]]
"""The generation of the link's secret, and what the file is made of."""

_UNIT: sa.ColumnClause[str] = sa.literal_column("'\x1f'")
_RECORD = "\x1e"
_NOTHING: sa.ColumnClause[str] = sa.literal_column("''")
_event, _invitation, _delegate = Event.__table__, Invitation.__table__, Delegate.__table__
_person, _organization, _site = Person.__table__, Organization.__table__, Site.__table__
_account = Account.__table__
_seat, _copy = Seat.__table__, CalendarCopy.__table__
_ID: sa.BindParameter[str] = sa.bindparam("public_id", "")
_SITE = [
    *(_site.c[name] for name in ("id", "parent_id", "position", "status")),
    *rows.columns(Site, rows.SiteRow),
]


def _listed(columns: Sequence[sa.ColumnElement[Any]], of: sa.ColumnElement[bool]) -> sa.ScalarSelect[str]:
    """Return the rows as one text: the parts of a row and the rows apart by controls that no text has."""
    parts = [sa.func.coalesce(sa.cast(column, sa.Text), _NOTHING) for column in columns]
    line: sa.ColumnElement[Any] = reduce(lambda left, right: left.concat(_UNIT).concat(right), parts)
    return sa.select(sa.func.aggregate_strings(line, _RECORD)).where(of).scalar_subquery()


def _programme(event: sa.ColumnElement[int] | None) -> tuple[sa.ColumnElement[Any], ...]:
    """Return the programme of an event, or of all."""
    session, item = Session.__table__, AgendaItem.__table__
    return (
        _listed(
            [session.c.event_id, *rows.columns(Session, rows.SessionRow)],
            _of(session, event) & for_guests(Session),
        ),
        _listed(
            [item.c.event_id, item.c.position, *rows.columns(AgendaItem, rows.ItemRow)],
            _of(item, event) & for_guests(AgendaItem),
        ),
    )


def _of(table: sa.FromClause, event: sa.ColumnElement[int] | None) -> sa.ColumnElement[bool]:
    return sa.true() if event is None else table.c.event_id == event


_PUBLIC = sa.select(*rows.columns(Event, rows.EventRow), *_programme(_event.c.id)).where(
    _event.c.slug == sa.bindparam("slug", "")
)
_INVITATION = (
    sa.select(
        _invitation.c.generation,
        *(_invitation.c[name] for name in ("state", "language", "answered_at")),
        _organization.c.timezone,
        *rows.columns(Event, rows.EventRow),
        *_programme(_event.c.id),
        _listed(_SITE, _site.c.invitation_id == _invitation.c.id),
        _listed([_copy.c.uid, _copy.c.sequence], _copy.c.invitation_id == _invitation.c.id),
    )
    .select_from(_invitation.join(_organization).join(_event))
    .where(_invitation.c.public_id == _ID)
)


def _of_delegate(generation: sa.ColumnElement[int]) -> sa.Select[Any]:
    return (
        sa.select(
            generation,
            *(_delegate.c[name] for name in ("state", "changed_at")),
            *(_person.c[name] for name in ("language", "timezone")),
            _organization.c.timezone,
            *rows.columns(Event, rows.EventRow),
            *_programme(_event.c.id),
            _listed(_SITE, _site.c.id == _delegate.c.site_id),
            _listed([_seat.c.session_id, _seat.c.state], _seat.c.delegate_id == _delegate.c.id),
            _listed([_copy.c.uid, _copy.c.sequence], _copy.c.delegate_id == _delegate.c.id),
        )
        .select_from(
            _delegate.join(_person, _delegate.c.person_id == _person.c.id)
            .join(_event, _delegate.c.event_id == _event.c.id)
            .outerjoin(_organization, _person.c.organization_id == _organization.c.id)
        )
        .where(_delegate.c.public_id == _ID)
    )


_ACCOUNT = sa.select(
    _account.c.feed_generation,
    *(_account.c[name] for name in ("active", "role", "language")),
    _listed(rows.columns(Event, rows.EventRow), sa.true()),
    *_programme(None),
).where(_account.c.public_id == _ID, _account.c.active.is_(sa.true()))
_of_event = Reading(_PUBLIC)
_of_holder: dict[Holder, Reading] = {
    "invitation": Reading(_INVITATION),
    "delegate": Reading(_of_delegate(_delegate.c.generation)),
    "desk-feed": Reading(_ACCOUNT),
    "delegate-feed": Reading(_of_delegate(_delegate.c.feed_generation)),
}


def find_of_event(slug: str) -> Sequence[object] | None:
    """Return what the public files of an event are made of."""
    row = _of_event.row(db.session.connection().connection, db.engine.dialect, slug=slug)
    return _in_order(row) if row else None


def get_of_holder(holder: Holder, public_id: str) -> Sequence[object]:
    """Return what the file of somebody who is there is made of, as the present session sees it."""
    facts = _find_of_holder(holder, public_id, db.session.connection().connection, db.engine.dialect)
    if facts is None:
        raise NotFound("link_invalid")
    return facts[1]


class Front:
    """Reads before the application begins, on a connection of their own."""

    def __init__(self, context: Callable[[], AbstractContextManager[object]]) -> None:
        """Keep what makes a context of the application whose database is read."""
        self._context = context

    def find_of_holder(self, holder: Holder, public_id: str) -> Facts | None:
        """Return the generation of a link's secret and what its file is made of, as it is committed."""
        engine = self._engine
        with closing(engine.raw_connection()) as connection:
            return _find_of_holder(holder, public_id, connection, engine.dialect)

    @cached_property
    def _engine(self) -> sa.Engine:
        with self._context():
            return db.engine


def _find_of_holder(
    holder: Holder, public_id: str, connection: PoolProxiedConnection, dialect: sa.Dialect
) -> Facts | None:
    row = _of_holder[holder].row(connection, dialect, public_id=public_id)
    return (row[0], _in_order(row)) if row else None


def _in_order(row: Sequence[Any]) -> list[object]:
    """Return the row with its lists sorted: databases list rows as they lie."""
    return [sorted(value.split(_RECORD)) if _is_list(value) else value for value in row]


def _is_list(value: object) -> bool:
    return isinstance(value, str) and _RECORD in value
