"""Store a new delegate while others wait for the lock of his event: one statement for each table."""

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import Base, db, store
from app.models.registrations import Delegate, Seat

_SEATS = Base.metadata.tables[Seat.__tablename__]
_INSERT_SEATS = sa.insert(_SEATS)


def store_new(delegate: Delegate) -> None:
    """Insert a delegate, nobody's successor, with his person and his seats."""
    seats = list(delegate.seats)
    store(delegate.person)
    delegate.person_id = delegate.person.id
    store(delegate)
    for seat in seats:
        seat.delegate_id = delegate.id
    if seats:
        db.session.execute(_INSERT_SEATS, [_values(seat) for seat in seats])
    for seat in seats:
        orm.make_transient_to_detached(seat)
    orm.attributes.set_committed_value(delegate, "seats", seats)
    db.session.add(delegate)


def _values(seat: Seat) -> dict[str, object]:
    return {column.name: getattr(seat, column.name) for column in _SEATS.columns}
