"""A roundtable in the words that search engines and calendars read: schema.org/Event as JSON-LD."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from app.domain.events import EventStatus, Mode
from app.domain.languages import Translated, in_language
from app.domain.programme import SessionStatus
from app.queries.event_page import EventPage

if TYPE_CHECKING:
    from app.models.events import Event
    from app.models.programme import Session

_ATTENDANCE = {
    Mode.ONLINE: "OnlineEventAttendanceMode",
    Mode.IN_PERSON: "OfflineEventAttendanceMode",
    Mode.HYBRID: "MixedEventAttendanceMode",
}
_STATUS = {EventStatus.CANCELLED: "EventCancelled", EventStatus.POSTPONED: "EventPostponed"}


def of_page(shown: EventPage, language: str, address: str) -> dict[str, Any]:
    """Return what the page at this public address says; what is unknown is left out, the link to join too."""
    event = shown.event
    attendance = _ATTENDANCE.get(event.mode)
    return {"@context": "https://schema.org", "@type": "Event"} | _known(
        name=in_language(event.titles, language),
        alternateName=[other.title for other in event.other_titles],
        description=in_language(event.purposes, language),
        url=address,
        inLanguage=list(event.languages),
        startDate=_moment(event.starts_at, event.timezone) or (event.date and event.date.isoformat()),
        endDate=_moment(event.ends_at, event.timezone),
        eventStatus=f"https://schema.org/{_STATUS.get(event.status, 'EventScheduled')}",
        eventAttendanceMode=attendance and f"https://schema.org/{attendance}",
        location=list(_places(event, language, address)),
        organizer=[
            _named("Organization", carrier.organization.names, language) for carrier in event.organizers
        ],
        performer=[{"@type": "Person", "name": name} for name in _speakers(shown)],
        subEvent=[_session(block.session, event, language, address) for block in shown.programme.sessions],
    )


def _session(session: "Session", event: "Event", language: str, address: str) -> dict[str, Any]:
    off = session.status is SessionStatus.CANCELLED
    return {"@type": "Event"} | _known(
        name=in_language(session.titles, language),
        description=in_language(session.summaries, language),
        url=f"{address}#session-{session.position}",
        startDate=_moment(session.starts_at, event.timezone),
        endDate=_moment(session.ends_at, event.timezone),
        eventStatus=f"https://schema.org/{'EventCancelled' if off else 'EventScheduled'}",
    )


def _places(event: "Event", language: str, address: str) -> Iterator[dict[str, str]]:
    if event.mode in {Mode.ONLINE, Mode.HYBRID}:
        yield {"@type": "VirtualLocation", "url": address}
    if in_language(event.venues, language):
        yield _named("Place", event.venues, language)


def _speakers(shown: EventPage) -> list[str]:
    """Return the names of those appointed, each once, in the order of the programme."""
    return list(dict.fromkeys(a.person.full_name for a in shown.programme.appointments if a.person))


def _named(kind: str, names: Translated, language: str) -> dict[str, str]:
    return {"@type": kind, "name": in_language(names, language)}


def _moment(at: datetime | None, zone: str | None) -> str | None:
    return at.astimezone(ZoneInfo(zone)).isoformat() if at and zone else None


def _known(**facts: object) -> dict[str, object]:
    return {name: value for name, value in facts.items() if value}
