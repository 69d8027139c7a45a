"""Twinnings of a locality at the desk."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.directory import OrganizationKind
from app.domain.policy import Permission
from app.forms.organizations import TwinningForm
from app.i18n.catalogue import N_
from app.queries import directory
from app.queries import organizations as lookup
from app.services.directory import twinnings
from app.web import flashes, guard

pages = Blueprint(
    "organizer_twinnings", __name__, url_prefix="/organizer/directory/<organization_id>/twinnings"
)


@pages.route("/new", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_DIRECTORY)
def create(organization_id: str) -> ResponseReturnValue:
    """Twin a locality with another one."""
    organization, form = lookup.get(organization_id), TwinningForm()
    if form.validate_on_submit() and form.attempt(
        lambda: twinnings.twin(
            actor=guard.actor(),
            organization=organization_id,
            partner=form.partner.data,
            since=form.since.data,
            now=clock.now(),
        )
    ):
        return _saved(organization_id, N_("The twinning is listed on both localities."))
    return render_template(
        "organizer/directory/twinning.html",
        form=form,
        organization=organization,
        localities=directory.list_choices(OrganizationKind.LOCALITY, OrganizationKind.FOREIGN_LOCALITY),
    ), form.status


@pages.post("/<twinning_id>/remove")
@guard.signed_in(Permission.MANAGE_DIRECTORY)
def remove(organization_id: str, twinning_id: str) -> ResponseReturnValue:
    """Remove a twinning from both localities."""
    twinnings.untwin(actor=guard.actor(), organization=organization_id, twinning=twinning_id, now=clock.now())
    return _saved(organization_id, N_("The twinning was removed from both localities."))


def _saved(organization_id: str, sentence: str) -> ResponseReturnValue:
    flashes.done(sentence)
    return redirect(url_for("organizer_directory.show", public_id=organization_id, _anchor="twinnings"), 303)
