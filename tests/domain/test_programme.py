"""Order of the programme, and what sessions and places must say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import programme
from app.domain.directory import OrganizationKind
from app.domain.errors import InvalidInput
from app.domain.programme import AgendaItemDetails, AgendaKind, AppointmentDetails, AppointmentRole

_ORDERS = st.lists(st.integers(), min_size=1, max_size=20, unique=True)


@given(order=_ORDERS, places=st.integers(-30, 30), data=st.data())
def test_b19_moving_keeps_everything_else_in_its_order(order, places, data):
    item = data.draw(st.sampled_from(order))
    moved = programme.moved(order, item, places)
    assert [other for other in moved if other != item] == [other for other in order if other != item]
    assert moved.index(item) == max(0, min(len(order) - 1, order.index(item) + places))


@given(order=_ORDERS, data=st.data())
def test_moving_down_and_up_again_changes_nothing(order, data):
    item = data.draw(st.sampled_from(order))
    down = programme.moved(order, item, 1)
    assert programme.moved(down, item, -1) == tuple(order) or item == order[-1]


def test_b20_a_session_admits_the_kinds_it_names_and_everybody_where_it_names_none():
    missions = [OrganizationKind.EMBASSY, OrganizationKind.LOCALITY]
    assert not programme.admits(missions, OrganizationKind.ENTERPRISE)
    assert programme.admits([*missions, OrganizationKind.ENTERPRISE], OrganizationKind.ENTERPRISE)
    assert programme.admits([], OrganizationKind.ENTERPRISE)
    assert not programme.admits(missions, None)


def test_nobody_loses_a_seat_by_a_smaller_capacity():
    with pytest.raises(InvalidInput) as refusal:
        programme.require_capacity(9, taken=10)
    assert (refusal.value.field, refusal.value.params) == ("capacity", {"taken": 10})
    programme.require_capacity(10, taken=10)
    programme.require_capacity(None, taken=10)


def test_a_place_belongs_to_somebody():
    with pytest.raises(InvalidInput) as refusal:
        AppointmentDetails(role=AppointmentRole.SPEAKER)
    assert refusal.value.field == "organization"


def test_an_interpreter_works_between_two_languages():
    with pytest.raises(InvalidInput) as refusal:
        AppointmentDetails(role=AppointmentRole.INTERPRETER, side="any", from_language="vi", to_language="vi")
    assert refusal.value.field == "to_language"


def test_an_agenda_item_of_another_kind_says_what_it_is():
    with pytest.raises(InvalidInput) as refusal:
        AgendaItemDetails(kind=AgendaKind.OTHER)
    assert refusal.value.field == "titles"
