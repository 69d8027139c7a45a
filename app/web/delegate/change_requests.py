"""Ask for a change after the deadline, by the institution's link; take it back."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.change_requests import ChangeKind
from app.forms.change_requests import ASKING, AskEditForm, AskReplaceForm, AskWithdrawalForm
from app.forms.fields import Form
from app.i18n.catalogue import N_
from app.queries import registrations
from app.services.registrations import change_requests
from app.web import delegate_forms, flashes, guard, languages, limits
from app.web.delegate import institution

if TYPE_CHECKING:
    from app.models.invitations import Invitation
    from app.models.registrations import Delegate

pages = Blueprint("delegate_change_requests", __name__)


@pages.route(
    "/i/<token>/delegates/<delegate_id>/request/<any(edit, replace, withdraw):kind>", methods=["GET", "POST"]
)
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def ask(invitation: "Invitation", delegate_id: str, kind: str) -> ResponseReturnValue:
    """Ask the desk for a change."""
    languages.prefer(invitation.language)
    delegate = registrations.get_of_invitation(invitation, delegate_id)
    form = _form(ChangeKind(kind), delegate)
    if form.validate_on_submit() and form.attempt(
        lambda: change_requests.ask(
            actor=institution.actor(invitation),
            delegate=delegate,
            command=form.request(ChangeKind(kind)),
            now=clock.now(),
        )
    ):
        flashes.done(N_("The organiser is asked. Until there is an answer, what is recorded stays."))
        return _back(delegate_id)
    page = institution.render("request", invitation, delegate=delegate, form=form, kind=ChangeKind(kind))
    return page, form.status


@pages.post("/i/<token>/delegates/<delegate_id>/request/take-back")
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def take_back(invitation: "Invitation", delegate_id: str) -> ResponseReturnValue:
    """Take back what was asked for."""
    languages.prefer(invitation.language)
    delegate = registrations.get_of_invitation(invitation, delegate_id)
    if Form().validate_on_submit():
        change_requests.take_back(actor=institution.actor(invitation), delegate=delegate, now=clock.now())
        flashes.done(N_("The request is taken back."))
    return _back(delegate_id)


def _form(kind: ChangeKind, delegate: "Delegate") -> AskWithdrawalForm:
    form = ASKING[kind]
    if issubclass(form, AskEditForm):
        return delegate_forms.known_delegate(form, delegate, delegate.event)
    if issubclass(form, AskReplaceForm):
        return delegate_forms.replacement(form, delegate)
    return form()


def _back(delegate_id: str) -> ResponseReturnValue:
    address = url_for("delegate_registrations.show", token=institution.token(), delegate_id=delegate_id)
    return redirect(address, 303)
