"""Moments in words: host zone first, the reader's beside it, nothing invented."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from markupsafe import escape

from app.domain.languages import INTERFACE
from app.i18n.moments import (
    city,
    format_clock,
    format_date,
    format_day,
    format_moment,
    format_short_date,
    format_timestamp,
    kept_together,
    offset,
)
from app.i18n.numbers import format_number

HANOI = "Asia/Ho_Chi_Minh"
STARTS = datetime(2027, 10, 27, 7, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=3)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", "thứ Tư, 27/10/2027, 14:00–17:00 Hà Nội (GMT+7) · 10:00–13:00 Moscow (GMT+3)"),
        ("en", "Wednesday, 27 October 2027, 14:00–17:00 Hanoi (GMT+7) · 10:00–13:00 Moscow (GMT+3)"),
        ("ru", "среда, 27 октября 2027 г., 14:00–17:00 Ханой (GMT+7) · 10:00–13:00 Москва (GMT+3)"),
        ("fr", "mercredi 27 octobre 2027, 14:00–17:00 Hanoï (GMT+7) · 10:00–13:00 Moscou (GMT+3)"),
    ],
)
def test_host_zone_first_and_the_readers_beside_it(language, words):
    assert str(format_moment(STARTS, ENDS, HANOI, language, "Europe/Moscow")) == words


def test_b23_tokyo_reads_two_hours_later():
    assert format_moment(STARTS, ENDS, HANOI, "vi", "Asia/Tokyo").reader == "16:00–19:00 Tokyo (GMT+9)"


def test_a_date_change_across_midnight_is_shown():
    morning = STARTS - timedelta(hours=5)
    moment = format_moment(morning, morning + timedelta(hours=2), HANOI, "vi", "America/New_York")
    assert moment.host == "thứ Tư, 27/10/2027, 09:00–11:00 Hà Nội (GMT+7)"
    assert moment.reader == "thứ Ba, 26/10/2027, 22:00–24:00 New York, Washington (GMT−4)"


def test_more_than_one_day_prints_both_dates_in_both_zones():
    moment = format_moment(STARTS, ENDS + timedelta(days=2), HANOI, "en", "Asia/Tokyo")
    assert moment.host == "Wednesday, 27 October 2027, 14:00 – Friday, 29 October 2027, 17:00 Hanoi (GMT+7)"
    assert moment.reader is not None
    assert moment.reader.startswith("Wednesday, 27 October 2027, 16:00 – Friday")


def test_a_reader_on_the_same_clock_reads_it_once():
    assert format_moment(STARTS, ENDS, HANOI, "vi", "Asia/Bangkok").reader is None


def test_a05_a_day_without_clock_time_stays_without_one():
    assert format_day(date(2021, 10, 27), "afternoon", "vi") == "chiều 27/10/2021"
    assert format_day(date(2021, 10, 27), "afternoon", "en") == "afternoon of 27 October 2021"
    assert format_day(date(2021, 10, 27), None, "ru") == "среда, 27 октября 2021 г."
    assert format_day(date(2021, 10, 27), "afternoon", "fr") == "après-midi du 27 octobre 2021"


def test_french_writes_the_first_of_a_month_as_an_ordinal():
    first = date(2027, 7, 1)
    assert format_date(first, "fr") == "1er juillet 2027"
    assert (format_short_date(first, "fr"), format_short_date(first, "en")) == ("1er juillet", "1 July")


def test_b30_unknown_stays_unknown():
    assert [format_day(None, None, code) for code in INTERFACE] == [
        "chưa xác định",
        "to be determined",
        "уточняется",
        "à préciser",
    ]


def test_a04_a_publication_moment_in_vietnamese():
    assert format_timestamp(datetime(2021, 10, 28, 13, 24, tzinfo=UTC), HANOI, "vi") == "28/10/2021 20:24"


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Asia/Kolkata", "GMT+5:30"),
        ("America/St_Johns", "GMT−2:30"),
        ("Europe/London", "GMT+1"),
        ("UTC", "GMT"),
        ("Pacific/Auckland", "GMT+13"),
    ],
)
def test_offsets_hold_at_that_moment(zone, words):
    assert offset(zone, STARTS) == words


def test_zones_without_an_entry_are_named_by_their_city():
    assert city("Europe/Paris", "ru") == "Париж"
    assert city("Europe/Paris", "vi") == "Paris"
    assert (city("Europe/London", "fr"), city("Europe/London", "vi")) == ("Londres", "London")


def test_clock_alone_for_programmes_whose_heading_names_day_and_zone():
    assert format_clock(STARTS, ENDS, HANOI) == "14:00–17:00"
    assert format_clock(STARTS, None, HANOI) == "14:00"


def test_decimal_comma_in_vietnamese_and_point_in_english():
    assert [format_number(Decimal("4.85"), code) for code in INTERFACE] == ["4,85", "4.85", "4,85", "4,85"]
    assert format_number(6900, "vi") == "6.900"


def test_languages_without_interface_read_english():
    assert format_date(date(2027, 10, 27), "de") == "27 October 2027"


def test_b23_under_a_heading_that_names_the_day_hours_stand_with_their_zone_alone():
    day = STARTS.astimezone(ZoneInfo(HANOI)).date()
    moment = format_moment(STARTS, ENDS, HANOI, "vi", "Asia/Tokyo", day=day)
    assert str(moment) == "14:00–17:00 Hà Nội (GMT+7) · 16:00–19:00 Tokyo (GMT+9)"
    assert format_moment(STARTS, ENDS, HANOI, "vi", day=day + timedelta(days=1)).host.startswith("thứ ")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("thứ Tư, 27/10/2027, 14:00–17:00 Hà Nội (GMT+7)", ("14:00–17:00 Hà Nội (GMT+7)",)),
        ("19:30–22:30 New Delhi (GMT+5:30)", ("19:30–22:30 New Delhi (GMT+5:30)",)),
        ("22:00 – Thursday, 28 October 2027, 02:00 Moscow (GMT+3)", ("02:00 Moscow (GMT+3)",)),
        ("Kết nối · 14:00–15:20 Hà Nội (GMT+7) · hết chỗ", ("14:00–15:20 Hà Nội (GMT+7)",)),
        ("23/12, 15:00–18:00", ("15:00–18:00",)),
        ("28/10/2021 20:24", ()),
    ],
)
def test_on_pages_hours_are_not_torn_from_each_other_nor_from_their_zone(words, shown):
    assert re.findall(r'<span class="hours">(.*?)</span>', kept_together(words)) == list(shown)
    assert kept_together(words).striptags() == words


def test_a_moment_in_a_page_keeps_its_hours_together_and_in_plain_text_says_the_same_words():
    starts = datetime(2027, 10, 27, 7, tzinfo=UTC)
    words = format_moment(starts, starts + timedelta(hours=3), "Asia/Ho_Chi_Minh", "vi", "Europe/Moscow")
    assert escape(words).striptags() == str(words)
    assert escape(words).startswith(
        'thứ Tư, 27/10/2027, <span class="hours">14:00–17:00 Hà Nội (GMT+7)<span '
    )
    assert escape(words).endswith('</span></span> <span class="hours">10:00–13:00 Moscow (GMT+3)</span>')


def test_what_people_typed_beside_hours_is_escaped():
    assert kept_together("<b> · 14:00–15:00") == '&lt;b&gt; · <span class="hours">14:00–15:00</span>'
