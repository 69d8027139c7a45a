"""Name plates: of confirmed people and of institutions that come, in protocol order."""

import pytest

from app.domain.events import ProtocolOrder
from app.domain.invitations import InvitationState
from app.domain.plates import PlateKind
from app.domain.registrations import DelegateRole
from app.queries.plates import list_plates
from app.services.transaction import unit_of_work
from tests.registration_rows import register_one, store_event, store_invitation

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def event(now):
    """Two delegations; one of them has accepted and put itself first by hand."""
    event = store_event(protocol_order=ProtocolOrder.ALPHABETICAL, capacity=2)
    first = store_invitation(event, name="An Giang")
    second = store_invitation(event, name="Quảng Trị")
    register_one(first, now, "Lê Thị Bình", posts={"vi": "Phó Giám đốc", "en": "Deputy Director"})
    register_one(first, now, "Phạm Dịch", role=DelegateRole.INTERPRETER)
    register_one(second, now, "Ivanov Ivan", native_name="Иванов Иван", ranks={"vi": "Đại sứ"})
    register_one(second, now, "Người Chờ")
    with unit_of_work():
        second.protocol_position = 1
        second.state = InvitationState.ACCEPTED
        first.state = InvitationState.DECLINED
    return event


def test_c07_plates_of_people_follow_the_protocol_order_and_leave_out_who_waits(event):
    plates = list_plates(event, PlateKind.PEOPLE, language="vi")
    assert [(plate.name, list(plate.lines)) for plate in plates] == [
        ("Đại sứ Ivanov Ivan", ["Quảng Trị"]),
        ("Lê Thị Bình", ["Phó Giám đốc", "An Giang"]),
    ]


def test_c07_plates_are_written_in_the_language_that_is_asked_for(event):
    plates = list_plates(event, PlateKind.PEOPLE, language="en")
    assert list(plates[1].lines) == ["Deputy Director", "An Giang"]
    assert "Иванов Иван" in list_plates(event, PlateKind.PEOPLE, language="ru")[0].name


def test_c07_plates_of_institutions_are_those_that_have_accepted(event):
    assert [plate.name for plate in list_plates(event, PlateKind.INSTITUTIONS, language="vi")] == [
        "Quảng Trị"
    ]


def test_a_plate_begins_with_a_capital_letter(event, now):
    with unit_of_work():
        event.capacity = 5
    register_one(store_invitation(event, name="Huế"), now, "Trần Văn An", form_of_address="ông")
    names = [plate.name for plate in list_plates(event, PlateKind.PEOPLE, language="vi")]
    assert "Ông Trần Văn An" in names


def test_no_line_ends_within_the_name_of_a_country(event):
    embassy = store_invitation(event, name="Đại sứ quán Hoa Kỳ tại Việt Nam", country="US")
    with unit_of_work():
        embassy.state = InvitationState.ACCEPTED
    names = [plate.name for plate in list_plates(event, PlateKind.INSTITUTIONS, language="vi")]
    assert "Đại sứ quán Hoa\xa0Kỳ tại Việt\xa0Nam" in names


def test_longer_names_are_set_smaller(event):
    assert [plate.length for plate in list_plates(event, PlateKind.PEOPLE, language="vi")] == [
        "short",
        "short",
    ]
