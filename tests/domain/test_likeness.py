"""Which organisations are perhaps the same: names, kinds and places, never the nearness of letters."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents import directory as files
from app.domain.directory import OrganizationKind, Period
from app.domain.likeness import Agreement, Facts, Index, Profile, compare
from app.domain.naming import country_words
from app.domain.organizations import Facts as Stated
from app.i18n.countries import country_spellings

K = OrganizationKind
COUNTRIES = country_words(country_spellings())


def of_file(stated: Stated) -> Facts:
    names = (*stated.names.values(), *stated.short_names.values(), stated.abbreviation, *stated.aliases)
    return Facts(
        key=stated.code,
        kind=stated.kind,
        names=tuple(name for name in names if name),
        ranks=tuple(stated.kind_labels.values()),
        country=stated.country,
        host_country=stated.host_country,
        cities=tuple(stated.city.values()),
        parent=stated.parent,
        successor=stated.successor,
        period=Period(stated.valid_from, stated.valid_to),
    )


DIRECTORY = {stated.code: of_file(stated) for stated in files.read_own_organizations()}
PROFILES = {code: Profile(facts, COUNTRIES) for code, facts in DIRECTORY.items()}
INDEX = Index(PROFILES.values())
LOCALITIES = [facts for facts in DIRECTORY.values() if facts.kind is K.LOCALITY]


def profile(name: str, kind: OrganizationKind = K.OTHER, **known: object) -> Profile:
    return Profile(Facts(key="?", kind=kind, names=(name,), **known), COUNTRIES)


def like(name: str, kind: OrganizationKind = K.OTHER, **known: object) -> set[str]:
    return {found.facts.key for found, _ in INDEX.like(profile(name, kind, **known))}


def test_no_two_of_the_shipped_directory_are_the_same():
    assert [(a.facts.key, b.facts.key) for a, b in combinations(PROFILES.values(), 2) if compare(a, b)] == []


def test_the_index_finds_exactly_what_comparing_each_with_each_finds():
    doubled = [*PROFILES.values(), *(Profile(replace(f, key=f"{f.key}-2"), COUNTRIES) for f in LOCALITIES)]
    pairs = {(a.facts.key, b.facts.key) for a, b, _ in Index(doubled).pairs()}
    assert pairs == {(f.key, f"{f.key}-2") for f in LOCALITIES}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("UBND tỉnh Hà Tĩnh", {"VN-23", "VN34-42"}),
        ("UBND tỉnh Hà Nam", {"VN-63"}),
        ("Uỷ ban nhân dân TP.HCM", {"VN-SG", "VN34-79"}),
        ("Danang", {"VN-DN", "VN34-48"}),
        ("BR-VT", {"VN-43"}),
        ("Sở NgV tỉnh Quảng Trị", {"DFA-VN-25"}),
        ("Department of Foreign Affairs of Quang Tri Province", {"DFA-VN-25"}),
        ("ĐSQ Nga", {"EMB-RU-HAN"}),
        ("ĐSQ LB Nga tại VN", {"EMB-RU-HAN"}),
        ("Посольство России во Вьетнаме", {"EMB-RU-HAN"}),
        ("ĐSQ Việt Nam tại Nga", {"VN-EMB-RU-MOW"}),
        ("ĐSQ Mỹ", {"EMB-US-HAN"}),
        ("Đại sứ quán nước CHLB Đức tại Hà Nội", {"EMB-DE-HAN"}),
        ("TLSQ VN tại Nam Ninh", {"VN-CG-CN-NNG"}),
        ("TLSQ Nga tại Đà Nẵng", {"CG-RU-DAD"}),
        ("TLSQ Nga tại TP. HCM", {"CG-RU-SGN"}),
        ("Amurskaya oblast'", {"RU-AMU"}),
        ("Амурская обл.", {"RU-AMU"}),
        ("Khabarovskiy kray", {"RU-KHA"}),
        ("Саха (Якутия)", {"RU-SA"}),
        ("Yakutiya", {"RU-SA"}),
        ("Алтайский край", {"RU-ALT"}),
        ("Republic of Altai", {"RU-AL"}),
        ("г. Санкт-Петербург", {"RU-SPE"}),
        ("Novgorodskaya oblast", {"RU-NGR"}),
        ("МИД России", {"MFA-RU"}),
        ("BNG", {"MOFA-VN"}),
        ("Hiệp hội DN Hàn Quốc tại VN", {"KOCHAM"}),
        ("Hiệp hội chế biến và xuất khẩu thuỷ sản VN (VASEP)", {"VASEP"}),
    ],
)
def test_other_spellings_find_the_one_that_is_meant(typed, meant):
    assert like(typed) == meant


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND tỉnh Hà Tĩnh", "UBND tỉnh Hà Nam"),
        ("Tỉnh Hải Dương", "Thành phố Hải Dương"),
        ("Sở Ngoại vụ Hà Nam", "UBND tỉnh Hà Nam"),
        ("Văn phòng UBND tỉnh Hà Nam", "UBND tỉnh Hà Nam"),
        ("ĐSQ Nga tại Việt Nam", "ĐSQ Việt Nam tại Nga"),
        ("ĐSQ Hàn Quốc", "ĐSQ Triều Tiên"),
        ("TLSQ Lào tại Đà Nẵng", "TLSQ Lào tại TP. Hồ Chí Minh"),
        ("Tỉnh Novgorod", "Tỉnh Nizhny Novgorod"),
        ("Tỉnh Moskva", "Thành phố Moskva"),
        ("Tỉnh Hòa An", "Tỉnh Hoa Ấn"),
        ("Hà Tĩnh", "Hà"),
        ("Cao Bằng", "Cao"),
        ("Tĩnh Gia", "Tỉnh Gia"),
    ],
)
def test_places_and_bodies_that_differ_never_agree(one, other):
    assert compare(profile(one), profile(other)) is None


def test_the_place_of_a_tone_is_a_spelling_and_a_different_tone_is_another_name():
    assert compare(profile("Tỉnh Hoà Bình"), profile("Tỉnh Hòa Bình"))
    assert compare(profile("Tỉnh Hoa Binh"), profile("Tỉnh Hòa Bình"))
    assert not compare(profile("Huyện Mỹ Lộc"), profile("Huyện Mỵ Lộc"))


def test_what_did_not_exist_at_one_time_is_not_the_same():
    old = profile("Tỉnh Quảng Trị", K.LOCALITY, period=Period(None, date(2025, 6, 30)))
    new = profile("Tỉnh Quảng Trị", K.LOCALITY, period=Period(date(2025, 7, 1), None))
    assert compare(old, new) is None
    assert like("Tỉnh Quảng Trị", K.LOCALITY, period=Period(date(2026, 1, 1), None)) == {"VN34-44"}


def test_a_successor_is_not_the_same_though_it_bears_the_name():
    older = Facts(key="!", kind=K.MINISTRY, names=("Bộ Công Thương",))
    newer = profile("Bộ Công Thương", K.MINISTRY)
    assert compare(Profile(older, COUNTRIES), newer)
    assert compare(Profile(replace(older, successor="?"), COUNTRIES), newer) is None


def test_units_of_two_ministries_may_bear_one_name():
    one = profile("Vụ Hợp tác quốc tế", K.DEPARTMENT_MINISTRY, parent="MOIT")
    assert compare(one, profile("Vụ Hợp tác quốc tế", K.DEPARTMENT_MINISTRY, parent="MARD")) is None
    assert compare(one, profile("Vụ Hợp tác quốc tế", K.DEPARTMENT_MINISTRY, parent="MOIT"))


def test_the_agreeing_names_are_told_as_each_writes_them():
    assert compare(profile("UBND TP. Hà Nội"), profile("Hanoi", K.LOCALITY)) == Agreement(
        "UBND TP. Hà Nội", "Hanoi"
    )


PREFIXES = ("", "UBND ", "Tỉnh ", "tỉnh ", "UBND tỉnh ", "Ủy ban nhân dân tỉnh ")
PLACES = sorted({facts.names[0] for facts in LOCALITIES if facts.names[0].startswith("Tỉnh ")})
SENDERS = sorted(code for code, facts in DIRECTORY.items() if facts.kind in {K.EMBASSY, K.CONSULATE_GENERAL})
names = st.text(max_size=40) | st.builds("{}{}".format, st.sampled_from(PREFIXES), st.sampled_from(PLACES))
facts = st.builds(
    Facts,
    key=st.text(min_size=1, max_size=3),
    kind=st.sampled_from(K),
    names=st.lists(names, max_size=3).map(tuple),
    country=st.sampled_from([None, "VN", "RU"]),
    host_country=st.sampled_from([None, "VN"]),
    cities=st.lists(st.sampled_from(["Hà Nội", "Hanoi", "Đà Nẵng"]), max_size=2).map(tuple),
)


@given(facts, facts)
def test_likeness_does_not_depend_on_the_order(one, other):
    a, b = Profile(one, COUNTRIES), Profile(other, COUNTRIES)
    there, back = compare(a, b), compare(b, a)
    assert (there is None) == (back is None)


@given(st.sampled_from(PREFIXES), st.sampled_from(PLACES), st.sampled_from(PREFIXES), st.sampled_from(PLACES))
def test_two_different_provinces_never_agree_and_one_always_does(first, one, second, other):
    a = profile(first + one.removeprefix("Tỉnh "))
    b = profile(second + other.removeprefix("Tỉnh "))
    assert (compare(a, b) is not None) == (one == other)


@given(st.sampled_from(SENDERS), st.sampled_from(SENDERS), st.sampled_from(["ĐSQ", "Đại sứ quán", "Embassy"]))
def test_two_different_missions_never_agree_however_they_are_abbreviated(one, other, word):
    short = DIRECTORY[one].names[0].replace("Đại sứ quán", word).replace("Tổng Lãnh sự quán", "TLSQ")
    found = compare(profile(short), PROFILES[other])
    assert (found is not None) == (one == other)


@given(facts)
def test_an_organisation_is_the_same_as_its_copy(one):
    a, b = Profile(one, COUNTRIES), Profile(replace(one, key="the copy"), COUNTRIES)
    assert (compare(a, b) is not None) == bool(a.names)
