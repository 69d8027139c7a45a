"""Write the letters that are due to delegates: nobody who registers, or imports thousands, waits for them."""

import logging
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import Base, db
from app.domain.mail import DueLetter
from app.domain.registrations import SeatState
from app.models.people import Person
from app.models.registrations import Delegate
from app.services.registrations import notices
from app.services.transaction import unit_of_work

_log = logging.getLogger(__name__)
_BATCH = 50
_delegates = Base.metadata.tables[Delegate.__tablename__]


def write_due(*, now: datetime) -> int:
    """Write every letter that is due, each batch in its own transaction; return how many.

    One that cannot be written stays due until the next time, and holds up no other.
    """
    written = last = 0
    while numbers := _list_due(after=last):
        written += _write_some(numbers, now)
        last = numbers[-1]
    return written


def _list_due(*, after: int) -> Sequence[int]:
    """Return the next delegates to whom a letter is due, by number."""
    due = sa.select(Delegate.id).where(Delegate.due_letter.is_not(None), Delegate.id > after)
    return db.session.scalars(due.order_by(Delegate.id).limit(_BATCH)).all()


def _write_some(numbers: Sequence[int], now: datetime) -> int:
    """Write a few letters at once; where that fails, each by itself."""
    try:
        return _write_at_once(numbers, now)
    except sa.exc.OperationalError:
        raise  # the database: no letter is to blame
    except Exception:
        if len(numbers) == 1:
            _log.exception("a letter that is due cannot be written: delegate %s", numbers[0])
            return 0
        return sum(_write_some([number], now) for number in numbers)


def _write_at_once(numbers: Sequence[int], now: datetime) -> int:
    """Write letters in one transaction; two couriers take different ones."""
    with unit_of_work() as session:
        due = _take_due(session, numbers)
        letters = [(delegate, delegate.due_letter) for delegate in due]
        _note_written(session, due)
        for delegate, letter in letters:
            _write(delegate, letter, now)
        return len(due)


def _write(delegate: Delegate, letter: DueLetter | None, now: datetime) -> None:
    """Write what is still true; who has left meanwhile was told so by the act itself."""
    is_gone = delegate.state is SeatState.WITHDRAWN
    if letter is DueLetter.WITHDRAWAL and is_gone:
        notices.tell_withdrawn([delegate], now)
    elif letter is DueLetter.REGISTRATION and not is_gone:
        notices.tell_registered(delegate, now)
    elif letter is DueLetter.REGISTRATION_CHANGED and not is_gone:
        notices.tell_changed([delegate], now)


def _take_due(session: orm.Session, numbers: Sequence[int]) -> Sequence[Delegate]:
    return session.scalars(
        sa.select(Delegate)
        .where(Delegate.due_letter.is_not(None), Delegate.id.in_(numbers))
        .options(
            orm.joinedload(Delegate.person, innerjoin=True).joinedload(Person.organization),
            orm.joinedload(Delegate.event, innerjoin=True),
            orm.joinedload(Delegate.invitation),
            orm.selectinload(Delegate.seats),
        )
        .order_by(Delegate.id)
        .with_for_update(of=Delegate, skip_locked=True)
    ).all()


def _note_written(session: orm.Session, due: Sequence[Delegate]) -> None:
    """Strike the letters off without a new revision of anybody: no form that is open grows old by it."""
    numbers = [delegate.id for delegate in due]
    session.execute(sa.update(_delegates).where(_delegates.c.id.in_(numbers)).values(due_letter=None))
    for delegate in due:
        orm.attributes.set_committed_value(delegate, "due_letter", None)
