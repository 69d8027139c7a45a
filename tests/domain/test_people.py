"""Names and ranks as they are printed."""

import pytest

from app.domain import people
from app.domain.errors import InvalidInput
from app.domain.languages import INTERFACE

_RANKS = {"vi": "Đại sứ", "en": "Ambassador", "ru": "Посол"}


def test_a12_a_russian_reader_sees_the_cyrillic_form_of_the_same_person():
    name = ("Grigoriev Semen Vyacheslavovich", "Григорьев Семён Вячеславович")
    assert people.addressed_name(*name, "", _RANKS, "ru") == "Посол Григорьев Семён Вячеславович"
    assert people.addressed_name(*name, "", _RANKS, "vi") == "Đại sứ Grigoriev Semen Vyacheslavovich"


def test_a12_vietnamese_names_sort_by_the_given_name():
    assert people.sort_name("Nguyễn Triều Thương", "VN") == "Thương Nguyễn Triều"
    assert people.sort_name("Grigoriev Semen Vyacheslavovich", "RU") == "Grigoriev Semen Vyacheslavovich"


def test_the_form_of_address_stands_where_there_is_no_rank():
    assert people.addressed_name("Trần Thanh Huân", None, "ông", {}, "vi") == "ông Trần Thanh Huân"
    assert people.addressed_name("Trần Thanh Huân", None, "", {}, "vi") == "Trần Thanh Huân"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("ông", ("ông", "Mr", "г-н", "M.")),
        ("H.E", ("Ngài", "H.E.", "Е.П.", "S.E.")),
        ("GS.", ("GS.", "GS.", "GS.", "GS.")),
    ],
)
def test_a_form_of_address_is_said_in_the_language_of_the_reader(typed, shown):
    assert tuple(people.form_in(typed, language) for language in INTERFACE) == shown


_UNITS = (
    {"vi": "Cục Ngoại vụ", "en": "Department of Local Foreign Affairs"},
    {"vi": "Bộ Ngoại giao", "en": "Ministry of Foreign Affairs"},
)


@pytest.mark.parametrize(
    ("posts", "language", "line"),
    [
        ({"vi": "Cục trưởng Cục Ngoại vụ"}, "vi", ("Cục trưởng Cục Ngoại vụ, Bộ Ngoại giao", "vi")),
        ({"vi": "Cục trưởng"}, "en", ("Cục trưởng, Cục Ngoại vụ, Bộ Ngoại giao", "vi")),
        ({}, "en", ("Department of Local Foreign Affairs, Ministry of Foreign Affairs", "en")),
    ],
)
def test_a10_the_unit_stands_once_in_the_language_of_the_post(posts, language, line):
    assert people.post_line(posts, _UNITS, "", language) == line


def test_b23_the_ambassador_of_a_country_names_his_embassy():
    embassy = {"vi": "Đại sứ quán Việt Nam tại Nhật Bản"}
    line, _ = people.post_line({"vi": "Đại sứ Việt Nam tại Nhật Bản"}, [embassy], "", "vi")
    assert line == "Đại sứ Việt Nam tại Nhật Bản"


def test_an_institution_in_words_stands_where_the_directory_has_none():
    assert people.post_line({"vi": "Vụ trưởng"}, (), "Bộ Ngoại giao", "vi") == (
        "Vụ trưởng, Bộ Ngoại giao",
        "vi",
    )


def test_b02_the_deputy_minister_is_first_in_precedence():
    order = sorted([(None, "An"), (50, "Huân"), (30, "Dũng")], key=lambda who: people.protocol_key(*who))
    assert [name for _, name in order] == ["Dũng", "Huân", "An"]


def test_a_person_without_a_name_is_refused_at_the_field():
    with pytest.raises(InvalidInput) as refusal:
        people.PersonDetails(full_name=" ")
    assert refusal.value.field == "full_name"


def test_an_abbreviation_behind_the_name_of_an_institution_is_no_other_name():
    name = "Hiệp hội Chế biến và Xuất khẩu Thủy sản Việt Nam"
    assert people.repeats("Đại diện Hiệp hội Chế biến và xuất khẩu thủy sản Việt Nam (VASEP)", name)
    assert not people.repeats("Đại diện (VASEP)", name)
