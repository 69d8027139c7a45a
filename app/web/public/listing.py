"""The list of roundtables on the first page: its shelves, its choices, the wishes that can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import request, url_for

from app.domain.event_facts import EventCriteria, Shelf
from app.domain.events import EventKind, Mode
from app.domain.languages import in_language
from app.domain.policy import PUBLIC
from app.i18n.catalogue import N_
from app.i18n.wording import label
from app.queries import events, sectors
from app.web import languages

if TYPE_CHECKING:
    from app.models.events import Event

WISHES = ("q", "shelf", "kind", "mode", "sector", "year", "series")
PAGE = 20
_SHELVES = {Shelf.UPCOMING: 50, Shelf.PAST: 10, Shelf.ARCHIVE: 10}
"""How many of each the first page shows."""
_MODES = [mode for mode in Mode if mode is not Mode.UNKNOWN]


@dataclass(frozen=True, slots=True)
class Section:
    """The first events of a shelf, and how many there are."""

    shelf: Shelf
    events: "Sequence[Event]"
    count: int


@dataclass(frozen=True, slots=True)
class Chooser:
    """A field of the form of filters: its name, its English label, value and words of each choice."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]


def sections(now: datetime) -> list[Section]:
    """Return the shelves with the first of their events; only what lies ahead may be empty."""
    found = []
    for shelf, most in _SHELVES.items():
        criteria = EventCriteria(shelf=shelf)
        shown = events.list_events(PUBLIC, criteria, now=now, limit=most)
        count = len(shown) if len(shown) < most else events.count_events(PUBLIC, criteria, now=now)
        found.append(Section(shelf, shown, count))
    return found


def choosers() -> list[Chooser]:
    """Return the choices by which the list can be narrowed."""
    language = languages.current()
    return [
        Chooser("kind", N_("Kind"), _words_of(EventKind)),
        Chooser("mode", N_("Mode"), _words_of(_MODES)),
        Chooser(
            "sector",
            N_("Field of cooperation"),
            [(sector.code, in_language(sector.names, language)) for sector in sectors.list_sectors()],
        ),
        Chooser("year", N_("Year"), [(str(year), str(year)) for year in events.list_years(PUBLIC)]),
    ]


def pills(criteria: EventCriteria, offered: Sequence[Chooser]) -> list[dict[str, str]]:
    """Return the wishes in use, each with the address of the list without it."""
    told = {"q": f"“{criteria.words}”" if criteria.words else ""}
    if criteria.shelf:
        told["shelf"] = label(criteria.shelf, languages.current())
    for chooser in offered:
        told[chooser.name] = dict(chooser.options).get(request.args.get(chooser.name, ""), "")
    return [{"label": words, "remove": here(**{name: None})} for name, words in told.items() if words]


def here(**changes: object) -> str:
    """Return the address of this list with other wishes; None takes one away."""
    wishes = {name: request.args.get(name) for name in WISHES} | changes
    kept = {name: str(value) for name, value in wishes.items() if value not in {None, ""}}
    return url_for("public.home") + (f"?{urlencode(kept)}" if kept else "")


def page_address(number: int) -> str:
    """Return the address of a page of this list."""
    return here(page=number)


def _words_of(members: "type[Enum] | Sequence[Enum]") -> list[tuple[str, str]]:
    return [(str(member.value), label(member, languages.current())) for member in members]
