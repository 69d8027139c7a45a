"""A calendar part of a mail that came back, as the values that count."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from icalendar import Calendar, Component

from app.domain.replies import Reply, Responder
from app.domain.text import clean_line, clean_paragraph
from app.ical.contents import lines_that_count

_NAME, _ADDRESS, _UID, _COMMENT = 200, 254, 255, 2000
_MATTERS = frozenset({None, "UID", "ATTENDEE", "RECURRENCE-ID"})
"""Properties in which an error is not passed over; None: a line that could not be taken apart."""


class Unreadable(Exception):
    """This is no calendar, or it holds no entry."""


def parse_reply(content: bytes, *, charset: str = "utf-8", method: str = "") -> Reply:
    """Return what a calendar part says; `method` is that of its Content-Type, for calendars without one.

    Raises Unreadable, and app.ical.contents.TooLarge.
    """
    text = "\r\n".join(lines_that_count(content, charset))
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        return _reply(list(calendars), method)
    except (ValueError, TypeError, LookupError, AttributeError, AssertionError, OSError) as error:
        raise Unreadable(str(error)[:200]) from error


def _reply(calendars: list[Component], method: str) -> Reply:
    entries = [entry for calendar in calendars for entry in calendar.walk("VEVENT")]
    if not entries:
        raise Unreadable("no entry")
    methods = [str(one) for calendar in calendars for one in _each(calendar, "METHOD")]
    first = entries[0]
    responders = dict.fromkeys(who for entry in entries for who in map(_responder, _each(entry, "ATTENDEE")))
    return Reply(
        method=clean_line(methods[0] if methods else method).upper()[:20],
        uids=tuple(dict.fromkeys(uid for entry in entries for uid in _texts(entry, "UID", _UID))),
        responders=tuple(responders),
        organizer=next(map(_address, _each(first, "ORGANIZER")), ""),
        sequence=_number(first),
        stamp=_moment(first, "DTSTAMP", assumed=True),
        comment=_comment(first),
        recurs=len(entries) > 1 or "RECURRENCE-ID" in first,
        starts=_moment(first, "DTSTART"),
        ends=_moment(first, "DTEND"),
        is_broken=any(name in _MATTERS for entry in entries for name, _ in entry.errors),
    )


def _responder(value: Any) -> Responder:
    said = getattr(value, "params", {})
    return Responder(
        address=_address(value),
        name=_parameter(said, "CN")[:_NAME],
        partstat=_parameter(said, "PARTSTAT").upper()[:40],
        sent_by=_bare(_parameter(said, "SENT-BY")),
        delegated_to=_bare(_parameter(said, "DELEGATED-TO")),
        delegated_from=_bare(_parameter(said, "DELEGATED-FROM")),
    )


def _parameter(said: Any, name: str) -> str:
    value = said.get(name, "")
    return clean_line(str(value[0] if isinstance(value, list | tuple) and value else value))


def _comment(entry: Component) -> str:
    """Return what the guest wrote: COMMENT, or what some programs put beside his answer."""
    beside = [
        _parameter(getattr(who, "params", {}), "X-RESPONSE-COMMENT") for who in _each(entry, "ATTENDEE")
    ]
    words = [clean_paragraph(str(one)) for one in _each(entry, "COMMENT")] or beside
    return "\n".join(dict.fromkeys(word for word in words if word))[:_COMMENT]


def _number(entry: Component) -> int | None:
    value = next(iter(_each(entry, "SEQUENCE")), None)
    return int(value) if isinstance(value, int) else None


def _moment(entry: Component, name: str, *, assumed: bool = False) -> datetime | None:
    """Return a moment in UTC; one without a zone only where UTC is `assumed`."""
    try:
        value = next(iter(_each(entry, name))).dt
    except (StopIteration, AttributeError, ValueError):  # there is none, or it is broken
        return None
    if not isinstance(value, datetime):
        return None
    if value.tzinfo is None:
        return value.replace(tzinfo=UTC) if assumed else None
    try:
        return value.astimezone(UTC)
    except OverflowError:
        return None


def _texts(entry: Component, name: str, length: int) -> Iterable[str]:
    return (text for one in _each(entry, name) if (text := clean_line(str(one))[:length]))


def _each(component: Component, name: str) -> list[Any]:
    value = component.get(name)
    return value if isinstance(value, list) else [] if value is None else [value]


def _address(value: Any) -> str:
    return _bare(clean_line(str(value)))


def _bare(uri: str) -> str:
    """Return the address of a mailto: URI, casefolded."""
    return uri.strip('<>" ').casefold().removeprefix("mailto:").strip()[:_ADDRESS]
