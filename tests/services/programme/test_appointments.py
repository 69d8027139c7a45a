"""Chairs, speakers and slots: held by organisations and sides first, by people later."""

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.errors import Conflict, InvalidInput
from app.domain.people import PersonDetails
from app.domain.programme import (
    AgendaItemDetails,
    AgendaKind,
    AppointmentDetails,
    AppointmentRole,
    SessionDetails,
    SideDetails,
)
from app.models.events import Event
from app.models.people import Person
from app.models.programme import Appointment
from app.queries import programme as reads
from app.services import people
from app.services.programme import agenda, appointments, sessions, sides
from tests.programme import make_directory, make_event

_HUAN = PersonDetails(
    full_name="Trần Thanh Huân",
    form_of_address="ông",
    posts={"vi": "Cục trưởng", "ru": "начальник Управления"},
    organization="DLFA",
    country="VN",
)
_GRIGORIEV = PersonDetails(
    full_name="Grigoriev Semen Vyacheslavovich",
    native_name="Григорьев Семён Вячеславович",
    ranks={"vi": "Đại sứ", "ru": "Посол"},
    posts={"vi": "Vụ trưởng"},
    organization_name="Bộ Ngoại giao Liên bang Nga",
    country="RU",
    language="ru",
)


@pytest.fixture
def event(context):
    make_directory()
    return make_event()


@pytest.fixture
def act(event, organizer, now):
    """Do an act of the programme on the event."""

    def do(use_case, **arguments):
        return use_case(actor=organizer, slug="toa-dam", now=now, **arguments)

    return do


@pytest.fixture
def appoint(act):
    def do(role, **details):
        command = AppointmentDetails(role=AppointmentRole(role), **details)
        return act(appointments.appoint, command=command)

    return do


@pytest.fixture
def two_sides(act):
    return {
        code: act(sides.add_side, command=SideDetails(code=code, names={"vi": name}))
        for code, name in (("VN", "Phía Việt Nam"), ("RU", "Phía Nga"))
    }


def _programme():
    return reads.get_programme(db.session.scalars(sa.select(Event)).one())


def _appointment(public_id):
    return db.session.scalars(sa.select(Appointment).where(Appointment.public_id == public_id)).one()


def test_a09_co_chairs_stand_in_the_stored_order_each_with_its_side(act, appoint, two_sides):
    for code, person in (("VN", _HUAN), ("RU", _GRIGORIEV)):
        chair = appoint("co_chair", side=two_sides[code])
        act(appointments.name_person, appointment_id=chair, command=person)
    assert [(c.side.code, c.person.full_name) for c in _programme().chairs] == [
        ("VN", "Trần Thanh Huân"),
        ("RU", "Grigoriev Semen Vyacheslavovich"),
    ]
    act(appointments.move_appointment, appointment_id=chair, places=-1)
    assert [c.side.code for c in _programme().chairs] == ["RU", "VN"]


def test_a11_rank_and_post_are_stored_apart_and_per_language(act, appoint, two_sides):
    chair = appoint("co_chair", side=two_sides["RU"])
    act(appointments.name_person, appointment_id=chair, command=_GRIGORIEV)
    person = _appointment(chair).person
    assert (person.ranks["ru"], person.posts["vi"]) == ("Посол", "Vụ trưởng")
    assert (person.native_name, person.sort_name) == (_GRIGORIEV.native_name, _GRIGORIEV.full_name)


def test_a22_one_person_is_co_chair_and_opening_speaker(act, appoint, two_sides):
    chair = appoint("co_chair", side=two_sides["VN"])
    person_id = act(appointments.name_person, appointment_id=chair, command=_HUAN)
    item = act(agenda.add_item, command=AgendaItemDetails(kind=AgendaKind.OPENING_REMARKS))
    opening = appoint("opening_speaker", agenda_item=item, person=person_id)
    assert _appointment(chair).person is _appointment(opening).person
    act(appointments.release_person, appointment_id=chair)
    assert (_appointment(chair).person, _appointment(opening).person.full_name) == (None, "Trần Thanh Huân")


def test_a30_each_side_has_its_five_slots_and_they_are_filled_one_by_one(act, two_sides):
    item = act(agenda.add_item, command=AgendaItemDetails(kind=AgendaKind.PRESENTATION))
    for side in two_sides.values():
        for _ in range(2):  # the same form sent twice
            act(appointments.reserve, side=side, agenda_item=item, slots=5)
    programme = _programme()
    assert [(slots.reserved, slots.filled) for slots in programme.slots.values()] == [(5, 0), (5, 0)]
    [(_, speakers)] = programme.agenda[0].roles
    assert [speaker.position for speaker in speakers] == list(range(1, 11))
    act(
        appointments.edit_appointment,
        appointment_id=speakers[0].public_id,
        revision=1,
        command=AppointmentDetails(
            role=AppointmentRole.SPEAKER, agenda_item=item, side=two_sides["VN"], organization="VN-25"
        ),
    )
    assert next(iter(_programme().slots.values())).filled == 1


def test_a30_fewer_slots_take_free_ones_away_and_never_a_speaker(act, appoint, two_sides):
    for code in ("VN-13", "VN-25"):
        appoint("speaker", side=two_sides["VN"], organization=code)
    act(appointments.reserve, side=two_sides["VN"], slots=5)
    act(appointments.reserve, side=two_sides["VN"], slots=2)
    [(_, speakers)] = _programme().roles
    assert [speaker.organization.code for speaker in speakers] == ["VN-13", "VN-25"]
    with pytest.raises(Conflict) as refusal:
        act(appointments.reserve, side=two_sides["VN"], slots=1)
    assert refusal.value.params == {"filled": 2}


def test_b08_the_event_opens_without_a_chair(act, appoint):
    opening = appoint("opening_speaker", labels={"vi": "Thứ trưởng Bộ Ngoại giao"})
    act(appointments.name_person, appointment_id=opening, command=PersonDetails(full_name="Tô Anh Dũng"))
    assert not _programme().chairs
    assert _programme().roles[0][0] is AppointmentRole.OPENING_SPEAKER


def test_b14_a_slot_of_an_embassy_is_filled_later_and_stays_the_same_slot(act, appoint):
    session = act(sessions.add_session, command=SessionDetails(titles={"vi": "Kết nối vì phát triển"}))
    slots = [appoint("speaker", session=session, organization=code) for code in ("EMB-LA-HAN", "EMB-JP-HAN")]
    laos = _appointment(slots[0])
    assert (laos.person, laos.organization.country) == (None, "LA")
    act(appointments.name_person, appointment_id=slots[0], command=PersonDetails(full_name="Khamphao"))
    named = _appointment(slots[0])
    assert (named.id, named.position, named.person.organization.code) == (laos.id, 1, "EMB-LA-HAN")


def test_b15_a_consulate_abroad_speaks_for_viet_nam(appoint):
    place = _appointment(appoint("speaker", organization="VN-CG-CN-NNG"))
    assert (place.organization.country, place.organization.host_country) == ("VN", "CN")


@pytest.mark.parametrize("code", ["VN-13", "VN-25"])
def test_b18_and_b25_a_locality_speaks_without_a_session(appoint, code):
    place = _appointment(appoint("speaker", organization=code, labels={"vi": "Lãnh đạo tỉnh"}))
    assert (place.session, place.labels["vi"]) == (None, "Lãnh đạo tỉnh")


def test_b21_a_slot_may_be_described_in_words_alone(appoint):
    words = {"vi": "một số hiệp hội doanh nghiệp nước ngoài tại Việt Nam"}
    place = _appointment(appoint("speaker", labels=words))
    assert (place.organization, place.person, place.labels) == (None, None, words)


def test_b24_an_unnamed_speaker_of_vasep_is_found_by_abbreviation(appoint):
    place = _appointment(appoint("speaker", organization="VASEP"))
    assert (place.person, place.organization.names["vi"].split()[0]) == (None, "Hiệp")


def test_an_unknown_organisation_is_refused_at_its_field(appoint):
    with pytest.raises(InvalidInput) as refusal:
        appoint("speaker", organization="Hội không có")
    assert refusal.value.field == "organization"


def test_a_person_nobody_needs_any_more_goes_with_the_last_place(act, appoint):
    place = appoint("moderator", organization="DLFA")
    act(appointments.name_person, appointment_id=place, command=PersonDetails(full_name="Một"))
    act(appointments.name_person, appointment_id=place, command=PersonDetails(full_name="Hai"))
    assert db.session.scalars(sa.select(Person.full_name)).all() == ["Hai"]
    act(appointments.remove_appointment, appointment_id=place)
    assert db.session.scalars(sa.select(Person.full_name)).all() == []


def test_a_correction_of_a_name_shows_in_every_place(act, appoint):
    place = appoint("moderator", organization="DLFA")
    person_id = act(appointments.name_person, appointment_id=place, command=PersonDetails(full_name="Hyong"))
    corrected = PersonDetails(full_name="Hương", country="VN")
    act(people.edit_person, person_id=person_id, revision=1, command=corrected)
    assert _appointment(place).person.full_name == "Hương"


def test_a_changed_role_goes_to_the_end_of_its_new_list(act, appoint):
    first = appoint("speaker", organization="VN-13")
    second, third = (appoint(role, organization="VN-25") for role in ("speaker", "moderator"))
    act(
        appointments.edit_appointment,
        appointment_id=first,
        revision=1,
        command=AppointmentDetails(role=AppointmentRole.MODERATOR, organization="VN-13"),
    )
    positions = {key: _appointment(key).position for key in (first, second, third)}
    assert positions == {second: 1, third: 1, first: 2}


def test_removing_a_side_leaves_those_who_were_named_for_it(act, appoint, two_sides):
    kept = appoint("speaker", side=two_sides["VN"], organization="VN-25")
    act(appointments.reserve, side=two_sides["VN"], slots=5)
    act(sides.remove_side, side_id=two_sides["VN"])
    [(_, speakers)] = _programme().roles
    assert ([s.public_id for s in speakers], _appointment(kept).side) == ([kept], None)


def test_two_sides_of_one_event_have_two_codes(act, two_sides):
    with pytest.raises(Conflict) as refusal:
        act(sides.add_side, command=SideDetails(code="RU", names={"vi": "Nga"}))
    assert refusal.value.field == "code"
