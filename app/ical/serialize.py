"""A calendar file as bytes: the same values give the same bytes."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.domain.calendars import Attendee, CalendarEntry, CalendarFile, EntryStatus, Feed
from app.ical.lines import fold, moment, parameter, text, texts, uri
from app.ical.zones import vtimezone


def serialize(file: CalendarFile) -> bytes:
    """Return a download, a subscription or a message to one guest; METHOD and ATTENDEE in the last alone."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Ban Tron//Bantron 1//{file.language.upper()}"]
    lines.append("CALSCALE:GREGORIAN")
    if file.method:
        lines.append(f"METHOD:{file.method}")
    if file.feed:
        lines += _feed(file.feed, file.title)
    for zone, first, last in _zones(file):
        lines += vtimezone(zone, first, last)
    for entry in file.entries:
        lines += _vevent(entry, with_alarm=file.feed is None and file.method is None)
    lines.append("END:VCALENDAR")
    return fold(lines)


def _feed(feed: Feed, name: str) -> list[str]:
    return [
        text("NAME", name),
        text("X-WR-CALNAME", name),
        f"X-WR-TIMEZONE:{feed.zone}",
        f"REFRESH-INTERVAL;VALUE=DURATION:PT{feed.refresh_hours}H",
        f"X-PUBLISHED-TTL:PT{feed.refresh_hours}H",
        uri("SOURCE;VALUE=URI", feed.source_url),
        f"COLOR:{feed.color}",
    ]


def _zones(file: CalendarFile) -> list[tuple[str, date, date]]:
    """Return the zones in use with the first and the last day in each, by name.

    A feed names its own zone while it has no entry: RFC 5545 wants at least one component, and some clients
    refuse a calendar without any.
    """
    days: dict[str, list[date]] = {}
    for entry in file.entries:
        if isinstance(entry.starts, datetime) and entry.zone != "UTC":
            days.setdefault(entry.zone, []).extend((entry.starts.date(), _last_day(entry)))
    if file.feed and not file.entries:
        days[file.feed.zone] = [file.changed.date()]
    return [(zone, min(used), max(used)) for zone, used in sorted(days.items())]


def _last_day(entry: CalendarEntry) -> date:
    return entry.ends.date() if isinstance(entry.ends, datetime) else entry.ends


def _vevent(entry: CalendarEntry, *, with_alarm: bool) -> Iterator[str]:
    zone = ZoneInfo(entry.zone)
    yield "BEGIN:VEVENT"
    yield text("UID", entry.uid)
    yield moment("DTSTAMP", entry.stamp)
    yield moment("LAST-MODIFIED", entry.stamp)
    if entry.created:
        yield moment("CREATED", entry.created)
    yield f"SEQUENCE:{entry.sequence}"
    yield moment("DTSTART", entry.starts, zone)
    yield moment("DTEND", entry.ends, zone)
    yield text("SUMMARY", entry.summary)
    yield from _details(entry)
    yield f"STATUS:{entry.status}"
    yield from _busy(entry)
    if with_alarm and entry.alarm_minutes is not None and not _is_free(entry):
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-PT{entry.alarm_minutes}M")
        yield from (text("DESCRIPTION", entry.summary), "END:VALARM")
    yield "END:VEVENT"


def _details(entry: CalendarEntry) -> Iterator[str]:
    if entry.description:
        yield text("DESCRIPTION", entry.description)
    if entry.location:
        yield text("LOCATION", entry.location)
    if entry.url:
        yield uri("URL", entry.url)
    if entry.conference:
        label = parameter(entry.conference.label)
        yield uri(f"CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL={label}", entry.conference.url)
    if entry.organizer:
        name = parameter(entry.organizer.name)
        yield uri(f"ORGANIZER;CN={name}", f"mailto:{entry.organizer.address}")
    if entry.attendee:
        yield _attendee(entry.attendee)
    if entry.categories:
        yield texts("CATEGORIES", entry.categories)


def _attendee(guest: Attendee) -> str:
    """Return his line; RSVP shows the buttons to answer."""
    asks = f"CUTYPE=INDIVIDUAL;ROLE={guest.role};PARTSTAT={guest.partstat};RSVP=TRUE"
    return uri(f"ATTENDEE;{asks};CN={parameter(guest.name)}", f"mailto:{guest.address}")


def _is_free(entry: CalendarEntry) -> bool:
    """Tell whether it takes nobody's time: called off, or the hour is not known."""
    return entry.is_all_day or entry.status is EntryStatus.CANCELLED


def _busy(entry: CalendarEntry) -> Iterator[str]:
    """Yield how much of the day the entry takes."""
    if _is_free(entry):
        yield from ("TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:FREE")
    else:
        busy = "TENTATIVE" if entry.status is EntryStatus.TENTATIVE else "BUSY"
        yield from ("TRANSP:OPAQUE", f"X-MICROSOFT-CDO-BUSYSTATUS:{busy}")
