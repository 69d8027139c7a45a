"""After the deadline the institution asks for changes; until the desk accepts, the old stands (C01)."""

from datetime import timedelta

import pytest

from app.db import db
from app.domain.change_requests import AnswerToChange, AskForChange, ChangeKind, ChangeState
from app.domain.errors import Conflict, InvalidInput, NotAllowed
from app.domain.registrations import Departure, SeatState
from app.models.change_requests import ChangeRequest
from app.models.mail import OutboxMessage
from app.services.registrations import change_requests
from app.services.transaction import unit_of_work
from tests.mail.letters import text_of
from tests.registration_rows import (
    FOCAL_POINT,
    get_delegate,
    list_mails,
    register_one,
    session_ids,
    store_event,
    store_invitation,
)

pytestmark = pytest.mark.usefixtures("context")
PERSON = {
    "full_name": "Lê Văn An",
    "native_name": None,
    "form_of_address": "",
    "ranks": {"vi": ""},
    "posts": {"vi": "Giám đốc"},
    "language": "vi",
    "email": "an@x.vn",
    "phone": "",
}


@pytest.fixture
def late(now):
    return now + timedelta(days=1)


@pytest.fixture
def delegate(now):
    """Somebody registered before the deadline, which is an hour away."""
    event = store_event(registration_deadline=now + timedelta(hours=1))
    invitation = store_invitation(event)
    with unit_of_work():
        invitation.email = "ngoaivu@x.vn"
    return register_one(
        invitation, now, "Lê Văn An", email="an@x.vn", posts={"vi": "Giám đốc", "en": "Director"}
    )


def _ask(delegate, at, kind=ChangeKind.EDIT, **wanted):
    values = {**PERSON, **wanted}
    if kind is ChangeKind.EDIT:
        values = {"role": "delegate", "sessions": [], **values}
    command = AskForChange(kind=kind, wanted=values, asked_by="Trần Thị Đầu Mối", reason="Thay đổi phân công")
    change_requests.ask(actor=FOCAL_POINT, delegate=delegate, command=command, now=at)
    return db.session.query(ChangeRequest).order_by(ChangeRequest.id.desc()).first()


def _answer(organizer, request, at, accepts=True, answer=""):
    word = AnswerToChange(accepts=accepts, answer=answer)
    change_requests.answer(actor=organizer, request=request, command=word, now=at)


def test_c01_request_keeps_before_and_after_and_the_old_stands(delegate, late):
    request = _ask(delegate, late, posts={"vi": "Phó Giám đốc"})
    assert (request.before, request.wanted) == (
        {"posts": {"vi": "Giám đốc"}},
        {"posts": {"vi": "Phó Giám đốc"}},
    )
    assert (request.asked_by, request.reason) == ("Trần Thị Đầu Mối", "Thay đổi phân công")
    assert delegate.person.posts["vi"] == "Giám đốc"
    assert len(list_mails()) == 1


def test_c01_accepted_request_changes_what_was_asked_for_and_nothing_else(delegate, organizer, late):
    request = _ask(delegate, late, posts={"vi": "Phó Giám đốc"})
    with unit_of_work():
        delegate.person.phone = "+84 905"
    _answer(organizer, request, late)
    assert delegate.person.posts == {"vi": "Phó Giám đốc", "en": "Director"}
    assert (delegate.person.phone, request.state) == ("+84 905", ChangeState.ACCEPTED)
    assert list_mails()[1:] == [("registration_changed", "an@x.vn"), ("change_decided", "ngoaivu@x.vn")]
    with pytest.raises(Conflict, match="request_decided"):
        _answer(organizer, request, late)


def test_c01_refused_request_says_why_and_changes_nothing(delegate, organizer, late):
    request = _ask(delegate, late, full_name="Lê Văn Ân")
    with pytest.raises(InvalidInput, match="reason_missing"):
        _answer(organizer, request, late, accepts=False)
    _answer(organizer, request, late, accepts=False, answer="Thẻ đã in & đóng dấu")
    assert (delegate.person.full_name, request.state) == ("Lê Văn An", ChangeState.REFUSED)
    letter = db.session.query(OutboxMessage).order_by(OutboxMessage.id.desc()).first()
    assert "Thẻ đã in & đóng dấu" in text_of(letter)


def test_accepted_replacement_passes_the_place_on(delegate, organizer, late):
    request = _ask(
        delegate, late, ChangeKind.REPLACE, full_name="Phạm Thị Mới", email="moi@x.vn", is_substitute=True
    )
    assert delegate.state is SeatState.CONFIRMED
    _answer(organizer, request, late)
    new = get_delegate(delegate.replaced_by.public_id)
    assert (delegate.departure, new.state, new.is_substitute) == (
        Departure.REPLACED,
        SeatState.CONFIRMED,
        True,
    )
    assert new.person.full_name == "Phạm Thị Mới"


def test_accepted_withdrawal_frees_the_place(delegate, organizer, late):
    _answer(organizer, _ask(delegate, late, ChangeKind.WITHDRAW), late)
    assert (delegate.state, delegate.departure, delegate.invitation.taken) == (
        SeatState.WITHDRAWN,
        Departure.WITHDRAWN,
        0,
    )


def test_newer_request_takes_the_place_of_the_older_and_can_be_taken_back(delegate, late):
    first = _ask(delegate, late, phone="+84 1")
    second = _ask(delegate, late, phone="+84 2")
    assert (first.state, second.state) == (ChangeState.WITHDRAWN, ChangeState.OPEN)
    change_requests.take_back(actor=FOCAL_POINT, delegate=delegate, now=late)
    assert second.state is ChangeState.WITHDRAWN


def test_nothing_is_asked_for_while_one_may_change_it_nor_without_a_change(delegate, now, late):
    with pytest.raises(Conflict, match="change_not_asked"):
        _ask(delegate, now, phone="+84 1")
    with pytest.raises(Conflict, match="change_not_asked"):
        _ask(delegate, late + timedelta(days=400), phone="+84 1")
    with pytest.raises(InvalidInput, match="nothing_changed"):
        _ask(delegate, late)


def test_other_sessions_are_chosen_by_a_request_too(organizer, now, late):
    event = store_event(registration_deadline=now + timedelta(hours=1), seats=(None, 1))
    delegate = register_one(store_invitation(event), now, "Lê Văn An", sessions=session_ids(event)[:1])
    request = _ask(delegate, late, sessions=[session_ids(event)[1]], posts={}, ranks={}, email=None)
    _answer(organizer, request, late)
    assert [seat.session.position for seat in delegate.seats] == [2]


def test_reader_and_institution_answer_no_request(delegate, colleague, late):
    request = _ask(delegate, late, phone="+84 1")
    for actor in (colleague, FOCAL_POINT):
        with pytest.raises((NotAllowed, KeyError)):
            _answer(actor, request, late)
    assert request.state is ChangeState.OPEN
