"""Requests to speak (C03): asked by a delegate or his institution, answered with a slot or a word."""

from datetime import timedelta

import pytest

from app.db import db
from app.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.domain.policy import Actor
from app.domain.programme import AppointmentRole
from app.domain.speaking import AnswerToSpeaker, AskToSpeak, SpeakingState
from app.models.events import Side
from app.models.programme import Appointment
from app.models.speaking import SpeakingRequest
from app.services.programme import appointments, speaking
from app.services.transaction import unit_of_work
from tests.registration_rows import (
    FOCAL_POINT,
    list_mails,
    register_one,
    session_ids,
    store_event,
    store_invitation,
)

pytestmark = pytest.mark.usefixtures("context")
TOPICS = {"vi": "Logistics xanh", "en": "Green logistics"}


def _wish(event, **known):
    return AskToSpeak(**{"session": session_ids(event)[0], "topics": TOPICS, "minutes": 7, **known})


def _ask(invitation, now, **known):
    speaking.ask_for_institution(
        actor=FOCAL_POINT, invitation=invitation, command=_wish(invitation.event, **known), now=now
    )
    return db.session.query(SpeakingRequest).order_by(SpeakingRequest.id.desc()).first()


def _answer(organizer, request, now, accepts=True, answer=""):
    word = AnswerToSpeaker(accepts=accepts, answer=answer)
    speaking.answer(actor=organizer, request=request, command=word, now=now)


def _invited(event, side=None, name="Quảng Trị"):
    invitation = store_invitation(event, side=side, name=name)
    with unit_of_work():
        invitation.email = "ngoaivu@x.vn"
    return invitation


def test_c03_accepted_request_fills_the_free_slot_of_the_side(organizer, now):
    event = store_event()
    with unit_of_work() as session:
        side = Side(event_id=event.id, code="VN", names={"vi": "Phía Việt Nam"}, position=1)
        session.add(side)
    appointments.reserve(
        actor=organizer, slug=event.slug, side=side.public_id, slots=2, session=session_ids(event)[0], now=now
    )
    invitation = _invited(event, side)
    delegate = register_one(invitation, now, "Lê Văn An", email="an@x.vn")
    request = _ask(invitation, now, delegate=delegate.public_id)
    _answer(organizer, request, now)
    places = db.session.query(Appointment).order_by(Appointment.position).all()
    assert [place.is_free for place in places] == [False, True]
    assert (places[0].person_id, places[0].organization_id, places[0].topics) == (
        delegate.person_id,
        invitation.organization_id,
        TOPICS,
    )
    assert (request.state, request.appointment_id) == (SpeakingState.ACCEPTED, places[0].id)
    assert list_mails()[-1] == ("speaking_answered", "an@x.vn")


def test_c03_without_a_free_slot_a_place_is_added_behind_the_others(organizer, now):
    event = store_event()
    for name in ("Quảng Trị", "Huế"):
        _answer(organizer, _ask(_invited(event, name=name), now), now)
    places = db.session.query(Appointment).order_by(Appointment.position).all()
    assert [(place.role, place.position, place.session_id) for place in places] == [
        (AppointmentRole.SPEAKER, 1, event.sessions[0].id),
        (AppointmentRole.SPEAKER, 2, event.sessions[0].id),
    ]
    assert [kind for kind, _ in list_mails()] == ["speaking_answered"] * 2


def test_c03_declined_request_says_why_and_changes_no_programme(organizer, now):
    request = _ask(_invited(store_event()), now)
    with pytest.raises(InvalidInput, match="reason_missing"):
        _answer(organizer, request, now, accepts=False)
    _answer(organizer, request, now, accepts=False, answer="Chương trình đã kín")
    assert (request.state, db.session.query(Appointment).count()) == (SpeakingState.DECLINED, 0)
    with pytest.raises(Conflict, match="request_decided"):
        _answer(organizer, request, now)


def test_who_asks_again_for_the_same_session_changes_what_he_asked_for(now):
    invitation = _invited(store_event())
    first = _ask(invitation, now)
    second = _ask(invitation, now, minutes=10)
    other = _ask(invitation, now, session=None)
    assert (first is second, second.minutes, other is first) == (True, 10, False)


def test_delegate_asks_for_himself_also_without_an_institution(organizer, now):
    event = store_event()
    delegate = register_one(_invited(event), now, "Lê Văn An", email="an@x.vn")
    speaking.ask_for_oneself(
        actor=Actor("delegate", "Lê Văn An"), delegate=delegate, command=_wish(event), now=now
    )
    request = db.session.query(SpeakingRequest).one()
    assert (request.delegate_id, request.asked_by) == (delegate.id, "Lê Văn An")


def test_nobody_asks_for_a_stranger_or_when_the_event_is_over(now):
    event = store_event()
    invitation = _invited(event)
    foreign = register_one(_invited(event, name="Huế"), now)
    with pytest.raises(NotFound):
        _ask(invitation, now, delegate=foreign.public_id)
    with pytest.raises(Conflict, match="speaking_closed"):
        _ask(invitation, now + timedelta(days=400))
    with pytest.raises(Conflict, match="session_unknown"):
        _ask(invitation, now, session="aaaaaaaaaaaa")


@pytest.mark.parametrize(
    ("known", "code"),
    [({"topics": {"vi": ""}}, "topic_missing"), ({"minutes": 61}, "minutes_out_of_range")],
)
def test_request_says_what_about_and_how_long(known, code):
    with pytest.raises(InvalidInput, match=code):
        AskToSpeak(**{"session": None, "topics": TOPICS, "minutes": 7, **known})


def test_reader_gives_nobody_the_floor(colleague, now):
    request = _ask(_invited(store_event()), now)
    with pytest.raises(NotAllowed):
        _answer(colleague, request, now)
    assert request.state is SpeakingState.OPEN
