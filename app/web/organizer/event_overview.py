"""The overview of an event, for its own page and for acts that were refused."""

from typing import TYPE_CHECKING, Any

from flask import render_template

from app.domain import clock
from app.domain.coverage import CoverageFilters, Part
from app.domain.events import is_over, possible_acts
from app.domain.policy import Permission, may
from app.i18n import parties
from app.i18n.catalogue import NN_
from app.queries import coverage, event_facts, event_tallies, events, invitations, notices
from app.web import guard, languages
from app.web.organizer import coverage_words, round_table

if TYPE_CHECKING:
    from app.models.events import Event


LETTERS_WAIT = NN_(
    "{n} letter about it waits as a draft, to be released under Mail.",
    "{n} letters about it wait as drafts, to be released under Mail.",
)


def _table(event: "Event") -> dict[str, Any]:
    """Return the round table of the event: its benches, its seats by how far they have come, all in words."""
    sides = coverage.tally(event, CoverageFilters(), Part.SIDE)
    return {
        "benches": round_table.of(event, sides),
        "seats": round_table.counts(coverage_words.added_up(sides)),
        "parties": parties.in_words(invitations.count_parties(event), languages.current()),
    }


def render(event: "Event", *, refusals: tuple[str, ...] = ()) -> str:
    """Return the page; `refusals` are sentences about an act that was not done."""
    now, actor = clock.now(), guard.actor()
    numbers = event_tallies.tally(event)
    over = is_over(event.date, event.starts_at, event.ends_at, now=now)
    may_manage = may(actor, Permission.MANAGE_EVENTS)
    return render_template(
        "organizer/events/show.html",
        event=event,
        numbers=numbers,
        **_table(event),
        audience=notices.count_audience(event),
        missing=event_facts.missing(event),
        advice=event_tallies.advice(event, numbers),
        acts=possible_acts(event.status, is_archive=event.is_archive, is_over=over) if may_manage else (),
        may_manage=may_manage,
        over=over,
        above=events.list_framework(event, actor),
        below=events.list_parts(event, actor),
        series=events.list_series(event, actor),
        refusals=refusals,
    )
