"""The zone helper at the desk: which start suits all sides of an event."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.day_bands import DEFAULT_LENGTH, Band, Proposal, propose
from app.domain.event_times import HOME_ZONE
from app.domain.policy import Permission, may
from app.forms.event_acts import StartForm, wanted_day
from app.i18n.catalogue import N_
from app.queries import event_pictures as facts
from app.queries import events
from app.services.events import hours
from app.web import flashes, guard
from app.web.organizer import event_pictures as pictures
from app.web.organizer.event_overview import LETTERS_WAIT

if TYPE_CHECKING:
    from app.models.events import Event

pages = Blueprint("organizer_hours", __name__, url_prefix="/organizer/events/<slug>/hours")
_USUAL = time(14)


@pages.get("")
@guard.signed_in(Permission.READ)
def show(slug: str) -> str:
    """Show the starts that suit best on a day; `?day=` names another than the event's."""
    event = events.get(slug, guard.actor())
    return _page(event, StartForm(data={"revision": event.revision}))


@pages.post("")
@guard.signed_in(Permission.MANAGE_EVENTS)
def choose(slug: str) -> ResponseReturnValue:
    """Let the event begin at one of them."""
    event = events.get(slug, guard.actor())
    form = StartForm(data={"revision": event.revision})
    if form.validate_on_submit():
        drafted = form.attempt(lambda: _chosen(slug, form))
        if drafted is not None:
            flashes.done(N_("The roundtable has its hour; sessions and agenda moved along."))
            flashes.counted(LETTERS_WAIT, drafted)
            return redirect(url_for("organizer_events.show", slug=slug), 303)
    return _page(event, form), form.status


def _chosen(slug: str, form: StartForm) -> int:
    return hours.choose_start(
        actor=guard.actor(), slug=slug, starts=form.moment, revision=form.seen, now=clock.now()
    )


def _page(event: "Event", form: StartForm) -> str:
    zones = facts.count_zones(event)
    day, host = wanted_day(request.args) or event.date, event.timezone or HOME_ZONE
    return render_template(
        "organizer/events/hours.html",
        event=event,
        form=form,
        day_=day,
        unknown=zones.get(None, 0),
        proposals=_proposals(event, day, host, zones),
        pictures=pictures,
        Band=Band,
        may_manage=may(guard.actor(), Permission.MANAGE_EVENTS),
    )


def _proposals(
    event: "Event", day: date | None, host: str, zones: Mapping[str | None, int]
) -> tuple[Proposal, ...]:
    known = {zone: count for zone, count in zones.items() if zone}
    wanted = event.starts_at.astimezone(ZoneInfo(host)).time() if event.starts_at else _USUAL
    return propose(day, host, _length(event), known, wanted=wanted) if day else ()


def _length(event: "Event") -> timedelta:
    starts, ends = event.starts_at, event.ends_at
    return ends - starts if starts and ends else DEFAULT_LENGTH
