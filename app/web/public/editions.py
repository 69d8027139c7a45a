"""Editions of the public page of an event: printed once, shown as long as nothing in them has changed."""

from functools import lru_cache
from typing import NamedTuple

from flask import render_template

from app import site
from app.domain.calendar_links import CalendarLink, links_to_add_all
from app.domain.errors import InvalidInput
from app.domain.events import CALLED_OFF
from app.i18n import parties
from app.queries import calendars, event_page
from app.web.places import Place
from app.web.public import structured, zones

_KEPT = 64


class Edition(NamedTuple):
    """Everything that the page of an event depends on."""

    slug: str
    stamp: event_page.Stamp
    language: str
    zone: str
    asked: tuple[tuple[str, str], ...]
    """The arguments of the address: the links to other languages repeat them."""
    is_over: bool
    admits: bool
    """Whether anybody may register now."""
    carries_sheet: bool


@lru_cache(_KEPT)
def printed(edition: Edition) -> str:
    """Return the page; an edition that was printed is not printed again, for nothing in it has changed."""
    shown, address = event_page.get_page(edition.slug), site.event_url(edition.slug)
    return render_template(
        "public/event.html",
        shown=shown,
        event=shown.event,
        edition=edition,
        address=address,
        structured=structured.of_page(shown, edition.language, address),
        counted=[parties.in_words(bench.parties, edition.language) for bench in shown.benches],
        calendar=_calendar_links(edition),
        places=_places(shown, edition),
        zones=zones.choices(edition.language),
    )


def _calendar_links(edition: Edition) -> tuple[CalendarLink, ...]:
    if edition.stamp.status in CALLED_OFF:
        return ()
    try:
        file = calendars.get_event_file(edition.slug, language=edition.language)
    except InvalidInput:  # no date yet
        return ()
    return links_to_add_all(file, file_url=site.event_file_url(edition.slug))


def _places(shown: event_page.EventPage, edition: Edition) -> list[Place]:
    event = shown.event
    if event.starts_at is None or event.ends_at is None:
        return []
    speakers = (a.organization.timezone for a in shown.programme.appointments if a.organization)
    members = (member.timezone for bench in shown.benches for member in bench.members)
    near = (event.timezone, edition.zone, *speakers, *members)
    return zones.day_in_places(event.starts_at, event.ends_at, near, edition.language)
