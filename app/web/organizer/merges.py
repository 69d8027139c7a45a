"""Merging organisations at the desk: choose, look, merge, undo."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.errors import Conflict, InvalidInput
from app.domain.policy import Permission, may
from app.forms.fields import Form
from app.forms.organizations import MergeForm, OtherOrganizationForm
from app.i18n.catalogue import N_
from app.i18n.wording import error_text
from app.queries import directory, likeness, merges
from app.queries import organizations as lookup
from app.services.directory import merge as merging
from app.web import flashes, guard, languages

if TYPE_CHECKING:
    from app.models.directory import Organization

pages = Blueprint("organizer_merges", __name__, url_prefix="/organizer/directory")


@pages.route("/<public_id>/merge", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_DIRECTORY)
def choose(public_id: str) -> ResponseReturnValue:
    """Choose with which other organisation one is merged."""
    organization, form = lookup.get(public_id), OtherOrganizationForm()
    if form.validate_on_submit():
        other = form.attempt(lambda: lookup.get_named(form.other.data, field="other"))
        if other:
            return redirect(url_for(".confirm", public_id=public_id, gone_id=other.public_id), 303)
    return render_template(
        "organizer/directory/merge_choose.html",
        form=form,
        organization=organization,
        like=likeness.list_resembling(organization),
        others=directory.list_choices(organization.kind),
    ), form.status


@pages.route("/<public_id>/merge/<gone_id>", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_DIRECTORY)
def confirm(public_id: str, gone_id: str) -> ResponseReturnValue:
    """Show two organisations side by side and what a merge would do; then do it."""
    kept, gone = lookup.get(public_id), lookup.get(gone_id)
    form = MergeForm(data={"kept_revision": str(kept.revision), "gone_revision": str(gone.revision)})
    if form.validate_on_submit():
        done = form.attempt(
            lambda: merging.merge(
                actor=guard.actor(), kept=public_id, gone=gone_id, **form.seen, now=clock.now()
            )
        )
        if done:
            flashes.done(N_("The two organisations are one now."))
            return redirect(url_for(".show", merge_id=done), 303)
    return render_template(
        "organizer/directory/merge.html",
        form=form,
        kept=kept,
        gone=gone,
        outlook=merges.look_ahead(kept, gone),
        refusal=_refusal(kept, gone),
    ), form.status


@pages.get("/merges/<merge_id>")
@guard.signed_in(Permission.READ)
def show(merge_id: str) -> str:
    """Show what a merge changed, and what stands in the way of undoing it."""
    return _show(merge_id, Form())


@pages.post("/merges/<merge_id>")
@guard.signed_in(Permission.MANAGE_DIRECTORY)
def undo(merge_id: str) -> ResponseReturnValue:
    """Part the two again."""
    form = Form()
    done = form.attempt(lambda: merging.undo(actor=guard.actor(), merge=merge_id, now=clock.now()))
    if done is None:
        return _show(merge_id, form), 422
    flashes.done(N_("The two organisations are as they were."))
    return redirect(url_for("organizer_directory.show", public_id=done), 303)


def _show(merge_id: str, form: Form) -> str:
    merge = merges.get(merge_id)
    return render_template(
        "organizer/directory/merged.html",
        form=form,
        merge=merge,
        moves=merges.count_moves(merge),
        obstacles=merging.count_obstacles(merge) if merge.undone_at is None else {},
        can_edit=may(guard.actor(), Permission.MANAGE_DIRECTORY),
    )


def _refusal(kept: "Organization", gone: "Organization") -> str | None:
    try:
        merging.require_mergeable(kept, gone)
    except (Conflict, InvalidInput) as refusal:
        return error_text(refusal, languages.current())
    return None
