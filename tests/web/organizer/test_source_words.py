"""The sources of the directory, in words that an official knows."""

import csv

import pytest

from app.documents.directory import DATA, ORGANIZATIONS
from app.web.organizer.source_words import in_words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("seed 1", "bản tin về tọa đàm ngày 27/10/2021"),
        ("seed 4 (TTXVN)", "bản tin về cuộc gặp gỡ ngày 13/12/2021"),
        ("French name: courtesy translation", "tên dịch tham khảo: Tiếng Pháp"),
        ("Russian and French names: courtesy translation", "tên dịch tham khảo: Tiếng Nga, Tiếng Pháp"),
        ("English and Russian names: courtesy translation", "tên dịch tham khảo: Tiếng Anh, Tiếng Nga"),
        ("Russian name: CLDR 41", "tên (Tiếng Nga): CLDR 41"),
        ("GSO code: dvhcvn 2025-03-01", "mã của Tổng cục Thống kê: dvhcvn 2025-03-01"),
        ("CLDR 41; https://x.example/a", "CLDR 41; https://x.example/a"),
        ("", ""),
    ],
)
def test_what_is_known_is_said_in_words_and_the_rest_stays(source, words):
    assert in_words(source, "vi") == words


def test_no_source_of_the_directory_speaks_of_seeds():
    for file in ORGANIZATIONS:
        with (DATA / file).open(encoding="utf-8") as rows:
            said = {row["source"] for row in csv.DictReader(rows)}
        assert [source for source in said if "seed" in in_words(source, "en")] == []
