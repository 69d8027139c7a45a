"""Links that put an entry or a feed into somebody's calendar."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final
from urllib.parse import quote, urlencode

from app.domain.calendars import CalendarEntry, CalendarFile


class CalendarTarget(StrEnum):
    """Where an entry or a feed goes: `device` is the calendar of a telephone, `address` for copying.

    `outlook` is that of an employer (Microsoft 365), `outlook_com` a private one: their links differ.
    """

    GOOGLE = "google"
    OUTLOOK = "outlook"
    OUTLOOK_COM = "outlook_com"
    FILE = "file"
    DEVICE = "device"
    ADDRESS = "address"


_OUTLOOK: Final = {
    CalendarTarget.OUTLOOK: "outlook.office.com",
    CalendarTarget.OUTLOOK_COM: "outlook.live.com",
}


@dataclass(frozen=True, slots=True)
class CalendarLink:
    """One way into one calendar."""

    target: CalendarTarget
    url: str


def links_to_add(entry: CalendarEntry, *, file_url: str) -> tuple[CalendarLink, ...]:
    """Return the links that add one entry; the details are its page, for long texts break such links."""
    return (
        CalendarLink(CalendarTarget.GOOGLE, _google(entry)),
        *(CalendarLink(target, _outlook(entry, host)) for target, host in _OUTLOOK.items()),
        CalendarLink(CalendarTarget.FILE, file_url),
    )


def links_to_add_all(file: CalendarFile, *, file_url: str) -> tuple[CalendarLink, ...]:
    """Return the links that add what a file holds; one link takes one entry, so it spans all of them."""
    first, *others = file.entries
    if not others:
        return links_to_add(first, file_url=file_url)
    timed = [entry for entry in file.entries if not entry.is_all_day] or [first]
    span = replace(
        first,
        summary=file.title,
        starts=min(entry.starts for entry in timed),
        ends=max(entry.ends for entry in timed),
    )
    return links_to_add(span, file_url=file_url)


def links_to_subscribe(name: str, *, feed_url: str, file_url: str | None = None) -> tuple[CalendarLink, ...]:
    """Return the links that subscribe to a feed, and the file for those who want no subscription.

    Google takes webcal addresses only, Android none.
    """
    webcal = "webcal://" + feed_url.partition("://")[2]
    query = urlencode({"url": feed_url, "name": name}, quote_via=quote)
    google = f"https://calendar.google.com/calendar/u/0/r?cid={quote(webcal, safe='')}"
    return (
        CalendarLink(CalendarTarget.DEVICE, webcal),
        CalendarLink(CalendarTarget.GOOGLE, google),
        *(
            CalendarLink(target, f"https://{host}/calendar/0/addfromweb/?{query}")
            for target, host in _OUTLOOK.items()
        ),
        *((CalendarLink(CalendarTarget.FILE, file_url),) if file_url else ()),
        CalendarLink(CalendarTarget.ADDRESS, feed_url),
    )


def _google(entry: CalendarEntry) -> str:
    query = {
        "action": "TEMPLATE",
        "text": entry.summary,
        "dates": f"{_basic(entry.starts)}/{_basic(entry.ends)}",
        "ctz": entry.zone,
        "details": entry.url,
        "location": entry.location,
    }
    return "https://calendar.google.com/calendar/render?" + urlencode(query, quote_via=quote)


def _outlook(entry: CalendarEntry, host: str) -> str:
    query = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": entry.summary,
        "startdt": _extended(entry.starts),
        "enddt": _extended(entry.ends),
        "allday": str(entry.is_all_day).lower(),
        "body": entry.url,
        "location": entry.location,
    }
    return f"https://{host}/calendar/0/action/compose?" + urlencode(query, quote_via=quote)


def _basic(value: datetime | date) -> str:
    return f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}" if isinstance(value, datetime) else f"{value:%Y%m%d}"


def _extended(value: datetime | date) -> str:
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, datetime) else value.isoformat()
