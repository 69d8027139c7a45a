"""Change requests at the desk: who asks for what, before and after; accept or refuse."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.policy import Permission, may
from app.forms.change_requests import AnswerToChangeForm
from app.i18n.catalogue import N_
from app.queries import change_requests as queries
from app.queries import events
from app.services.registrations import change_requests
from app.web import change_words, flashes, guard

if TYPE_CHECKING:
    from app.models.change_requests import ChangeRequest
    from app.models.events import Event

pages = Blueprint("organizer_change_requests", __name__, url_prefix="/organizer/events/<slug>/changes")


@pages.get("")
@guard.signed_in(Permission.READ)
def index(slug: str) -> str:
    """List the requests: those that wait first."""
    event = events.get(slug, guard.actor())
    found = queries.list_of_event(event)
    return render_template("organizer/change_requests/list.html", event=event, requests=found)


@pages.get("/<request_id>")
@guard.signed_in(Permission.READ)
def show(slug: str, request_id: str) -> ResponseReturnValue:
    """Show what is asked for, before and after."""
    event = events.get(slug, guard.actor())
    return _page(event, queries.get_of_event(event, request_id), AnswerToChangeForm())


@pages.post("/<request_id>")
@guard.signed_in(Permission.MANAGE_EVENTS)
def answer(slug: str, request_id: str) -> ResponseReturnValue:
    """Accept or refuse."""
    event = events.get(slug, guard.actor())
    asked, form = queries.get_of_event(event, request_id), AnswerToChangeForm()
    accepts = request.form.get("decision") == "accept"
    if form.validate_on_submit() and form.attempt(lambda: _answer(asked, form, accepts)):
        flashes.done(N_("The change is done.") if accepts else N_("The request is refused."))
        return redirect(url_for(".index", slug=slug), 303)
    return _page(event, asked, form)


def _answer(asked: "ChangeRequest", form: AnswerToChangeForm, accepts: bool) -> bool:
    change_requests.answer(
        actor=guard.actor(), request=asked, command=form.command(accepts=accepts), now=clock.now()
    )
    return True


def _page(event: "Event", asked: "ChangeRequest", form: AnswerToChangeForm) -> ResponseReturnValue:
    page = render_template(
        "organizer/change_requests/show.html",
        event=event,
        asked=asked,
        changes=change_words.list_changes(asked, event),
        form=form,
        may_manage=may(guard.actor(), Permission.MANAGE_EVENTS),
    )
    return page, form.status
