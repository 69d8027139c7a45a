"""Words of calendar entries: title, place, description."""

from app.domain.events import Mode
from app.i18n.catalogue import N_, gettext

_ONLINE = N_("Online")
_PLATFORM = N_("Online ({platform})")
_CANCELLED = N_("Cancelled: {title}")
_POSTPONED = N_("Postponed: {title}")
_TEST = N_("Test of the line: {site} – {event}")
_WAITING = N_("Waiting list: {title}")


def cancelled_title(title: str, language: str, *, postponed: bool) -> str:
    """Return the title of what does not take place: many calendars show no STATUS."""
    return gettext(language, _POSTPONED if postponed else _CANCELLED, title=title)


def waiting_title(title: str, language: str) -> str:
    """Return the title of what somebody has no confirmed seat in."""
    return gettext(language, _WAITING, title=title)


def line_title(site: str, event: str, language: str) -> str:
    """Return the title of the test of a site's line."""
    return gettext(language, _TEST, site=site, event=event)


def place(mode: Mode, *, platform: str, venue: str, room: str, language: str) -> str:
    """Return where it is: "Trực tuyến (Zoom)", a venue, or both; nothing where it is not known."""
    online = ""
    if mode in {Mode.ONLINE, Mode.HYBRID}:
        online = gettext(language, _PLATFORM if platform else _ONLINE, platform=platform)
    return " · ".join(part for part in (venue, room, online) if part)


def desk_title(language: str) -> str:
    """Return the name of the calendar of every event."""
    return gettext(language, N_("Roundtables"))


def join_label(language: str) -> str:
    """Return what the link of the conference is called."""
    return gettext(language, N_("Join online"))


def ways_in(language: str, url: str, meeting_id: str, passcode: str, dial_address: str) -> list[str]:
    """Return how to join, a line for each way that is known."""
    join = [gettext(language, N_("Join online: {url}"), url=url)] if url else []
    others = (
        (N_("Meeting ID: {value}"), meeting_id),
        (N_("Passcode: {value}"), passcode),
        (N_("SIP or H.323: {value}"), dial_address),
    )
    return join + [gettext(language, words, value=value) for words, value in others if value]


def describe(
    language: str,
    *,
    note: str,
    when: str,
    purpose: str,
    programme: list[str],
    ways_in: list[str],
    page: str,
    contact: str,
) -> str:
    """Return the description, one paragraph for each thing that is known."""
    points = [gettext(language, N_("Programme:")), *(f"– {line}" for line in programme)]
    paragraphs = (
        note,
        when,
        "\n".join(ways_in),
        purpose,
        "\n".join(points) if programme else "",
        gettext(language, N_("Details: {url}"), url=page),
        gettext(language, N_("Contact: {contact}"), contact=contact) if contact else "",
    )
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
