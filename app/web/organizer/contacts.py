"""Contacts of an organisation at the desk."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.documents.directory import read_titles
from app.domain import clock
from app.domain.policy import Permission
from app.forms.contacts import ContactForm
from app.i18n.catalogue import N_
from app.queries import details
from app.queries import organizations as lookup
from app.services.directory import contacts
from app.web import flashes, guard

pages = Blueprint(
    "organizer_contacts", __name__, url_prefix="/organizer/directory/<organization_id>/contacts"
)


@pages.route("/new", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_DIRECTORY)
def create(organization_id: str) -> ResponseReturnValue:
    """Add a contact; the first one is proposed as the focal point."""
    organization = lookup.get(organization_id)
    form = ContactForm(data={"is_focal_point": lookup.find_focal_point(organization) is None})
    if form.validate_on_submit() and form.attempt(
        lambda: contacts.add_contact(
            actor=guard.actor(), organization=organization_id, details=form.command(), now=clock.now()
        )
    ):
        return _saved(organization_id, N_("The contact was added."))
    return _form(form, organization_id, contact_id=None), form.status


@pages.route("/<contact_id>/edit", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_DIRECTORY)
def edit(organization_id: str, contact_id: str) -> ResponseReturnValue:
    """Change a contact."""
    contact = lookup.get_contact(lookup.get(organization_id), contact_id)
    form = ContactForm.of(details.of_contact(contact), contact.revision)
    if form.validate_on_submit() and form.attempt(
        lambda: contacts.edit_contact(
            actor=guard.actor(),
            organization=organization_id,
            contact=contact_id,
            details=form.command(),
            revision=form.seen,
            now=clock.now(),
        )
    ):
        return _saved(organization_id, N_("The contact was changed."))
    return _form(form, organization_id, contact_id=contact_id), form.status


@pages.post("/<contact_id>/archive")
@guard.signed_in(Permission.MANAGE_DIRECTORY)
def archive(organization_id: str, contact_id: str) -> ResponseReturnValue:
    """Put a contact aside."""
    contacts.archive_contact(
        actor=guard.actor(), organization=organization_id, contact=contact_id, now=clock.now()
    )
    back = url_for(".restore", organization_id=organization_id, contact_id=contact_id)
    flashes.undoable(N_("The contact was put aside."), back)
    return _contacts_of(organization_id)


@pages.post("/<contact_id>/restore")
@guard.signed_in(Permission.MANAGE_DIRECTORY)
def restore(organization_id: str, contact_id: str) -> ResponseReturnValue:
    """Take a contact back."""
    contacts.restore_contact(
        actor=guard.actor(), organization=organization_id, contact=contact_id, now=clock.now()
    )
    return _saved(organization_id, N_("The contact is in use again."))


def _form(form: ContactForm, organization_id: str, *, contact_id: str | None) -> str:
    organization = lookup.get(organization_id)
    return render_template(
        "organizer/directory/contact.html",
        form=form,
        organization=organization,
        contact=lookup.get_contact(organization, contact_id) if contact_id else None,
        titles=read_titles(),
    )


def _saved(organization_id: str, sentence: str) -> ResponseReturnValue:
    flashes.done(sentence)
    return _contacts_of(organization_id)


def _contacts_of(organization_id: str) -> ResponseReturnValue:
    return redirect(url_for("organizer_directory.show", public_id=organization_id, _anchor="contacts"), 303)
