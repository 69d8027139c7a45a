"""What an organisation must satisfy."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.contacts import ContactDetails
from app.domain.directory import OrganizationKind, changes, path, short_name
from app.domain.errors import InvalidInput
from app.domain.organizations import Facts, as_json, new_code, require_no_circle

FACTS = Facts(code="VIETTEL", kind=OrganizationKind.CORPORATION, names={"vi": "Tập đoàn"})


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"names": {}}, "names"),
        ({"names": {"vi": ""}}, "names"),
        ({"code": "viettel"}, "code"),
        ({"code": "A" * 41}, "code"),
        ({"country": "vn"}, "country"),
        ({"host_country": "VNM"}, "host_country"),
        ({"timezone": "Asia/Hanoi"}, "timezone"),
        ({"timezone": "../etc/passwd"}, "timezone"),
        ({"email": "so ngoai vu"}, "email"),
        ({"confidence": "D"}, "confidence"),
        ({"valid_from": date(2025, 7, 1), "valid_to": date(2025, 6, 30)}, "valid_to"),
        ({"aliases": ("a" * 201,)}, "aliases"),
        ({"names": {"vi": "a" * 401}}, "names"),
    ],
)
def test_facts_that_break_a_rule_are_refused_at_their_field(wrong, field):
    with pytest.raises(InvalidInput) as refused:
        replace(FACTS, **wrong)
    assert refused.value.field == field


def test_a_code_is_made_from_a_name_in_latin_letters():
    assert new_code("Tập đoàn Dệt May Việt Nam") == "TAP-DOAN-DET-MAY-VIET-NAM"
    assert new_code("Якутия") == "ORGANIZATION"


def test_nobody_stands_above_himself():
    require_no_circle({"A": "B", "B": "C", "C": None}, "parent")
    with pytest.raises(InvalidInput) as refused:
        require_no_circle({"A": "B", "B": "C", "C": "A"}, "parent")
    assert (refused.value.code, refused.value.field) == ("circle", "parent")


def test_a_path_and_a_short_name_are_said_in_one_language():
    unit, ministry = {"vi": "Cục Ngoại vụ", "en": "Department"}, {"vi": "Bộ Ngoại giao"}
    assert path([unit, ministry], "vi") == "Cục Ngoại vụ, Bộ Ngoại giao"
    assert path([unit, ministry], "en") == "Department, Bộ Ngoại giao"
    assert short_name({"vi": "Tỉnh Amur", "ru": "Амурская область"}, {"vi": "Amur"}, "vi") == "Amur"
    assert (
        short_name({"vi": "Tỉnh Amur", "ru": "Амурская область"}, {"vi": "Amur"}, "ru") == "Амурская область"
    )


def test_what_differs_is_told_with_before_and_after():
    before, after = as_json(FACTS), as_json(replace(FACTS, aliases=("Z", "A", "Z")))
    assert changes(before, after) == {"aliases": [[], ["A", "Z"]]}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"email": "a@b.vn"}, "contact_unnamed"),
        ({"full_name": "Nguyễn Văn A"}, "contact_unreachable"),
        ({"post": "Văn thư", "phones": ("1" * 61,)}, "too_long"),
    ],
)
def test_a_contact_is_somebody_who_can_be_reached(given, code):
    with pytest.raises(InvalidInput) as refused:
        ContactDetails(**given)
    assert refused.value.code == code
