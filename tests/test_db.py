"""Rows that are stored at once are as those that the session writes."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from app.db import Base, db, store
from app.models.people import Person
from app.models.registrations import Delegate
from app.services.transaction import unit_of_work
from tests.registration_rows import store_event

pytestmark = pytest.mark.usefixtures("context")
_NOW = datetime(2027, 9, 1, tzinfo=UTC)
_OWN = {"id", "public_id", "person_id", "request_key"}


def person(event, **known):
    return Person(event_id=event.id, full_name="Lê Văn An", sort_name="an", ranks={"vi": "Đại sứ"}, **known)


def delegate(event, key, **known):
    return Delegate(
        event_id=event.id,
        role="delegate",
        state="confirmed",
        request_key=key,
        registered_at=_NOW,
        changed_at=_NOW,
        **known,
    )


def rows(model):
    table = Base.metadata.tables[model.__tablename__]
    found = [dict(row) for row in db.session.execute(sa.select(table).order_by(table.c.id)).mappings()]
    return [{name: value for name, value in row.items() if name not in _OWN} for row in found]


def test_a_stored_row_is_as_one_that_was_flushed():
    event = store_event()
    with unit_of_work() as session:
        session.add(delegate(event, "1", person=person(event)))
        session.flush()
        stored = person(event)
        store(stored)
        store(delegate(event, "2", person_id=stored.id))
    for model in (Person, Delegate):
        flushed, at_once = rows(model)
        assert flushed == at_once


def test_a_stored_row_knows_its_number_and_its_defaults():
    event = store_event()
    with unit_of_work() as session:
        made = person(event)
        store(made)
        columns = [column.name for column in Base.metadata.tables["people"].columns]
        known = {name: getattr(made, name) for name in columns}
        session.add(made)
        assert not session.dirty
    assert {name: getattr(made, name) for name in columns} == known
