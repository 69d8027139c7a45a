"""Registering: places are exact, one person is registered once, the institution accepts with it."""

from datetime import timedelta

import pytest

from app.domain.directory import OrganizationKind
from app.domain.errors import Conflict, InvalidInput, NotAllowed
from app.domain.events import EventStatus
from app.domain.invitations import AnswerSource, InvitationState
from app.domain.policy import SYSTEM, Actor
from app.domain.registrations import DelegateRole, SeatState
from app.queries import registrations
from app.services.registrations import acceptance, due_letters, register
from app.services.transaction import unit_of_work
from tests.registration_rows import (
    FOCAL_POINT,
    command,
    get_delegate,
    list_mails,
    register_one,
    session_ids,
    store_event,
    store_invitation,
)

pytestmark = pytest.mark.usefixtures("context")


def test_a06_delegate_keeps_his_title_as_it_was_and_his_locality(now):
    invitation = store_invitation(store_event())
    delegate = register_one(
        invitation, now, "Nguyễn Triều Thương", posts={"vi": "Giám đốc Sở Ngoại vụ"}, email="a@example.vn"
    )
    assert (delegate.person.full_name, delegate.person.posts) == (
        "Nguyễn Triều Thương",
        {"vi": "Giám đốc Sở Ngoại vụ"},
    )
    assert delegate.person.organization.names == {"vi": "Quảng Trị"}
    assert delegate.person.sort_name == "Thương Nguyễn Triều"
    assert (delegate.state, delegate.person.timezone) == (SeatState.CONFIRMED, "Asia/Ho_Chi_Minh")
    assert list_mails() == [("registration", "a@example.vn")]


def test_a11_rank_and_post_are_kept_apart_in_each_language(now):
    invitation = store_invitation(store_event(), country="RU")
    delegate = register_one(
        invitation,
        now,
        "Grigoriev Semen Vyacheslavovich",
        native_name="Григорьев Семён Вячеславович",
        ranks={"vi": "Đại sứ", "ru": "Посол"},
        posts={"vi": "Vụ trưởng", "ru": "Директор Департамента"},
        phone="+7 495 000",
    )
    person = delegate.person
    assert person.ranks == {"vi": "Đại sứ", "ru": "Посол"}
    assert person.posts == {"vi": "Vụ trưởng", "ru": "Директор Департамента"}
    assert (person.native_name, person.sort_name, person.phone) == (
        "Григорьев Семён Вячеславович",
        "Grigoriev Semen Vyacheslavovich",
        "+7 495 000",
    )


def test_a20_institution_may_take_part_without_a_named_person(now):
    event = store_event()
    invitation = store_invitation(event)
    with unit_of_work():
        acceptance.accept(invitation, actor=FOCAL_POINT, source=AnswerSource.LETTER, now=now)
    assert (invitation.state, invitation.taken) == (InvitationState.ACCEPTED, 0)
    assert registrations.list_delegation(invitation) == []


def test_registering_records_the_acceptance_with_its_source(now):
    invitation = store_invitation(store_event())
    register_one(invitation, now)
    register_one(invitation, now, "Trần Thị Bình")
    assert invitation.state is InvitationState.ACCEPTED
    assert invitation.answered_at == now
    assert [(answer.answer, answer.source) for answer in invitation.answers] == [("accepted", "link")]
    assert invitation.taken == 2


def test_same_form_sent_twice_is_one_registration_and_one_mail(now):
    invitation = store_invitation(store_event())
    sent = command("Lê Văn An", email="an@example.vn")
    first, second = (
        register.register_delegate(actor=FOCAL_POINT, invitation=invitation, command=sent, now=now)
        for _ in range(2)
    )
    assert (first.is_new, second.is_new, first.public_id) == (True, False, second.public_id)
    assert (invitation.taken, invitation.event.taken) == (1, 1)
    assert due_letters.write_due(now=now) == 1
    assert list_mails() == [("registration", "an@example.vn")]


def test_same_person_in_another_form_is_the_one_registered(now):
    invitation = store_invitation(store_event())
    first = register_one(invitation, now, "Lê Văn An", email="an@example.vn")
    again = register_one(invitation, now, "LE VAN AN", email="An@example.vn")
    assert again.public_id == first.public_id
    namesakes = [register_one(invitation, now, name).public_id for name in ("Lê Văn Tú", "Lê Văn Tư")]
    assert len({first.public_id, *namesakes}) == 3


def test_c03_full_quota_is_refused_with_its_number_and_servants_are_not_counted(now):
    invitation = store_invitation(store_event(), quota=1)
    register_one(invitation, now)
    with pytest.raises(Conflict) as refused:
        register_one(invitation, now, "Trần Thị Bình")
    assert (refused.value.code, refused.value.params) == ("quota_full", {"quota": 1})
    for role in (DelegateRole.INTERPRETER, DelegateRole.TECHNICIAN):
        register_one(invitation, now, f"Người {role}", role=role)
    assert (invitation.taken, invitation.event.taken) == (1, 1)


def test_delegation_has_one_head_of_delegation(now):
    invitation = store_invitation(store_event())
    register_one(invitation, now, role=DelegateRole.HEAD_OF_DELEGATION)
    with pytest.raises(Conflict) as refused:
        register_one(invitation, now, "Trần Thị Bình", role=DelegateRole.HEAD_OF_DELEGATION)
    assert (refused.value.code, refused.value.field) == ("head_exists", "role")
    assert refused.value.params == {"name": "Lê Văn An"}


def test_b20_enterprise_chooses_a_session_only_where_it_is_admitted(now):
    event = store_event()
    firm = store_invitation(event, name="VinFast", kind=OrganizationKind.ENTERPRISE)
    _admit(event, "locality")
    with pytest.raises(Conflict, match="session_not_admitted"):
        register_one(firm, now, sessions=session_ids(event))
    _admit(event, "locality", "enterprise")
    delegate = register_one(firm, now, sessions=session_ids(event))
    assert [seat.session.position for seat in delegate.seats] == [1, 2]


def _admit(event, *kinds):
    with unit_of_work():
        event.sessions[1].admitted_kinds = list(kinds)


def test_full_session_and_full_event_put_people_on_the_waiting_list(now):
    event = store_event(capacity=2, seats=(1, None))
    invitation = store_invitation(event)
    people = [
        register_one(invitation, now, f"Người {letter}", sessions=session_ids(event)) for letter in "abc"
    ]
    states = [(delegate.state.value, [seat.state.value for seat in delegate.seats]) for delegate in people]
    assert states == [
        ("confirmed", ["confirmed", "confirmed"]),
        ("confirmed", ["waiting", "confirmed"]),
        ("waiting", ["waiting", "waiting"]),
    ]
    assert (event.taken, [session.taken for session in event.sessions]) == (2, [1, 2])


def test_unknown_session_of_another_event_is_refused(now):
    invitation = store_invitation(store_event())
    stranger = session_ids(store_event())
    with pytest.raises(InvalidInput, match="session_unknown"):
        register_one(invitation, now, sessions=stranger[:1])


def test_link_registers_until_the_deadline_and_the_desk_after_it(now, organizer, colleague):
    event = store_event(registration_deadline=now + timedelta(hours=1))
    invitation, late = store_invitation(event), now + timedelta(hours=2)
    with pytest.raises(Conflict, match="deadline_passed"):
        register_one(invitation, late)
    done = register.register_delegate(
        actor=organizer, invitation=invitation, command=command(), now=late, source=AnswerSource.PHONE
    )
    assert get_delegate(done.public_id).state is SeatState.CONFIRMED
    assert invitation.answers[0].source is AnswerSource.PHONE
    with pytest.raises(NotAllowed):
        register.register_delegate(actor=colleague, invitation=invitation, command=command("B"), now=late)


def test_cancelled_event_registers_nobody(now, organizer):
    invitation = store_invitation(store_event(status=EventStatus.CANCELLED))
    for actor in (FOCAL_POINT, organizer):
        with pytest.raises(Conflict, match="event_not_open"):
            register.register_delegate(actor=actor, invitation=invitation, command=command(), now=now)


def test_archive_of_the_past_writes_to_nobody(now):
    invitation = store_invitation(store_event(status=EventStatus.ARCHIVED, is_archive=True))
    system = Actor("system", "demo")
    register.register_delegate(
        actor=system, invitation=invitation, command=command(email="a@example.vn"), now=now
    )
    assert (invitation.taken, list_mails()) == (1, [])


def test_what_the_system_registers_was_answered_by_nobody(now):
    invitation = store_invitation(store_event())
    register.register_delegate(actor=SYSTEM, invitation=invitation, command=command(), now=now)
    assert [answer.answered_by for answer in invitation.answers] == [""]
