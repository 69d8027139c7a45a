"""What the directory answers: names, groups as of a day, generations of localities."""

from datetime import date

import pytest

from app.domain.directory import DirectoryFilter, GroupCode, OrganizationKind, path
from app.domain.errors import NotFound
from app.i18n.countries import country_name
from app.queries import directory
from app.queries import organizations as lookup

pytestmark = pytest.mark.usefixtures("real_directory", "context")

SEED_1, SEED_4, TODAY = date(2021, 10, 27), date(2021, 12, 13), date(2026, 11, 22)


def codes(organizations):
    return [organization.code for organization in organizations]


def test_a10_a_unit_is_named_with_those_above_it():
    unit = directory.get_by_code("MOFA-VN-DLFA")
    assert path((row.names for row in lookup.list_above(unit)), "vi") == "Cục Ngoại vụ, Bộ Ngoại giao"
    assert codes(lookup.list_units(directory.get_by_code("MOFA-VN"))) == ["MOFA-VN-SPD", "MOFA-VN-DLFA"]


def test_a16_the_18_localities_of_the_seed_sort_in_vietnamese_order():
    printed = {
        "Quảng Trị", "Ninh Thuận", "Thái Bình", "Bà Rịa - Vũng Tàu", "Gia Lai", "Thừa Thiên Huế", "Đồng Tháp",
        "Bình Thuận", "Đồng Nai", "Hà Tĩnh", "Khánh Hòa", "Lâm Đồng", "Quảng Nam", "Quảng Ninh", "Vĩnh Phúc",
        "Nghệ An", "Hà Nội", "Hải Phòng",
    }  # fmt: skip
    on_the_day = directory.list_members("localities", on=SEED_1)
    named = [row.short_names["vi"] for row in on_the_day if row.short_names["vi"] in printed]
    assert len(named) == 18
    assert named[:6] == ["Bà Rịa - Vũng Tàu", "Bình Thuận", "Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Nội"]


def test_a17_localities_are_versioned():
    assert len(directory.list_members("localities", on=SEED_1)) == 63
    assert len(directory.list_members("localities", on=date(2025, 6, 30))) == 63
    assert len(directory.list_members("localities", on=date(2025, 7, 1))) == 34
    assert {"VN-25", "VN-26", "VN-43"} <= set(codes(directory.list_members("localities", on=SEED_1)))
    assert "VN-25" not in codes(directory.list_members("localities", on=TODAY))


def test_a17_generations_are_linked_both_ways():
    former, present = directory.get_by_code("VN-25"), directory.get_by_code("VN34-44")
    assert former.successor is present
    assert codes(lookup.list_predecessors(present)) == ["VN-24", "VN-25"]
    localities = directory.list_members("localities", on=SEED_1)
    assert all(row.successor is not None for row in localities)
    assert len({row.successor_id for row in localities}) == 34


def test_a17_hue_is_found_under_both_its_names():
    assert codes(directory.search("Thua Thien Hue", on=SEED_1)) == ["VN-26"]
    assert codes(directory.search("Huế", on=SEED_1)) == ["VN-26"]
    assert codes(directory.search("Thừa Thiên Huế", on=TODAY)) == ["VN34-46"]


def test_a18_subjects_carry_the_words_for_their_kind():
    kinds = {
        code: directory.get_by_code(code).kind_labels["vi"]
        for code in ("RU-SA", "RU-ZAB", "RU-AMU", "RU-VLG", "RU-SPE")
    }
    assert kinds == {
        "RU-SA": "cộng hòa", "RU-ZAB": "vùng", "RU-AMU": "tỉnh", "RU-VLG": "tỉnh", "RU-SPE": "thành phố",
    }  # fmt: skip
    assert directory.get_by_code("RU-ZAB").kind_labels["ru"] == "край"


def test_a19_a_unit_is_found_without_diacritics_and_by_alias():
    wanted = {
        "Vologod": "RU-VLG",
        "Yakutia": "RU-SA",
        "yukutia": "RU-SA",
        "якутия": "RU-SA",
        "quang tri": "VN34-44",
        "QUẢNG TRỊ": "VN34-44",
        "BR-VT": "VN-43",
        "ba ria vung tau": "VN-43",
        "da nang": "VN34-48",
        "VN-25": "VN-25",
    }
    assert {
        typed: code for typed, code in wanted.items() if code not in codes(directory.search(typed))[:3]
    } == {}


def test_a19_a_search_for_nothing_that_is_there_finds_nothing():
    assert codes(directory.search("Atlantis")) == []
    assert codes(directory.search("100%_")) == []


def test_b03_the_group_of_localities_depends_on_the_day():
    assert directory.count_members(on=SEED_4)[GroupCode.LOCALITIES] == 63
    assert directory.count_members(on=TODAY)[GroupCode.LOCALITIES] == 34


def test_b04_missions_abroad_are_all_of_viet_nam_and_none_at_home():
    members = directory.list_members("missions_abroad", on=TODAY)
    assert len(members) == 100
    assert {row.country for row in members} == {"VN"}
    assert "VN" not in {row.host_country for row in members}


def test_b05_the_embassies_in_hanoi_leave_out_the_consulates_in_da_nang():
    members = directory.list_members("diplomatic_corps_hanoi", on=TODAY)
    assert len(members) == 80
    assert {row.region for row in members} == {"VN-HN"}
    assert {"EMB-LA-HAN", "EMB-JP-HAN", "EMB-RU-HAN", "EMB-FR-HAN"} <= set(codes(members))
    assert "CG-JP-DAD" not in codes(members)
    assert "EMB-PT-HAN" not in codes(directory.list_members("diplomatic_corps_hanoi", on=SEED_4))


def test_b06_foreign_associations_leave_out_vasep():
    members = codes(directory.list_members("foreign_associations", on=TODAY))
    assert "EUROCHAM" in members
    assert "VASEP" not in members
    assert "VASEP" in codes(directory.list_members("business_associations", on=TODAY))


def test_b12_the_missions_of_2021_are_fewer_than_those_of_today():
    then = codes(directory.list_members("missions_abroad", on=SEED_4))
    assert len(then) == 97
    assert "VN-CG-KR-PUS" not in then
    assert len(directory.list_members("missions_abroad", on=date(2025, 8, 12))) == 99
    assert len(directory.list_members("missions_abroad", on=date(2025, 8, 13))) == 100


def test_b15_the_consulate_in_nanning_is_vietnamese_and_sits_in_china():
    assert "VN-CG-CN-NNG" in codes(
        directory.list_page(DirectoryFilter(country="VN", place="CN"), size=500).items
    )
    assert {row.code for row in directory.list_page(DirectoryFilter(country="CN"), size=500).items} == {
        "EMB-CN-HAN", "CG-CN-SGN", "CG-CN-DAD", "CBAV",
    }  # fmt: skip


def test_b24_an_association_is_found_by_abbreviation_and_by_its_full_name():
    assert codes(directory.search("vasep"))[0] == "VASEP"
    assert codes(directory.search("hiep hoi che bien va xuat khau thuy san"))[0] == "VASEP"


def test_a_country_finds_its_missions_in_every_language():
    for language in ("vi", "en", "ru", "fr"):
        assert "EMB-JP-HAN" in codes(directory.search(country_name("JP", language), on=TODAY))


def test_a_list_is_cut_into_pages_that_hold_everything_once():
    wanted = DirectoryFilter(kind=OrganizationKind.EMBASSY)
    pages = [directory.list_page(wanted, number=number, size=60) for number in (1, 2, 3)]
    seen = [code for page in pages for code in codes(page.items)]
    assert pages[0].last == 3
    assert len(seen) == len(set(seen)) == pages[0].total
    assert directory.list_page(wanted, number=99, size=60).number == 3


def test_a_list_can_be_turned_round_and_put_by_kind():
    wanted = DirectoryFilter(group=GroupCode.LOCALITIES, on=TODAY)
    names = [row.short_names["vi"] for row in directory.list_page(wanted, order="-name").items]
    assert names[0] == "Vĩnh Long"
    assert (
        directory.list_page(DirectoryFilter(on=TODAY), order="kind").items[0].kind
        is OrganizationKind.MINISTRY
    )


def test_what_is_not_there_is_not_found():
    with pytest.raises(NotFound):
        lookup.get("nothing")
    with pytest.raises(NotFound):
        directory.get_by_code("VN-00")
    with pytest.raises(NotFound):
        directory.list_members("everybody", on=TODAY)
