"""Offers: the first who waits is asked, in order, until a moment; what is not wanted goes to the next."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.errors import Conflict
from app.domain.events import EventStatus
from app.domain.policy import SYSTEM, Actor
from app.domain.registrations import AnswerOffer, Departure, SeatState
from app.models.audit import AuditEntry
from app.models.mail import OutboxMessage
from app.services.registrations import offers, withdraw
from app.services.transaction import unit_of_work
from tests.mail.letters import text_of
from tests.registration_rows import (
    list_mails,
    register_one,
    session_ids,
    store_event,
    store_invitation,
)

pytestmark = pytest.mark.usefixtures("context")
S = SeatState


def _people(invitation, now, count, **known):
    """Register that many people, each with an address of his own."""
    return [
        register_one(invitation, now, f"Người {letter}", email=f"{letter}@x.vn", **known)
        for letter in "abcdefgh"[:count]
    ]


def _withdraw(delegate, now):
    return withdraw.withdraw_delegate(actor=SYSTEM, delegate=delegate, now=now)


def _answer(delegate, now, *, takes, session=None):
    command = AnswerOffer(session=session, takes=takes)
    actor = Actor("delegate", delegate.person.full_name)
    return offers.answer_offer(actor=actor, delegate=delegate, command=command, now=now)


def _acts():
    return db.session.scalars(sa.select(AuditEntry.act).order_by(AuditEntry.id)).all()


def _full(now, people=3, **known):
    """Return an event of one place, and its people: the first has it, the others wait."""
    event = store_event(capacity=1, **known)
    return event, *_people(store_invitation(event, quota=9), now, people)


def test_c03_place_that_frees_is_kept_for_the_first_who_waits_and_counted(now):
    event, first, second, third = _full(now)
    _withdraw(first, now)
    assert (second.state, third.state, event.taken) == (S.OFFERED, S.WAITING, 1)
    assert second.offer_expires_at == now + timedelta(hours=48)
    assert list_mails()[-2:] == [("withdrawal", "a@x.vn"), ("place_offered", "b@x.vn")]
    assert _acts()[-1] == "delegate.offer"


def test_taking_the_place_confirms_it_once(now):
    event, first, second, _ = _full(now)
    _withdraw(first, now)
    _answer(second, now, takes=True)
    _answer(second, now, takes=True)
    assert (second.state, second.offer_expires_at, event.taken) == (S.CONFIRMED, None, 1)
    assert [kind for kind, to in list_mails() if to == "b@x.vn"] == [
        "registration",
        "place_offered",
        "registration_changed",
    ]


def test_no_thanks_offers_the_place_to_the_next(now):
    event, first, second, third = _full(now)
    _withdraw(first, now)
    _answer(second, now, takes=False)
    _answer(second, now, takes=False)
    assert (second.state, second.departure) == (S.WITHDRAWN, Departure.DECLINED_OFFER)
    assert (third.state, event.taken, third.invitation.taken) == (S.OFFERED, 1, 1)
    assert [kind for kind, to in list_mails() if to == "c@x.vn"] == ["registration", "place_offered"]


def test_offers_run_out_in_order_and_the_next_is_asked_each_time(now):
    event, first, second, third = _full(now)
    _withdraw(first, now)
    late = now + timedelta(hours=48)
    assert offers.expire_due(now=late - timedelta(minutes=1)) == 0
    assert (offers.expire_due(now=late), offers.expire_due(now=late)) == (1, 0)
    assert (second.state, second.departure) == (S.WITHDRAWN, Departure.EXPIRED_OFFER)
    assert (third.state, third.offer_expires_at, event.taken) == (S.OFFERED, late + timedelta(hours=48), 1)
    with pytest.raises(Conflict, match="offer_gone"):
        _answer(second, late, takes=True)
    told = db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id.desc())).all()
    assert any(
        "không nhận được trả lời đúng hạn" in text_of(letter)
        for letter in told
        if letter.recipient == "b@x.vn"
    )
    assert offers.expire_due(now=late + timedelta(hours=48)) == 1
    assert (third.state, event.taken) == (S.WITHDRAWN, 0)
    assert _acts().count("delegate.offer_expire") == 2


def test_offer_of_the_event_keeps_the_places_of_the_sessions_too(now):
    event = store_event(capacity=1, seats=(1, 1))
    invitation = store_invitation(event)
    first, second = _people(invitation, now, 2, sessions=session_ids(event))
    _withdraw(first, now)
    assert [seat.state for seat in second.seats] == [S.OFFERED] * 2
    assert [planned.taken for planned in event.sessions] == [1, 1]
    _answer(second, now, takes=True)
    assert [seat.state for seat in second.seats] == [S.CONFIRMED] * 2


def test_seat_of_one_session_is_offered_alone_and_no_thanks_leaves_the_rest(now):
    event = store_event(seats=(1, None))
    invitation = store_invitation(event)
    first, second, third = _people(invitation, now, 3, sessions=session_ids(event))
    _withdraw(first, now)
    one = session_ids(event)[0]
    assert [seat.state for seat in second.seats] == [S.OFFERED, S.CONFIRMED]
    _answer(second, now, takes=False, session=one)
    assert (second.state, [seat.state for seat in second.seats]) == (
        S.CONFIRMED,
        [S.WITHDRAWN, S.CONFIRMED],
    )
    assert third.seats[0].state is S.OFFERED
    _answer(third, now, takes=True, session=one)
    assert (third.seats[0].state, event.sessions[0].taken) == (S.CONFIRMED, 1)


def test_seat_of_a_session_runs_out_and_the_person_stays(now):
    event = store_event(seats=(1,))
    invitation = store_invitation(event)
    first, second, third = _people(invitation, now, 3, sessions=session_ids(event))
    _withdraw(first, now)
    assert offers.expire_due(now=now + timedelta(hours=48)) == 1
    assert (second.state, second.seats[0].state) == (S.CONFIRMED, S.WITHDRAWN)
    assert (third.seats[0].state, event.sessions[0].taken) == (S.OFFERED, 1)


@pytest.mark.parametrize("known", [{"offer_hours": 0}, {"status": EventStatus.POSTPONED}])
def test_without_offers_or_letters_the_place_is_given_at_once(now, known):
    event, first, second, _ = _full(now)
    with unit_of_work():
        for name, value in known.items():
            setattr(event, name, value)
    _withdraw(first, now)
    assert second.state is S.CONFIRMED


def test_institution_is_asked_for_a_delegate_without_an_address(now):
    event = store_event(capacity=1)
    invitation = store_invitation(event)
    first, second = (register_one(invitation, now, name) for name in ("Lê Văn An", "Trần Thị Bình"))
    with unit_of_work():
        invitation.email = "sngv@quangtri.example"
    _withdraw(first, now)
    assert second.state is S.OFFERED
    assert list_mails() == [("place_offered", "sngv@quangtri.example")]


def test_offers_of_a_postponed_event_do_not_run_out(now):
    event, first, second, _ = _full(now)
    _withdraw(first, now)
    with unit_of_work():
        event.status = EventStatus.POSTPONED
    assert offers.expire_due(now=now + timedelta(days=9)) == 0
    _answer(second, now + timedelta(days=9), takes=True)
    assert second.state is S.CONFIRMED
