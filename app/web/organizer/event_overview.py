"""The overview of an event, for its own page and for acts that were refused."""

from typing import TYPE_CHECKING, Any

from flask import render_template

from app.domain import clock
from app.domain.coverage import CoverageFilters, Part
from app.domain.events import is_over, possible_acts
from app.domain.first_steps import next_step
from app.domain.policy import Permission, may
from app.i18n import parties
from app.i18n.catalogue import NN_
from app.queries import (
    coverage,
    coverage_pictures,
    event_facts,
    event_pictures,
    event_tallies,
    events,
    invitations,
    notices,
    tasks,
)
from app.web import guard, languages
from app.web.organizer import coverage_words, round_table
from app.web.organizer import event_pictures as pictures

if TYPE_CHECKING:
    from datetime import datetime

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


def _pictures(event: "Event", now: "datetime") -> dict[str, Any]:
    """Return the localities as tiles, the answers over time, and the hours on everybody's clock."""
    zones = event_pictures.count_zones(event)
    hours = pictures.hours_of(event, zones)
    return {
        "grids": coverage_pictures.list_tiles(event),
        "line": pictures.step_picture(event_pictures.draw_answers(event, now=now)),
        "places": pictures.places(hours),
        "asleep": pictures.asleep(hours),
        "unknown_zones": zones.get(None, 0),
    }


def render(event: "Event", *, refusals: tuple[str, ...] = ()) -> str:
    """Return the page; `refusals` are sentences about an act that was not done."""
    now, actor = clock.now(), guard.actor()
    numbers = event_tallies.tally(event)
    over = is_over(event.date, event.starts_at, event.ends_at, now=now)
    may_manage = may(actor, Permission.MANAGE_EVENTS)
    running = tasks.Running(event, numbers)
    steps = tasks.first_steps(running, now=now) if may_manage else {}
    to_do = [] if event.is_archive else tasks.list_tasks([running], now=now)
    return render_template(
        "organizer/events/show.html",
        event=event,
        numbers=numbers,
        now=now,
        steps=steps,
        next_step=next_step(steps) if steps else None,
        tasks=[task for task in to_do if not steps or task.kind not in tasks.STEPS],
        attention=sum(task.count for task in to_do if task.kind is tasks.TaskKind.DECIDE),
        **_table(event),
        **({} if event.is_archive else _pictures(event, now)),
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
