"""Time zones of public pages: the reader's own, and a day as it passes in several places."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from flask import request

from app.domain.text import fold
from app.i18n import moments
from app.web import languages
from app.web.places import Place, place

_BY_LANGUAGE = {"vi": "Asia/Ho_Chi_Minh", "en": "UTC", "ru": "Europe/Moscow", "fr": "Europe/Paris"}
"""Whose clock is shown to a reader who asked for none."""
_MOST_PLACES = 6


def asked() -> str | None:
    """Return the zone that the address asks for; None when it names none that exists."""
    zone = request.args.get("tz")
    return zone if zone and zone in _known() else None


def reading() -> str:
    """Return the zone in which the reader is shown the hours beside the host's."""
    return asked() or _BY_LANGUAGE[languages.current()]


@cache
def choices(language: str) -> list[tuple[str, str]]:
    """Return the zones to choose from and the cities that name them, by name."""
    named = ((zone, moments.city(zone, language)) for zone in moments.NAMED_ZONES)
    return sorted(named, key=lambda choice: fold(choice[1]))


def day_in_places(
    starts: datetime, ends: datetime, zones: Iterable[str | None], language: str
) -> list[Place]:
    """Return the event on the clocks of these zones from east to west; nothing where all clocks agree."""
    by_offset: dict[str, str] = {}
    for zone in zones:
        if zone:
            by_offset.setdefault(moments.offset(zone, starts), zone)
    chosen = list(by_offset.values())[:_MOST_PLACES]
    chosen.sort(key=lambda zone: starts.astimezone(ZoneInfo(zone)).replace(tzinfo=None), reverse=True)
    return [place(starts, ends, zone, language) for zone in chosen] if len(chosen) > 1 else []


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())
