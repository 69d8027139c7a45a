"""The acts on an event as a whole: publish and the like, postpone, resume, cancel, clone."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.policy import Permission
from app.forms.event_acts import CancelForm, CloneForm, NewDateForm, PostponeForm, entered_move
from app.forms.events import ActForm
from app.i18n import moments
from app.i18n.catalogue import N_
from app.queries import event_facts, event_tallies, events, notices
from app.services.events import calling_off, cloning, lifecycle
from app.web import flashes, guard, languages
from app.web.organizer import event_overview

if TYPE_CHECKING:
    from app.models.events import Event

pages = Blueprint("organizer_event_acts", __name__, url_prefix="/organizer/events/<slug>")
_managing = guard.signed_in(Permission.MANAGE_EVENTS)
_ONE_BUTTON: dict[str, tuple[Callable[..., object], str]] = {
    "publish": (lifecycle.publish, N_("The event is published.")),
    "close": (lifecycle.close, N_("Registration is closed. What was answered stays.")),
    "reopen": (lifecycle.reopen, N_("Registration is open again.")),
    "archive": (lifecycle.archive, N_("The event is in the archive.")),
    "restore": (lifecycle.restore, N_("The event is out of the archive again.")),
}


@pages.post("/<any(publish, close, reopen, archive, restore):act>")
@_managing
def act(slug: str, act: str) -> ResponseReturnValue:
    """Do what one button asks for; a refusal is told on the overview."""
    form, (change, told) = ActForm(), _ONE_BUTTON[act]
    if form.validate_on_submit() and form.attempt(lambda: _done(change, slug, form, clock.now())):
        flashes.done(told)
        return redirect(url_for("organizer_events.show", slug=slug), 303)
    event = events.get(slug, guard.actor())
    return event_overview.render(event, refusals=tuple(form.form_errors)), 422


@pages.route("/postpone", methods=["GET", "POST"])
@_managing
def postpone(slug: str) -> ResponseReturnValue:
    """Postpone, to a new date or without one."""
    event = events.get(slug, guard.actor())
    form = PostponeForm(data=_present(event))
    if form.validate_on_submit() and (
        answer := _attempted(form, slug, N_("The event is postponed."), lambda: _postpone(slug, form))
    ):
        return answer
    return _page("postpone", event, form)


@pages.route("/resume", methods=["GET", "POST"])
@_managing
def resume(slug: str) -> ResponseReturnValue:
    """Give a postponed event its new date."""
    event = events.get(slug, guard.actor())
    form = NewDateForm(data=_present(event))
    if form.validate_on_submit() and (
        answer := _attempted(
            form,
            slug,
            N_("The new date is set."),
            lambda: calling_off.resume(**_by(slug, form), command=form.command()),
        )
    ):
        return answer
    return _page("resume", event, form)


@pages.route("/cancel", methods=["GET", "POST"])
@_managing
def cancel(slug: str) -> ResponseReturnValue:
    """Cancel for good."""
    event = events.get(slug, guard.actor())
    form = CancelForm(data={"revision": event.revision})
    if form.validate_on_submit() and (
        answer := _attempted(
            form,
            slug,
            N_("The event is cancelled."),
            lambda: calling_off.cancel(**_by(slug, form), note=form.note.data),
        )
    ):
        return answer
    return _page("cancel", event, form)


@pages.route("/discard", methods=["GET", "POST"])
@_managing
def discard(slug: str) -> ResponseReturnValue:
    """Delete a draft."""
    event = events.get(slug, guard.actor())
    form = ActForm(data={"revision": event.revision})
    if form.validate_on_submit() and form.attempt(lambda: _done(lifecycle.discard, slug, form, clock.now())):
        flashes.done(N_("The draft is discarded."))
        return redirect(url_for("organizer_events.index", shelf="drafts"), 303)
    return _page("discard", event, form)


@pages.route("/clone", methods=["GET", "POST"])
@_managing
def clone(slug: str) -> ResponseReturnValue:
    """Make a new draft out of this event."""
    event = events.get(slug, guard.actor())
    form = CloneForm(data={"titles": event.titles})
    if form.validate_on_submit() and (
        copy := form.attempt(
            lambda: cloning.clone(actor=guard.actor(), slug=slug, command=form.command(), now=clock.now())
        )
    ):
        flashes.done(N_("The copy is a draft. Nobody sees it yet."))
        return redirect(url_for("organizer_events.show", slug=copy), 303)
    return _page("clone", event, form)


def _done(change: Callable[..., object], slug: str, form: ActForm, now: datetime) -> bool:
    change(actor=guard.actor(), slug=slug, now=now, revision=form.seen)
    return True


def _postpone(slug: str, form: PostponeForm) -> int:
    if form.has_date:
        return calling_off.move(**_by(slug, form), command=form.command())
    return calling_off.postpone(**_by(slug, form), note=form.note.data)


def _by(slug: str, form: ActForm) -> dict[str, Any]:
    return {"actor": guard.actor(), "slug": slug, "now": clock.now(), "revision": form.seen}


def _attempted(form: ActForm, slug: str, told: str, change: Callable[[], int]) -> ResponseReturnValue | None:
    drafted = form.attempt(change)
    if drafted is None:
        return None
    flashes.done(told)
    flashes.counted(event_overview.LETTERS_WAIT, drafted)
    return redirect(url_for("organizer_events.show", slug=slug), 303)


def _page(name: str, event: "Event", form: ActForm | CloneForm) -> ResponseReturnValue:
    page = render_template(
        f"organizer/events/{name}.html",
        event=event,
        form=form,
        audience=notices.count_audience(event),
        numbers=event_tallies.tally(event),
        zones=moments.NAMED_ZONES,
        now=clock.now(),
    )
    return page, form.status


def _present(event: "Event") -> dict[str, object]:
    facts = event_facts.facts_of(event, languages.current())
    return {**entered_move(facts.schedule), "revision": event.revision}
