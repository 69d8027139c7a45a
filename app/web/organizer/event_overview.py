"""The overview of an event, for its own page and for acts that were refused."""

from typing import TYPE_CHECKING

from flask import render_template

from app.domain import clock
from app.domain.events import is_over, possible_acts
from app.domain.policy import Permission, may
from app.i18n.catalogue import NN_
from app.queries import event_facts, event_tallies, events, notices
from app.web import guard

if TYPE_CHECKING:
    from app.models.events import Event


LETTERS_WAIT = NN_(
    "{n} letter about it waits as a draft, to be released under Mail.",
    "{n} letters about it wait as drafts, to be released under Mail.",
)


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
