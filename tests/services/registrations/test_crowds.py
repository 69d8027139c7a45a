"""Many at once: no place is given twice, none stays empty, one person is one row and one mail."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from app.db import db
from app.domain.errors import Conflict
from app.domain.registrations import SeatState
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.registrations import Delegate, Seat
from app.services.registrations import due_letters, register, withdraw
from tests.registration_rows import (
    FOCAL_POINT,
    command,
    list_mails,
    register_one,
    session_ids,
    store_event,
    store_invitation,
)

pytestmark = pytest.mark.usefixtures("context")
_PEOPLE = 40


def _at_once(app: Flask, act: Callable[[int], object]) -> list[object]:
    """Run the act for each number in a thread of its own, all beginning together."""
    start = Barrier(_PEOPLE)

    def one(number: int) -> object:
        with app.app_context():
            start.wait()
            try:
                return act(number)
            except Conflict as refused:
                return refused.code

    with ThreadPoolExecutor(_PEOPLE) as pool:
        return list(pool.map(one, range(_PEOPLE)))


@pytest.mark.slow
@pytest.mark.parametrize("capacity", [1, 20])
def test_forty_at_once_fill_event_and_session_exactly(app, now, capacity):
    event = store_event(capacity=30, seats=(capacity,))
    numbers = [store_invitation(event, name=f"Tỉnh {n}").id for n in range(_PEOPLE)]
    wanted = session_ids(event)

    def join(number):
        invitation = db.session.get_one(Invitation, numbers[number])
        sent = command(f"Người {number}", sessions=wanted)
        return register.register_delegate(
            actor=FOCAL_POINT, invitation=invitation, command=sent, now=now
        ).is_new

    assert _at_once(app, join) == [True] * _PEOPLE
    db.session.rollback()
    assert (event.taken, event.sessions[0].taken) == (30, capacity)
    states = db.session.execute(sa.select(Delegate.state, sa.func.count()).group_by(Delegate.state))
    assert dict(states.all()) == {SeatState.CONFIRMED: 30, SeatState.WAITING: 10}
    confirmed = sa.select(sa.func.count(Seat.delegate_id)).where(Seat.state == SeatState.CONFIRMED)
    assert db.session.scalar(confirmed) == capacity


@pytest.mark.slow
def test_forty_at_once_share_a_quota_of_twenty_exactly(app, now):
    number = store_invitation(store_event(), quota=20).id

    def join(person):
        invitation = db.session.get_one(Invitation, number)
        sent = command(f"Người {person}")
        return register.register_delegate(
            actor=FOCAL_POINT, invitation=invitation, command=sent, now=now
        ).is_new

    outcomes = _at_once(app, join)
    assert (outcomes.count(True), outcomes.count("quota_full")) == (20, 20)
    db.session.rollback()
    assert db.session.get_one(Invitation, number).taken == 20


@pytest.mark.slow
def test_one_form_sent_forty_times_at_once_is_one_row_and_one_mail(app, now):
    number = store_invitation(store_event()).id
    sent = command("Lê Văn An", email="an@x.vn")

    def join(_):
        invitation = db.session.get_one(Invitation, number)
        return register.register_delegate(
            actor=FOCAL_POINT, invitation=invitation, command=sent, now=now
        ).public_id

    assert len(set(_at_once(app, join))) == 1
    db.session.rollback()
    due_letters.write_due(now=now)
    assert (list_mails(), db.session.get_one(Invitation, number).taken) == ([("registration", "an@x.vn")], 1)


@pytest.mark.slow
def test_withdrawals_at_once_move_everybody_up_once(app, now):
    event = store_event(seats=(20,))
    invitation = store_invitation(event, quota=60)
    people = [register_one(invitation, now, f"Người {n}", sessions=session_ids(event)).id for n in range(60)]
    number = event.id

    def leave(place):
        delegate = db.session.get_one(Delegate, people[place // 2])
        return withdraw.withdraw_delegate(actor=FOCAL_POINT, delegate=delegate, now=now)

    assert sum(_at_once(app, leave)) == 20
    db.session.rollback()
    event = db.session.get_one(Event, number)
    assert (event.taken, event.sessions[0].taken) == (40, 20)
    held = sa.select(Seat.delegate_id).where(Seat.state == SeatState.CONFIRMED).order_by(Seat.delegate_id)
    assert db.session.scalars(held).all() == people[20:40]
