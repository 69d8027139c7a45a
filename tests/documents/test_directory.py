"""Data files of the directory: strict, with file, line and reason."""

import re
import unicodedata
from datetime import date

import pytest

from app.documents.directory import (
    DATA,
    read_organizations,
    read_own_organizations,
    read_sectors,
    read_titles,
)
from app.domain.errors import InvalidInput
from app.domain.organizations import as_json
from app.i18n.wording import error_text

HEAD = "code,kind,name_vi,valid_from,valid_to,phones"


def read(*lines, encoding="utf-8"):
    return read_organizations("\n".join([HEAD, *lines, ""]).encode(encoding), "own.csv")


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["A-1,other,Một,,,", "a 2,other,Hai,,,"], "own.csv, line 3, column code: A code has capital"),
        (["A-1,other,Một,,,", "A-1,other,Hai,,,"], "own.csv, line 3, column code: This code already"),
        (["A-1,pub,Một,,,"], "own.csv, line 2, column kind: The kind “pub” is not known."),
        (["A-1,other,,,,"], "own.csv, line 2: Please give the name in at least one language."),
        (["A-1,other,Một,01/07/2025,,"], "own.csv, line 2, column valid_from: “01/07/2025” is not a day"),
        (["A-1,other,Một,2025,2024,"], "own.csv, line 2, column valid_to: The last day must not be before"),
        (["A-1,other,Một,,"], "own.csv, line 2: It has 5 cells where the header has 6."),
        (['A-1,other,"Một,,,'], "own.csv, line 2: This is not well-formed CSV."),
        (["A-1,other," + unicodedata.normalize("NFD", "Một") + ",,,"], "own.csv, line 2, column name_vi: "),
        (["A-1,other,Mo\u200bt,,,"], "own.csv, line 2, column name_vi: The text is not clean"),
    ],
)  # fmt: skip
def test_a_broken_line_is_named_with_its_reason(lines, sentence):
    with pytest.raises(InvalidInput) as fault:
        read(*lines)
    assert error_text(fault.value, "en").startswith(sentence)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "own.csv, line 1: The file is empty."),
        (b"code,kind,colour\n", "own.csv, line 1: The column colour is not known."),
        (b"code,name_vi\n", "own.csv, line 1: The column kind is missing."),
        (b"code,kind,kind\n", "own.csv, line 1: The column kind stands there twice."),
        ("code,kind\nA,other\nB,địa".encode("utf-16"), "own.csv, line 1: The file is not written in UTF-8."),
    ],
)
def test_a_broken_file_is_named_with_its_reason(content, sentence):
    with pytest.raises(InvalidInput) as fault:
        read_organizations(content, "own.csv")
    assert error_text(fault.value, "en") == sentence


def test_the_reason_is_told_in_the_readers_language():
    with pytest.raises(InvalidInput) as fault:
        read("A-1,pub,Một,,,")
    assert error_text(fault.value, "vi") == "own.csv, dòng 2, cột kind: Không có loại “pub”."


def test_a_year_alone_means_its_first_or_its_last_day():
    (facts,) = read("A-1,other,Một,2024,2025,+84 24 1|+84 24 2")
    assert (facts.valid_from, facts.valid_to) == (date(2024, 1, 1), date(2025, 12, 31))
    assert facts.phones == ("+84 24 1", "+84 24 2")


def test_the_projects_own_files_are_whole():
    own = read_own_organizations()
    assert len(own) == len({facts.code for facts in own}) == 447
    assert len(read_sectors()) == 28
    assert len(read_titles()) == 40
    assert all(facts.source for facts in own)
    for file in DATA.glob("*.csv"):
        content = file.read_bytes()
        assert b"\r" not in content
        assert not content.startswith(b"\xef\xbb\xbf")
        assert unicodedata.is_normalized("NFC", content.decode())


def test_titles_stand_in_the_proposed_order_of_precedence():
    titles = read_titles()
    assert titles[0].names["vi"] == "Bộ trưởng"
    assert [title.precedence for title in titles] == sorted(title.precedence for title in titles)


def test_a_file_read_is_what_a_file_says():
    quang_tri = next(facts for facts in read_own_organizations() if facts.code == "VN-25")
    told = {name: value for name, value in as_json(quang_tri).items() if value and name != "source"}
    assert told == {
        "code": "VN-25",
        "kind": "locality",
        "names": {"vi": "Tỉnh Quảng Trị", "en": "Quang Tri Province", "ru": "Куангчи"},
        "short_names": {"vi": "Quảng Trị", "en": "Quang Tri", "ru": "Куангчи"},
        "kind_labels": {"vi": "tỉnh", "en": "province", "ru": "провинция"},
        "country": "VN",
        "timezone": "Asia/Ho_Chi_Minh",
        "successor": "VN34-44",
        "valid_to": "2025-06-30",
    }


def test_missions_and_associations_have_french_names_that_differ():
    named = [
        facts
        for file in ("missions_foreign.csv", "missions_abroad.csv", "associations.csv")
        for facts in read_organizations((DATA / file).read_bytes(), file)
    ]
    french = [facts.names.get("fr", "") for facts in named]
    assert [facts.code for facts in named if not facts.names.get("fr") or not facts.city.get("fr")] == []
    assert len(set(french)) == len(french)
    assert [name for name in french if re.search(r"\b(de|à) les? |\bd[eu] [AEIOUYÉ]|'", name)] == []
