"""People are snapshots of one event."""

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.errors import NotAllowed, NotFound
from app.domain.people import PersonDetails, protocol_key
from app.domain.programme import AppointmentDetails, AppointmentRole
from app.models.people import Person
from app.models.programme import Appointment
from app.services import people
from app.services.programme import appointments
from tests.programme import make_directory, make_event

_THUONG = PersonDetails(
    full_name="Nguyễn Triều Thương", posts={"vi": "Giám đốc Sở Ngoại vụ"}, organization="VN-25", country="VN"
)


@pytest.fixture
def name(context, organizer, now):
    """Put a person on the programme of an event; return his public id."""
    make_directory()

    def do(slug, person):
        make_event(slug)
        where = {"actor": organizer, "slug": slug, "now": now}
        details = AppointmentDetails(role=AppointmentRole.SPEAKER, organization="VN-25")
        place = appointments.appoint(command=details, **where)
        return appointments.name_person(appointment_id=place, command=person, **where)

    return do


def _person(public_id):
    return db.session.scalars(sa.select(Person).where(Person.public_id == public_id)).one()


def test_a06_a_title_is_kept_as_it_was_at_the_event(name, organizer, now):
    then, later = name("2021", _THUONG), name("2027", _THUONG)
    promoted = PersonDetails(full_name=_THUONG.full_name, posts={"vi": "Phó Chủ tịch UBND tỉnh"})
    people.edit_person(actor=organizer, slug="2027", person_id=later, revision=1, command=promoted, now=now)
    assert _person(then).posts == {"vi": "Giám đốc Sở Ngoại vụ"}
    assert _person(then).organization.code == "VN-25"
    assert _person(later).posts == {"vi": "Phó Chủ tịch UBND tỉnh"}


def test_b02_the_deputy_minister_stands_first(name):
    vip = PersonDetails(full_name="Tô Anh Dũng", posts={"vi": "Thứ trưởng"}, precedence=30, country="VN")
    for slug, person in (("a", _THUONG), ("b", vip)):
        name(slug, person)
    everybody = db.session.scalars(sa.select(Person)).all()
    first, _ = sorted(everybody, key=lambda person: protocol_key(person.precedence, person.sort_name))
    assert first.full_name == "Tô Anh Dũng"


def test_a12_the_sort_name_follows_the_country(name):
    assert _person(name("a", _THUONG)).sort_name == "Thương Nguyễn Triều"


def test_a_person_of_another_event_is_not_found(name, organizer, colleague, now):
    person_id = name("a", _THUONG)
    make_event("b")
    with pytest.raises(NotFound):
        people.edit_person(
            actor=organizer, slug="b", person_id=person_id, revision=1, command=_THUONG, now=now
        )
    with pytest.raises(NotAllowed):
        people.edit_person(
            actor=colleague, slug="a", person_id=person_id, revision=1, command=_THUONG, now=now
        )


@pytest.mark.parametrize(
    "typed",
    [
        "VASEP",
        "Hiệp hội Chế biến và Xuất khẩu Thủy sản Việt Nam",
        "hiep hoi che bien va xuat khau thuy san viet nam",
    ],
)
def test_b24_an_association_is_found_by_abbreviation_and_by_full_name(context, organizer, now, typed):
    make_directory()
    make_event("a")
    command = AppointmentDetails(role=AppointmentRole.SPEAKER, organization=typed)
    appointments.appoint(actor=organizer, slug="a", command=command, now=now)
    assert db.session.scalars(sa.select(Appointment)).one().organization.code == "VASEP"
