"""Approval by the head of an institution: asked by the focal point, given by a link of his own."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.languages import in_language
from app.forms.approvals import AskHeadForm, HeadForm
from app.i18n.catalogue import NN_
from app.i18n.wording import label
from app.queries import approvals
from app.services.registrations import approval, approver
from app.web import flashes, guard, languages, limits
from app.web.delegate import institution

if TYPE_CHECKING:
    from app.models.invitations import Invitation
    from app.models.registrations import Delegate

pages = Blueprint("delegate_approvals", __name__)
_ASKED = NN_("The list of {n} delegate is sent to {email}.", "The list of {n} delegates is sent to {email}.")
_APPROVED = NN_("{n} delegate is approved.", "{n} delegates are approved.")
_REFUSED = NN_("{n} delegate is not approved.", "{n} delegates are not approved.")


@pages.route("/i/<token>/approval", methods=["GET", "POST"])
@guard.link("invitation")
@limits.at_most(limits.MAILS)
def ask(invitation: "Invitation") -> ResponseReturnValue:
    """Name the head of the institution and send him the list of those who wait."""
    languages.prefer(invitation.language)
    form = AskHeadForm(data={"name": invitation.approver_name, "email": invitation.approver_email or ""})
    if form.validate_on_submit() and (
        asked := form.attempt(
            lambda: approver.ask_head(
                actor=institution.actor(invitation),
                invitation=invitation,
                command=form.command(),
                now=clock.now(),
            )
        )
    ):
        flashes.counted(_ASKED, asked, email=form.email.data)
        return redirect(url_for("delegate_invitations.answer", token=institution.token()), 303)
    waiting = approvals.list_awaiting_head(invitation)
    return institution.render("ask_head", invitation, form=form, waiting=waiting), form.status


@pages.route("/a/<token>", methods=["GET", "POST"])
@guard.link("approval")
@limits.at_most(limits.FORMS)
def decide(invitation: "Invitation") -> ResponseReturnValue:
    """Show the head who waits for his word, and take it."""
    languages.prefer(invitation.language)
    waiting = approvals.list_awaiting_head(invitation)
    approves = request.form.get("decision") == "approve"
    form = HeadForm(data={"chosen": [one.public_id for one in waiting]})
    form.offer((one.public_id, _words(one)) for one in waiting)
    if form.validate_on_submit() and (
        done := form.attempt(
            lambda: approval.decide_as_head(
                invitation=invitation,
                command=form.decision(form.chosen.data, approves=approves),
                now=clock.now(),
            )
        )
    ):
        flashes.counted(_APPROVED if approves else _REFUSED, done)
        return redirect(url_for(".decide", token=institution.token()), 303)
    page = render_template(
        "delegate/approval.html",
        invitation=invitation,
        event=invitation.event,
        waiting=waiting,
        form=form,
    )
    return page, form.status


def _words(delegate: "Delegate") -> str:
    language, person = languages.current(), delegate.person
    parts = (person.full_name, in_language(person.posts, language), label(delegate.role, language))
    return " · ".join(part for part in parts if part)
