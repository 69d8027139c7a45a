"""Ask to speak: an institution for one of its delegates, a delegate for himself."""

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.errors import Conflict
from app.domain.events import is_over
from app.domain.languages import in_language
from app.domain.policy import Actor
from app.domain.programme import SessionStatus
from app.domain.registrations import SeatState
from app.domain.speaking import may_ask
from app.forms.speaking import OwnSpeakingForm, SpeakingForm
from app.i18n.catalogue import N_
from app.i18n.wording import error_text
from app.queries import registrations
from app.queries import speaking as queries
from app.services.programme import speaking
from app.web import flashes, guard, languages, limits
from app.web.delegate import institution

if TYPE_CHECKING:
    from app.models.events import Event
    from app.models.invitations import Invitation
    from app.models.registrations import Delegate
    from app.models.speaking import SpeakingRequest

pages = Blueprint("delegate_speaking", __name__)
_ASKED = N_("The organiser has your request to speak.")


@pages.route("/i/<token>/speaking", methods=["GET", "POST"])
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def ask_for_institution(invitation: "Invitation") -> ResponseReturnValue:
    """Ask in the name of the institution; show what was asked for before."""
    languages.prefer(invitation.language)
    form = SpeakingForm()
    form.offer(_sessions(invitation.event))
    present = registrations.list_present(invitation.id)
    form.offer_delegates((one.public_id, one.person.full_name) for one in present)
    if form.validate_on_submit() and form.attempt(
        lambda: speaking.ask_for_institution(
            actor=institution.actor(invitation),
            invitation=invitation,
            command=form.command(),
            now=clock.now(),
        )
    ):
        flashes.done(_ASKED)
        return redirect(url_for(".ask_for_institution", token=institution.token()), 303)
    requests = queries.list_of_invitation(invitation)
    page = institution.render(
        "speaking", invitation, form=form, requests=requests, may_speak=may_ask_now(invitation.event)
    )
    return page, form.status


@pages.route("/d/<token>/speaking", methods=["GET", "POST"])
@guard.link("delegate")
@limits.at_most(limits.FORMS)
def ask_for_oneself(delegate: "Delegate") -> ResponseReturnValue:
    """Ask for oneself; show what was asked for before."""
    mine = registrations.get_whole(delegate)
    languages.prefer(mine.person.language)
    form = OwnSpeakingForm()
    form.offer(_sessions(mine.event))
    actor = Actor("delegate", mine.person.full_name)
    if form.validate_on_submit() and form.attempt(
        lambda: speaking.ask_for_oneself(actor=actor, delegate=mine, command=form.command(), now=clock.now())
    ):
        flashes.done(_ASKED)
        return redirect(url_for(".ask_for_oneself", token=institution.token()), 303)
    page = render_template(
        "delegate/participations/speaking.html",
        delegate=mine,
        person=mine.person,
        name=mine.person.full_name,
        event=mine.event,
        token=institution.token(),
        form=form,
        requests=queries.list_of_delegate(mine),
        may_speak=may_ask_now(mine.event) and mine.state is not SeatState.WITHDRAWN,
    )
    return page, form.status


@pages.post("/i/<token>/speaking/<request_id>/take-back")
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def take_back_for_institution(invitation: "Invitation", request_id: str) -> ResponseReturnValue:
    """Take back what the institution or one of its delegates asked for."""
    languages.prefer(invitation.language)
    asked = queries.get_of_invitation(invitation, request_id)
    return _take_back(institution.actor(invitation), asked, ".ask_for_institution")


@pages.post("/d/<token>/speaking/<request_id>/take-back")
@guard.link("delegate")
@limits.at_most(limits.FORMS)
def take_back_for_oneself(delegate: "Delegate", request_id: str) -> ResponseReturnValue:
    """Take back what was asked for in one's own name."""
    mine = registrations.get_whole(delegate)
    languages.prefer(mine.person.language)
    asked = queries.get_of_delegate(mine, request_id)
    return _take_back(Actor("delegate", mine.person.full_name), asked, ".ask_for_oneself")


def _take_back(actor: Actor, asked: "SpeakingRequest", page: str) -> ResponseReturnValue:
    try:
        speaking.take_back(actor=actor, request=asked, now=clock.now())
        flashes.done(N_("Your request to speak is taken back."))
    except Conflict as refusal:
        flash(error_text(refusal, languages.current()), "error")
    return redirect(url_for(page, token=institution.token()), 303)


def _sessions(event: "Event") -> list[tuple[str, str]]:
    return [
        (row.public_id, in_language(row.titles, languages.current()))
        for row in event.sessions
        if row.status is SessionStatus.PLANNED
    ]


def may_ask_now(event: "Event") -> bool:
    """Tell whether requests to speak at the event are open."""
    over = is_over(event.date, event.starts_at, event.ends_at, now=clock.now())
    return may_ask(event.status, is_over=over)
