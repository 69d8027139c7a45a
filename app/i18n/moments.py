"""Dates, times and zones in words: own patterns, the zone always printed.

CLDR is not used for patterns: its Russian zone names say "летнее время" everywhere and its long Vietnamese
format puts the time first. Only cities without an entry below come from it.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from markupsafe import Markup, escape

from app.domain.languages import INTERFACE
from app.i18n.catalogue import N_, SOURCE, gettext

_WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}
_MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "ru": (
        "января", "февраля", "марта", "апреля", "мая", "июня",
        "июля", "августа", "сентября", "октября", "ноября", "декабря",
    ),
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
}  # fmt: skip
_PARTS_OF_DAY = {
    "morning": N_("morning of {date}"),
    "afternoon": N_("afternoon of {date}"),
    "evening": N_("evening of {date}"),
    "all_day": N_("all day, {date}"),
}
_UNKNOWN = N_("to be determined")

# The capital names the zone that letters quote: Viet Nam's zone is Asia/Ho_Chi_Minh, its letters say Hà Nội.
_CITIES = {
    "Asia/Ho_Chi_Minh": ("Hà Nội", "Hanoi", "Ханой", "Hanoï"),
    "Asia/Bangkok": ("Bangkok", "Bangkok", "Бангкок", "Bangkok"),
    "Asia/Vientiane": ("Viêng Chăn", "Vientiane", "Вьентьян", "Vientiane"),
    "Asia/Phnom_Penh": ("Phnôm Pênh", "Phnom Penh", "Пномпень", "Phnom Penh"),
    "Asia/Shanghai": ("Bắc Kinh", "Beijing", "Пекин", "Pékin"),
    "Asia/Hong_Kong": ("Hồng Công", "Hong Kong", "Гонконг", "Hong Kong"),
    "Asia/Taipei": ("Đài Bắc", "Taipei", "Тайбэй", "Taipei"),
    "Asia/Tokyo": ("Tokyo", "Tokyo", "Токио", "Tokyo"),
    "Asia/Seoul": ("Seoul", "Seoul", "Сеул", "Séoul"),
    "Asia/Pyongyang": ("Bình Nhưỡng", "Pyongyang", "Пхеньян", "Pyongyang"),
    "Asia/Ulaanbaatar": ("Ulan Bator", "Ulaanbaatar", "Улан-Батор", "Oulan-Bator"),
    "Asia/Singapore": ("Singapore", "Singapore", "Сингапур", "Singapour"),
    "Asia/Kuala_Lumpur": ("Kuala Lumpur", "Kuala Lumpur", "Куала-Лумпур", "Kuala Lumpur"),
    "Asia/Yangon": ("Yangon", "Yangon", "Янгон", "Yangon"),
    "Asia/Kolkata": ("New Delhi", "New Delhi", "Нью-Дели", "New Delhi"),
    "Asia/Karachi": ("Islamabad", "Islamabad", "Исламабад", "Islamabad"),
    "Asia/Dubai": ("Abu Dhabi", "Abu Dhabi", "Абу-Даби", "Abou Dabi"),
    "Australia/Sydney": ("Canberra, Sydney", "Canberra, Sydney", "Канберра, Сидней", "Canberra, Sydney"),
    "Europe/Moscow": ("Moscow", "Moscow", "Москва", "Moscou"),
    "Europe/Kiev": ("Kyiv", "Kyiv", "Киев", "Kyiv"),
    "Europe/Kyiv": ("Kyiv", "Kyiv", "Киев", "Kyiv"),
    "Europe/Zurich": ("Bern", "Bern", "Берн", "Berne"),
    "Europe/Istanbul": ("Ankara", "Ankara", "Анкара", "Ankara"),
    "Asia/Yekaterinburg": ("Yekaterinburg", "Yekaterinburg", "Екатеринбург", "Ekaterinbourg"),
    "Asia/Novosibirsk": ("Novosibirsk", "Novosibirsk", "Новосибирск", "Novossibirsk"),
    "Asia/Irkutsk": ("Irkutsk", "Irkutsk", "Иркутск", "Irkoutsk"),
    "Asia/Chita": ("Chita", "Chita", "Чита", "Tchita"),
    "Asia/Yakutsk": ("Yakutsk", "Yakutsk", "Якутск", "Iakoutsk"),
    "Asia/Vladivostok": ("Vladivostok", "Vladivostok", "Владивосток", "Vladivostok"),
    "America/New_York": (
        "New York, Washington", "New York, Washington", "Нью-Йорк, Вашингтон", "New York, Washington",
    ),
    "America/Los_Angeles": ("San Francisco", "San Francisco", "Сан-Франциско", "San Francisco"),
    "America/Toronto": ("Ottawa", "Ottawa", "Оттава", "Ottawa"),
    "America/Sao_Paulo": ("Brasília", "Brasília", "Бразилиа", "Brasília"),
    "Africa/Johannesburg": ("Pretoria", "Pretoria", "Претория", "Pretoria"),
    "America/Chicago": ("Houston", "Houston", "Хьюстон", "Houston"),
    "America/Argentina/Buenos_Aires": ("Buenos Aires", "Buenos Aires", "Буэнос-Айрес", "Buenos Aires"),
    "Asia/Jerusalem": ("Tel Aviv", "Tel Aviv", "Тель-Авив", "Tel-Aviv"),
    "Asia/Almaty": ("Astana", "Astana", "Астана", "Astana"),
    "Africa/Lagos": ("Abuja", "Abuja", "Абуджа", "Abuja"),
    "Africa/Casablanca": ("Rabat", "Rabat", "Рабат", "Rabat"),
    "Pacific/Auckland": ("Wellington", "Wellington", "Веллингтон", "Wellington"),
    "UTC": ("UTC", "UTC", "UTC", "UTC"),
}  # fmt: skip
NAMED_ZONES = tuple(_CITIES)
"""Zones to propose: those of the cities that letters of a foreign ministry name."""

_JOINT = '<span class="moment-joint" aria-hidden="true"> ·</span>'
_HOURS = re.compile(r"\d\d:\d\d(?:–\d\d:\d\d(?: [^\d·–()]+ \(GMT[^)]*\))?| [^\d·–()]+ \(GMT[^)]*\))")


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in words: in the host's zone, and in the reader's where that clock shows something else."""

    host: str
    reader: str | None = None

    def __str__(self) -> str:
        return f"{self.host} · {self.reader}" if self.reader else self.host

    def __html__(self) -> str:
        if not self.reader:
            return kept_together(self.host)
        return kept_together(self.host, goes_on=True) + " " + kept_together(self.reader)


@lru_cache(maxsize=1024)
def format_moment(
    starts: datetime,
    ends: datetime | None,
    zone: str,
    language: str,
    reader_zone: str | None = None,
    *,
    day: date | None = None,
) -> Moment:
    """Return "thứ Tư, 27/10/2027, 14:00–17:00 Hà Nội (GMT+7)" and, beside it, the reader's clock.

    `starts` and `ends` are aware. Under a heading that names `day`, that date is not said again; the reader's
    date is printed only where it differs from the host's.
    """
    local = _local(starts, zone)
    host = _span(local, _local(ends, zone) if ends else None, language, dated=local.date() != day)
    words = f"{host} {zone_name(zone, starts, language)}"
    if reader_zone is None or _same_clock(starts, ends, zone, reader_zone):
        return Moment(words)
    there, until = _local(starts, reader_zone), _local(ends, reader_zone) if ends else None
    same_day = there.date() == local.date()
    return Moment(
        words,
        f"{_span(there, until, language, dated=not same_day)} {zone_name(reader_zone, starts, language)}",
    )


def format_clock(starts: datetime, ends: datetime | None, zone: str) -> str:
    """Return "14:00–17:00" in the zone: for an agenda, where day and zone stand in the heading."""
    until = f"–{_local(ends, zone):%H:%M}" if ends else ""
    return f"{_local(starts, zone):%H:%M}{until}"


def kept_together(words: str, *, goes_on: bool = False) -> Markup:
    """Return the words for a page, where "14:00–17:00 Hà Nội (GMT+7)" goes to the next line as a whole.

    Where the reader's clock follows (`goes_on`) the dot between them stays on the line of the first.
    """
    safe = str(escape(words)).replace(" г.", "\N{NO-BREAK SPACE}г.")
    shown = _HOURS.sub(r'<span class="hours">\g<0></span>', safe)
    if goes_on:
        last = "</span>" if shown.endswith("</span>") else ""
        shown = f"{shown.removesuffix(last)}{_JOINT}{last}"
    return Markup(shown)  # noqa: S704  it is escaped


def local_day(at: datetime, zone: str) -> date:
    """Return the date that the calendar in a zone shows at a moment."""
    return _local(at, zone).date()


def format_timestamp(at: datetime, zone: str, language: str) -> str:
    """Return when something was recorded: "28/10/2021 20:24" (vi), "28 October 2021, 20:24" (en)."""
    local = _local(at, zone)
    joint = " " if language == "vi" else ", "
    return f"{format_date(local.date(), language)}{joint}{local:%H:%M}"


def format_date(day: date, language: str, *, weekday: bool = False) -> str:
    """Return "27/10/2027" (vi), "27 October 2027" (en), "27 октября 2027 г." (ru), with weekday if wanted.

    French has "1er janvier 2027", and no comma behind the weekday.
    """
    language = language if language in INTERFACE else SOURCE
    if language == "vi":
        words = f"{day:%d/%m}/{day.year}"
    else:
        words = f"{_day_and_month(day, language)} {day.year}{' г.' if language == 'ru' else ''}"
    joint = " " if language == "fr" else ", "
    return f"{_WEEKDAYS[language][day.weekday()]}{joint}{words}" if weekday else words


def format_short_date(day: date, language: str) -> str:
    """Return "20/10" (vi), "20 October" (en), "20 октября" (ru): where the year is plain."""
    language = language if language in INTERFACE else SOURCE
    return f"{day:%d/%m}" if language == "vi" else _day_and_month(day, language)


def format_day(day: date | None, part_of_day: str | None, language: str) -> str:
    """Return a day without clock time: "chiều 27/10/2021"; without a day "chưa xác định"."""
    if day is None:
        return gettext(language, _UNKNOWN)
    if part_of_day is None:
        return format_date(day, language, weekday=True)
    return gettext(language, _PARTS_OF_DAY[part_of_day], date=format_date(day, language))


def zone_name(zone: str, at: datetime, language: str) -> str:
    """Return city and offset at that moment: "Hà Nội (GMT+7)", "New Delhi (GMT+5:30)"."""
    return f"{city(zone, language)} ({offset(zone, at)})"


def offset(zone: str, at: datetime) -> str:
    """Return "GMT+7", "GMT−3:30" or "GMT"."""
    delta = _local(at, zone).utcoffset()
    minutes = round(delta.total_seconds() / 60) if delta else 0
    if not minutes:
        return "GMT"
    hours, rest = divmod(abs(minutes), 60)
    return f"GMT{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}"


@cache
def city(zone: str, language: str) -> str:
    """Return the city that names the zone in this language."""
    language = language if language in INTERFACE else SOURCE
    if zone in _CITIES:
        return _CITIES[zone][INTERFACE.index(language)]
    # CLDR's Vietnamese list is mostly English with a few phonetic spellings: offices write the English name.
    locale = language if language in {"ru", "fr"} else "en"
    return get_timezone_location(ZoneInfo(zone), locale=locale, return_city=True)


def _day_and_month(day: date, language: str) -> str:
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[language][day.month - 1]}"


def _span(starts: datetime, ends: datetime | None, language: str, *, dated: bool = True) -> str:
    words = f"{starts:%H:%M}"
    if dated:
        words = f"{format_date(starts.date(), language, weekday=True)}, {words}"
    if ends is None:
        return words
    if ends.date() == starts.date() or _is_next_midnight(starts, ends):
        return f"{words}–{'24:00' if ends.time() == time() else f'{ends:%H:%M}'}"
    if not dated:
        words = f"{format_date(starts.date(), language, weekday=True)}, {words}"
    return f"{words} – {format_date(ends.date(), language, weekday=True)}, {ends:%H:%M}"


def _is_next_midnight(starts: datetime, ends: datetime) -> bool:
    return ends.time() == time() and (ends.date() - starts.date()).days == 1


def _same_clock(starts: datetime, ends: datetime | None, zone: str, other: str) -> bool:
    return all(
        _local(at, zone).utcoffset() == _local(at, other).utcoffset() for at in (starts, ends or starts)
    )


def _local(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone))
