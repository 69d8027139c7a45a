"""VTIMEZONE against the zone it describes."""

from bisect import bisect
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.ical.zones import vtimezone


def offset_at(lines: tuple[str, ...], local: str) -> str:
    """Return the offset a reader finds: of the last observance begun by then (RFC 5545 section 3.6.5)."""
    starts = [line.partition(":")[2] for line in lines if line.startswith("DTSTART")]
    offsets = [line.partition(":")[2] for line in lines if line.startswith("TZOFFSETTO")]
    return offsets[bisect(starts, local) - 1]


@pytest.mark.parametrize(
    "zone",
    [
        "Asia/Ho_Chi_Minh",
        "Europe/Moscow",
        "Asia/Yakutsk",
        "America/New_York",
        "Africa/Cairo",
        "America/Caracas",
    ],
)
def test_every_hour_of_two_years_has_the_offset_of_the_zone(zone):
    lines = vtimezone(zone, date(2026, 6, 1), date(2027, 6, 1))
    local = datetime(2026, 6, 1, tzinfo=ZoneInfo(zone))
    for _ in range(2 * 365 * 24):
        ambiguous = local.utcoffset() != local.replace(fold=1).utcoffset()
        assert ambiguous or offset_at(lines, f"{local:%Y%m%dT%H%M%S}") == f"{local:%z}", local
        local += timedelta(hours=1)


def test_zone_without_summer_time_is_one_line_of_standard_time():
    lines = vtimezone("Asia/Ho_Chi_Minh", date(2027, 10, 27), date(2027, 10, 27))
    assert lines.count("BEGIN:STANDARD") == 1
    assert "BEGIN:DAYLIGHT" not in lines
    assert "TZOFFSETTO:+0700" in lines


def test_summer_time_begins_by_the_clock_of_winter():
    lines = vtimezone("America/New_York", date(2028, 1, 1), date(2028, 1, 1))
    assert "DTSTART:20280312T020000" in lines
    assert not any("RDATE" in line for line in lines)
