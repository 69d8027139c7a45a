"""Replace a delegate by the institution's link."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.forms.registrations import ReplaceForm
from app.i18n.catalogue import N_
from app.queries import registrations
from app.services.registrations import replace
from app.web import delegate_forms, flashes, guard, languages, limits
from app.web.delegate import institution

if TYPE_CHECKING:
    from app.models.invitations import Invitation

pages = Blueprint("delegate_replacements", __name__)


@pages.route("/i/<token>/delegates/<delegate_id>/replace", methods=["GET", "POST"])
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def new(invitation: "Invitation", delegate_id: str) -> ResponseReturnValue:
    """Name who comes in a delegate's place."""
    languages.prefer(invitation.language)
    delegate = registrations.get_of_invitation(invitation, delegate_id)
    form = delegate_forms.replacement(ReplaceForm, delegate)
    if form.validate_on_submit() and (
        successor := form.attempt(
            lambda: replace.replace_delegate(
                actor=institution.actor(invitation),
                delegate=delegate,
                command=form.command(),
                now=clock.now(),
            )
        )
    ):
        flashes.done(N_("{name} comes in this place now."), name=form.full_name.data)
        token = institution.token()
        return redirect(url_for("delegate_registrations.show", token=token, delegate_id=successor), 303)
    delegate_forms.compare_successor(form, delegate)
    return institution.render("replace", invitation, delegate=delegate, form=form), form.status
