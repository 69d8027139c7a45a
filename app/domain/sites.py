"""Connection sites (điểm cầu): kinds, the tree they form, headcounts, where one joins."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.events import EventStatus
from app.domain.invitations import InvitationState

MOST_SITES = 500
"""How many sites one institution may have: a province with all its communes has fewer."""
_MOST_PEOPLE = 100_000
_COUNTED_FOR = timedelta(days=7)
"""How long after the event an institution may still say how many people it had."""


class SiteKind(StrEnum):
    """What a site is: the hall from which the event is led, one that joins it, or somebody's own desk."""

    MAIN = "main"
    SUBORDINATE = "subordinate"
    INDIVIDUAL = "individual"


class SiteStatus(StrEnum):
    """Where the preparation of a site stands; the one that was called off counts nowhere."""

    PLANNED = "planned"
    CONFIRMED = "confirmed"
    CALLED_OFF = "called_off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """How a site joins, on the platform of any vendor; `dial_address` is a SIP or H.323 one."""

    platform: str = ""
    join_url: str = ""
    meeting_id: str = ""
    passcode: str = ""
    dial_address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What the institution itself says of a site; without names it goes by that of the institution."""

    names: Mapping[str, str] = field(default_factory=dict)
    rooms: Mapping[str, str] = field(default_factory=dict)
    timezone: str | None = None
    capacity: int | None = None
    contact_name: str = ""
    contact_phone: str = ""
    technician_name: str = ""
    technician_phone: str = ""
    planned: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePlace:
    """What the desk says of a site: whose it is, what it stands under (public ids), how it joins."""

    kind: SiteKind = SiteKind.SUBORDINATE
    status: SiteStatus = SiteStatus.PLANNED
    institution: str | None = None
    parent: str | None = None
    endpoint: Endpoint = field(default_factory=Endpoint)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedHeadcount:
    """How many people were counted at a site, and what the page showed before (None: nothing yet)."""

    counted: int | None
    seen: int | None


class Nested(Protocol):
    """What stands in a tree, by the numbers of the database."""

    @property
    def id(self) -> int:
        """Return its number."""

    @property
    def parent_id(self) -> int | None:
        """Return the number of what it stands under."""


N = TypeVar("N", bound=Nested)


def join_url(site: str | None, session: str | None, event: str | None) -> str:
    """Return where somebody joins: the link of his site, else the session's, else the event's, else ""."""
    return site or session or event or ""


def arranged(nodes: Sequence[N]) -> Iterator[tuple[N, int]]:
    """Yield each node after the one it stands under, with its depth; brothers keep their order.

    A node whose parent is not among them is a root: an institution sees no more than its own.
    """
    known = {node.id for node in nodes}
    below: dict[int | None, list[N]] = {}
    for node in nodes:
        below.setdefault(node.parent_id if node.parent_id in known else None, []).append(node)
    waiting = [(node, 0) for node in reversed(below.get(None, []))]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting += [(child, depth + 1) for child in reversed(below.get(node.id, []))]


def totals(nodes: Sequence[N], own: Mapping[int, int]) -> dict[int, int]:
    """Return for each node its own count with those of all nodes under it: nobody is counted twice (C06)."""
    found = {node.id: own.get(node.id, 0) for node in nodes}
    for node, _depth in reversed(list(arranged(nodes))):
        if node.parent_id in found:
            found[node.parent_id] += found[node.id]
    return found


def below(nodes: Sequence[N], root: int) -> set[int]:
    """Return the numbers of all nodes under one."""
    found: set[int] = set()
    for node, _depth in arranged(nodes):
        if node.parent_id == root or node.parent_id in found:
            found.add(node.id)
    return found


def require_no_circle(nodes: Sequence[Nested], site: int, parent: int) -> None:
    """Raise InvalidInput("site_circle") where a site would come to stand under itself."""
    if parent == site or parent in below(nodes, site):
        raise InvalidInput("site_circle", field="parent")


def require_headcount(number: int | None) -> None:
    """Raise InvalidInput("headcount_unlikely") for what cannot be the number of people in a room."""
    if number is not None and not 0 <= number <= _MOST_PEOPLE:
        raise InvalidInput("headcount_unlikely")


def over_at(day: date | None, starts: datetime | None, ends: datetime | None, zone: str) -> datetime | None:
    """Return when an event is over: at its end, else at the end of its day; None while it has no date."""
    if ends is not None:
        return ends
    last = starts.astimezone(ZoneInfo(zone)).date() if starts else day
    return datetime.combine(last + timedelta(days=1), time(), ZoneInfo(zone)) if last else None


def is_tended(status: EventStatus, ends: datetime | None, state: InvitationState, now: datetime) -> bool:
    """Tell whether an institution may prepare its sites by its link: it comes, and the event is not over."""
    is_on = status in {EventStatus.PUBLISHED, EventStatus.CLOSED} and (ends is None or now <= ends)
    return is_on and state is InvitationState.ACCEPTED


def require_tended(status: EventStatus, ends: datetime | None, state: InvitationState, now: datetime) -> None:
    """Raise Conflict("site_not_accepted") or Conflict("event_not_open") where it may not."""
    if state is not InvitationState.ACCEPTED:
        raise Conflict("site_not_accepted")
    if not is_tended(status, ends, state, now):
        raise Conflict("event_not_open")


def is_countable(
    day: date | None, starts: datetime | None, over: datetime | None, zone: str, now: datetime
) -> bool:
    """Tell whether people can be counted: from the day in its zone until a week after it is `over`."""
    first = starts.astimezone(ZoneInfo(zone)).date() if starts else day
    if first is None or over is None:
        return False
    return datetime.combine(first, time(), ZoneInfo(zone)) <= now <= over + _COUNTED_FOR


def may_count(status: EventStatus, state: InvitationState, *, is_countable: bool) -> bool:
    """Tell whether an institution may enter its own headcount by its link: it comes, and the day is there."""
    is_on = status in {EventStatus.PUBLISHED, EventStatus.CLOSED}
    return is_on and state is InvitationState.ACCEPTED and is_countable


def require_may_count(status: EventStatus, state: InvitationState, *, is_countable: bool) -> None:
    """Raise Conflict("site_not_accepted") or Conflict("headcount_closed") where it may not."""
    if state is not InvitationState.ACCEPTED:
        raise Conflict("site_not_accepted")
    if not may_count(status, state, is_countable=is_countable):
        raise Conflict("headcount_closed")


def require_removable(headcount: int | None) -> None:
    """Raise Conflict("site_attended") where people were counted: the report rests on it (C06)."""
    if headcount is not None:
        raise Conflict("site_attended", n=headcount)


def require_under_own(institution: int | None, above: int | None) -> None:
    """Raise NotFound unless the site stands under another one of its institution."""
    if above is None or above != institution:
        raise NotFound("not_found")
