"""Requests to speak at the desk: give the floor, or decline with a word."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.policy import Permission, may
from app.forms.speaking import AnswerToSpeakerForm
from app.i18n.catalogue import N_
from app.queries import events
from app.queries import speaking as queries
from app.services.programme import speaking
from app.web import flashes, guard

if TYPE_CHECKING:
    from app.models.events import Event
    from app.models.speaking import SpeakingRequest

pages = Blueprint(
    "organizer_speaking", __name__, url_prefix="/organizer/events/<slug>/programme/speaking-requests"
)


@pages.get("/<request_id>")
@guard.signed_in(Permission.READ)
def show(slug: str, request_id: str) -> ResponseReturnValue:
    """Show who asks for the floor, on what and how long."""
    event = events.get(slug, guard.actor())
    return _page(event, queries.get_of_event(event, request_id), AnswerToSpeakerForm())


@pages.post("/<request_id>")
@guard.signed_in(Permission.MANAGE_EVENTS)
def answer(slug: str, request_id: str) -> ResponseReturnValue:
    """Give the floor, or decline."""
    event = events.get(slug, guard.actor())
    asked, form = queries.get_of_event(event, request_id), AnswerToSpeakerForm()
    accepts = request.form.get("decision") == "accept"
    if form.validate_on_submit() and form.attempt(lambda: _answer(asked, form, accepts)):
        flashes.done(N_("The speaker is on the programme.") if accepts else N_("The request is declined."))
        return redirect(url_for("organizer_programme.show", slug=slug, _anchor="speaking"), 303)
    return _page(event, asked, form)


def _answer(asked: "SpeakingRequest", form: AnswerToSpeakerForm, accepts: bool) -> bool:
    speaking.answer(
        actor=guard.actor(), request=asked, command=form.command(accepts=accepts), now=clock.now()
    )
    return True


def _page(event: "Event", asked: "SpeakingRequest", form: AnswerToSpeakerForm) -> ResponseReturnValue:
    page = render_template(
        "organizer/programme/speaking.html",
        event=event,
        asked=asked,
        form=form,
        may_manage=may(guard.actor(), Permission.MANAGE_EVENTS),
    )
    return page, form.status
