"""The organiser's list of events, the form of an event, and its overview."""

from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.event_facts import Shelf
from app.domain.events import EventKind, EventStatus, Mode
from app.domain.policy import Permission, may
from app.domain.saved_filters import FilteredList
from app.forms import event_filter
from app.forms.events import EventForm, blank, entered
from app.i18n.catalogue import N_
from app.queries import event_facts, event_tallies, events, sectors
from app.services.events import editing
from app.web import flashes, guard, languages
from app.web.organizer import event_choices, event_overview, saved_filters
from app.web.organizer.event_overview import LETTERS_WAIT
from app.web.paging import asked_page

pages = Blueprint("organizer_events", __name__)
_PAGE = 25


@pages.get("/organizer/events")
@guard.signed_in(Permission.READ)
def index() -> str:
    """List the events that meet the wishes in the address."""
    now, actor, criteria = clock.now(), guard.actor(), event_filter.criteria(request.args)
    page = asked_page()
    count = events.count_events(actor, criteria, now=now)
    found = events.list_events(actor, criteria, now=now, limit=_PAGE, offset=(page - 1) * _PAGE)
    return render_template(
        "organizer/events/list.html",
        events=found,
        count=count,
        current=page,
        last=-(-count // _PAGE),
        may_manage=may(actor, Permission.MANAGE_EVENTS),
        criteria=criteria,
        enums={"shelf": Shelf, "kind": EventKind, "mode": Mode, "status": EventStatus},
        answers=event_tallies.count_answers(found),
        years=events.list_years(actor),
        sectors=sectors.list_sectors(),
        here=_here,
        saved=saved_filters.offer(FilteredList.EVENTS),
    )


@pages.route("/organizer/events/new", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def create() -> ResponseReturnValue:
    """Enter a new event."""
    form = event_choices.offered(EventForm(data=blank()))
    if form.adds_row(request.form.get("more")):
        return render_template("organizer/events/form.html", form=form, event=None, **event_choices.lists())
    if form.validate_on_submit() and (
        slug := form.attempt(
            lambda: editing.create(actor=guard.actor(), command=form.command(), now=clock.now())
        )
    ):
        flashes.done(N_("The draft is saved. Nobody sees it yet."))
        return redirect(url_for("organizer_events.show", slug=slug), 303)
    page = render_template("organizer/events/form.html", form=form, event=None, **event_choices.lists())
    return page, form.status


@pages.get("/organizer/events/<slug>")
@guard.signed_in(Permission.READ)
def show(slug: str) -> str:
    """Show where an event stands and what can be done next."""
    return event_overview.render(events.get(slug, guard.actor()))


@pages.route("/organizer/events/<slug>/edit", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def edit(slug: str) -> ResponseReturnValue:
    """Change an event."""
    event = events.get(slug, guard.actor())
    known = entered(event_facts.facts_of(event, languages.current())) | {"revision": event.revision}
    form = event_choices.offered(EventForm(data=known), event)
    if form.adds_row(request.form.get("more")):
        return render_template("organizer/events/form.html", form=form, event=event, **event_choices.lists())
    if form.validate_on_submit():
        drafted = form.attempt(
            lambda: editing.edit(
                actor=guard.actor(), slug=slug, command=form.command(), now=clock.now(), revision=form.seen
            )
        )
        if drafted is not None:
            flashes.done(N_("Saved."))
            flashes.counted(LETTERS_WAIT, drafted)
            return redirect(url_for("organizer_events.show", slug=slug), 303)
    page = render_template("organizer/events/form.html", form=form, event=event, **event_choices.lists())
    return page, form.status


def _here(**changes: object) -> str:
    """Return the address of this list with other wishes; None takes one away, a new wish begins at page 1."""
    wishes = request.args.to_dict() | {"page": None, **changes}
    kept = {name: str(value) for name, value in wishes.items() if value not in {None, ""} and name != "lang"}
    return url_for("organizer_events.index") + (f"?{urlencode(kept)}" if kept else "")
