"""Texts per language: what is missing for those who read them."""

from app.domain.languages import missing_languages

TITLES = [{"vi": "Tọa đàm", "en": "Roundtable", "ru": "Круглый стол"}, {"vi": "Phiên", "en": "Session"}]


def test_one_text_without_a_language_is_enough_to_miss_it():
    assert missing_languages(TITLES, {"ru", "vi"}) == ("ru",)


def test_a_language_that_nobody_reads_is_not_missed():
    assert missing_languages(TITLES, {"vi"}) == ()


def test_missing_languages_stand_in_the_order_of_the_house():
    assert missing_languages([{"vi": "Phiên"}], {"ru", "fr", "en"}) == ("en", "ru", "fr")
