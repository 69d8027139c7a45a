"""The delegation of an institution, by its link: register, look, change, withdraw."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from app import site
from app.domain import clock
from app.domain.calendar_links import CalendarLink, links_to_subscribe
from app.domain.languages import in_language
from app.forms.fields import Form
from app.forms.registrations import DelegateForm
from app.i18n.catalogue import N_
from app.queries import change_requests, registrations
from app.services.registrations import edit, register, withdraw
from app.web import delegate_forms, flashes, guard, languages, limits, offer_answers
from app.web.delegate import institution

if TYPE_CHECKING:
    from app.models.invitations import Invitation

pages = Blueprint("delegate_registrations", __name__)


@pages.route("/i/<token>/delegates/new", methods=["GET", "POST"])
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def new(invitation: "Invitation") -> ResponseReturnValue:
    """Register somebody."""
    languages.prefer(invitation.language)
    form = delegate_forms.new_delegate(DelegateForm, invitation)
    if form.validate_on_submit() and (
        done := form.attempt(
            lambda: register.register_delegate(
                actor=institution.actor(invitation),
                invitation=invitation,
                command=form.command(),
                now=clock.now(),
            )
        )
    ):
        flashes.done(
            N_("The delegate is registered.") if done.is_new else N_("This person was registered already.")
        )
        return redirect(_address("show", done.public_id), 303)
    return institution.render("new", invitation, form=form), form.status


@pages.get("/i/<token>/delegates/<delegate_id>")
@guard.link("invitation")
def show(invitation: "Invitation", delegate_id: str) -> str:
    """Show what was registered: also the receipt."""
    languages.prefer(invitation.language)
    delegate = registrations.get_of_invitation(invitation, delegate_id)
    return institution.render(
        "show",
        invitation,
        delegate=delegate,
        calendar=_calendar(invitation),
        requests=change_requests.list_of_delegate(delegate) if institution.is_late(invitation) else (),
    )


@pages.post("/i/<token>/delegates/<delegate_id>/offer")
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def answer_offer(invitation: "Invitation", delegate_id: str) -> ResponseReturnValue:
    """Take the place that is kept for a delegate, or leave it to the next."""
    languages.prefer(invitation.language)
    offer_answers.answer(
        registrations.get_of_invitation(invitation, delegate_id), institution.actor(invitation)
    )
    return redirect(_address("show", delegate_id), 303)


@pages.route("/i/<token>/delegates/<delegate_id>/edit", methods=["GET", "POST"])
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def change(invitation: "Invitation", delegate_id: str) -> ResponseReturnValue:
    """Change a delegate."""
    languages.prefer(invitation.language)
    delegate = registrations.get_of_invitation(invitation, delegate_id)
    form = delegate_forms.known_delegate(DelegateForm, delegate, invitation.event)
    if form.validate_on_submit() and form.attempt(
        lambda: edit.edit_delegate(
            actor=institution.actor(invitation), delegate=delegate, command=form.changes(), now=clock.now()
        )
    ):
        flashes.done(N_("The changes are recorded."))
        return redirect(_address("show", delegate_id), 303)
    return institution.render("edit", invitation, delegate=delegate, form=form), form.status


@pages.route("/i/<token>/delegates/<delegate_id>/withdraw", methods=["GET", "POST"])
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def leave(invitation: "Invitation", delegate_id: str) -> ResponseReturnValue:
    """Withdraw a delegate, after saying what follows."""
    languages.prefer(invitation.language)
    delegate = registrations.get_of_invitation(invitation, delegate_id)
    form = Form()
    if form.validate_on_submit() and (
        form.attempt(
            lambda: withdraw.withdraw_delegate(
                actor=institution.actor(invitation), delegate=delegate, now=clock.now()
            )
        )
        is not None
    ):
        flashes.done(N_("The delegate is withdrawn."))
        return redirect(_address("show", delegate_id), 303)
    return institution.render("withdraw", invitation, delegate=delegate, form=form), form.status


def _calendar(invitation: "Invitation") -> tuple[CalendarLink, ...]:
    """Return the ways to subscribe to the feed of the institution."""
    title = in_language(invitation.event.titles, languages.current())
    return links_to_subscribe(title, feed_url=site.opened_feed_url(institution.token()))


def _address(view: str, delegate_id: str) -> str:
    return url_for(f".{view}", token=institution.token(), delegate_id=delegate_id)
