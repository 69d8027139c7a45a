"""Who answers for an institution: hand over, name one more, take a link back."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.forms.focal_points import HandOverForm
from app.i18n.catalogue import N_
from app.queries import focal_points as lookup
from app.services.invitations import focal_points
from app.web import flashes, guard, languages, limits
from app.web.delegate import institution

if TYPE_CHECKING:
    from app.models.invitations import Invitation

pages = Blueprint("delegate_focal_points", __name__, url_prefix="/i/<token>/people")


@pages.route("", methods=["GET", "POST"])
@guard.link("invitation")
@limits.at_most(limits.MAILS)
def index(invitation: "Invitation") -> ResponseReturnValue:
    """List those who answer for the institution; name somebody."""
    languages.prefer(invitation.language)
    form = HandOverForm()
    if form.validate_on_submit() and form.attempt(
        lambda: focal_points.hand_over(
            actor=institution.actor(invitation),
            invitation=invitation,
            by=institution.focal_point(),
            command=form.command(),
            now=clock.now(),
        )
    ):
        if form.leaves.data:
            return render_template(
                "delegate/focal_points/done.html", invitation=invitation, event=invitation.event, form=form
            )
        flashes.done(N_("The link is on its way to {email}."), email=form.email.data)
        return redirect(url_for(".index", token=institution.token()), 303)
    people = lookup.list_present(invitation)
    page = institution.render(
        "focal_points", invitation, form=form, people=people, me=institution.focal_point()
    )
    return page, form.status


@pages.post("/<focal_point>/revoke")
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def revoke(invitation: "Invitation", focal_point: str) -> ResponseReturnValue:
    """Make the link of another focal point void."""
    languages.prefer(invitation.language)
    name = focal_points.revoke(
        actor=institution.actor(invitation), invitation=invitation, focal_point=focal_point, now=clock.now()
    )
    flashes.done(N_("The link of {name} is void."), name=name)
    return redirect(url_for(".index", token=institution.token()), 303)
