"""Write the letters of imports, some at a time: an import of thousands does not wait for its letters."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain.registrations import SeatState
from app.models.imports import ImportEntry
from app.models.people import Person
from app.models.registrations import Delegate
from app.services.registrations import notices
from app.services.transaction import unit_of_work

_BATCH = 50


def write_due(*, now: datetime) -> int:
    """Write every letter that imports still owe, each batch in its own transaction; return how many."""
    written = 0
    while batch := _write_some(now):
        written += batch
    return written


def _write_some(now: datetime) -> int:
    """Write a few letters; two workers take different ones."""
    with unit_of_work() as session:
        due = _list_due(session)
        for entry in due:
            entry.is_due = False
            _tell(entry, now)
        return len(due)


def _tell(entry: ImportEntry, now: datetime) -> None:
    """Tell somebody what the import, or its undoing, did to him; what was done since was told by itself."""
    is_gone, is_withdrawn = entry.delegate.state is SeatState.WITHDRAWN, entry.is_undone and not entry.before
    if is_gone is not is_withdrawn:
        return
    if is_withdrawn:
        notices.tell_withdrawn([entry.delegate], now)
    elif entry.before is None:
        notices.tell_registered(entry.delegate, now)
    else:
        notices.tell_changed([entry.delegate], now)


def _list_due(session: orm.Session) -> Sequence[ImportEntry]:
    return session.scalars(
        sa.select(ImportEntry)
        .where(ImportEntry.is_due)
        .options(
            orm.joinedload(ImportEntry.delegate, innerjoin=True).options(
                orm.joinedload(Delegate.person, innerjoin=True).joinedload(Person.organization),
                orm.joinedload(Delegate.event, innerjoin=True),
                orm.joinedload(Delegate.invitation),
                orm.selectinload(Delegate.seats),
            )
        )
        .order_by(ImportEntry.import_id, ImportEntry.delegate_id)
        .limit(_BATCH)
        .with_for_update(of=ImportEntry, skip_locked=True)
    ).all()
