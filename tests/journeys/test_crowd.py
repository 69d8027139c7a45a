"""Two hundred people at once for forty places: forty are confirmed, everybody is told, nothing breaks."""

from collections import Counter

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain import clock
from app.domain.registrations import SeatState
from app.models.mail import OutboxMessage
from app.models.registrations import Delegate, Seat
from app.services import schema
from app.services.registrations import due_letters
from bench import crowd
from tests.registration_rows import store_event
from tests.site import SETTINGS, close, make_app


@pytest.mark.slow
@pytest.mark.xdist_group("crowd")
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_c03_crowd_of_two_hundred_gets_forty_places(kind, sites, tmp_path):
    database = sites.new_database(kind, "crowd")
    app = make_app(database.url, tmp_path)
    with app.app_context():
        schema.upgrade()
        event = store_event(capacity=crowd.PLACES, seats=(crowd.PLACES,), admits_open_registration=True)
        slug = event.slug
        db.session.rollback()
        with crowd.serving(database.url, tmp_path, SETTINGS.secret_key) as port:
            came = crowd.come(port, slug)
        assert came.statuses == {200: 2 * crowd.PEOPLE, 303: crowd.PEOPLE}
        assert came.told == {"Confirmed": crowd.PLACES, "Waiting list": crowd.PEOPLE - crowd.PLACES}
        states = Counter(db.session.scalars(sa.select(Delegate.state)))
        assert states == {SeatState.CONFIRMED: 40, SeatState.WAITING: 160}
        assert Counter(db.session.scalars(sa.select(Seat.state))) == states
        assert (event.taken, event.sessions[0].taken) == (40, 40)
        due_letters.write_due(now=clock.now())  # whom no courier has written to yet
        assert db.session.scalar(sa.select(sa.func.count(OutboxMessage.id))) == crowd.PEOPLE
    close(app)
