"""Deleting organisations and contacts that nothing uses, at the desk."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.policy import Permission
from app.forms.organizations import RemovalForm
from app.i18n.catalogue import N_
from app.queries import organizations as lookup
from app.queries import references
from app.services.directory import contacts, organizations
from app.web import flashes, guard

pages = Blueprint("organizer_removals", __name__, url_prefix="/organizer/directory/<public_id>")


@pages.route("/delete", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_DIRECTORY)
def organization(public_id: str) -> ResponseReturnValue:
    """Say what uses an organisation; delete it where nothing does."""
    row = lookup.get(public_id)
    form = RemovalForm(data={"revision": row.revision})
    if form.validate_on_submit() and form.attempt(lambda: _remove(public_id, form.seen)):
        flashes.done(N_("The organisation was deleted."))
        return redirect(url_for("organizer_directory.index"), 303)
    uses = references.count_uses(row)
    return render_template(
        "organizer/directory/delete.html",
        form=form,
        organization=row,
        contacts=uses.pop("contacts", 0),
        uses=uses,
    ), form.status


@pages.post("/contacts/<contact_id>/delete")
@guard.signed_in(Permission.MANAGE_DIRECTORY)
def contact(public_id: str, contact_id: str) -> ResponseReturnValue:
    """Delete a contact that no invitation went to."""
    contacts.remove_contact(actor=guard.actor(), organization=public_id, contact=contact_id, now=clock.now())
    flashes.done(N_("The contact was deleted."))
    return redirect(url_for("organizer_directory.show", public_id=public_id, _anchor="contacts"), 303)


def _remove(public_id: str, revision: int) -> bool:
    organizations.remove(actor=guard.actor(), organization=public_id, revision=revision, now=clock.now())
    return True
