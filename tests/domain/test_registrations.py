"""Rules of registrations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.directory import OrganizationKind
from app.domain.errors import Conflict, InvalidInput
from app.domain.registrations import (
    DelegateRole,
    admits,
    free_places,
    is_counted,
    is_same_person,
    request_fingerprint,
    require_one_head,
    require_same_person,
)


def test_interpreters_and_technicians_are_not_counted():
    assert {role.value for role in DelegateRole if not is_counted(role)} == {"interpreter", "technician"}


def test_b20_session_without_kinds_admits_everybody_and_with_kinds_those_alone():
    assert admits([], None)
    assert admits(["enterprise"], OrganizationKind.ENTERPRISE)
    assert not admits(["enterprise"], OrganizationKind.LOCALITY)
    assert not admits(["enterprise"], None)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Lê Văn Tú", "tu@x.vn"), ("LE VAN TU", "Tu@x.vn"), True),
        (("Lê Văn Tú", None), ("Lê Văn Tư", None), False),
        (("Lê Văn Tú", None), ("lê văn tú", ""), True),
        (("Lê Văn Tú", "tu@x.vn"), ("Lê Văn Tú", None), False),
        (("Lê Văn Tú", "office@x.vn"), ("Trần An", "office@x.vn"), False),
    ],
)
def test_same_person_has_the_same_name_and_address(one, other, same):
    assert is_same_person(one, other) is same


def test_spelling_may_be_corrected_and_names_turned_round_but_not_replaced():
    require_same_person("Nguyen Van An", "Văn An Nguyễn")
    with pytest.raises(InvalidInput, match="name_of_another"):
        require_same_person("Nguyễn Văn An", "Nguyễn Văn Bình")


def test_second_head_is_refused_by_name():
    require_one_head(DelegateRole.HEAD_OF_DELEGATION, [])
    require_one_head(DelegateRole.SPEAKER, ["An"])
    with pytest.raises(Conflict, match="head_exists"):
        require_one_head(DelegateRole.HEAD_OF_DELEGATION, ["An"])


@given(st.text(), st.text(), st.text())
def test_same_key_of_two_institutions_is_not_the_same_request(one, other, key):
    assert len(request_fingerprint(one, key)) == 40
    assert (request_fingerprint(one, key) == request_fingerprint(other, key)) is (one == other)


@given(st.none() | st.integers(0, 100), st.integers(0, 200))
def test_free_places_are_never_negative(capacity, taken):
    left = free_places(capacity, taken)
    assert left is None if capacity is None else left == max(0, capacity - taken)
