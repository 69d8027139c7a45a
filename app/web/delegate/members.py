"""Members of an association: their own form behind the sub-link, and the word of the focal point."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import site
from app.domain import clock
from app.domain.invitations import effective_deadline, is_open
from app.domain.registrations import CONSENT_VERSION
from app.forms.fields import Form
from app.forms.registrations import OpenRegistrationForm
from app.i18n.catalogue import NN_
from app.queries import members as lookup
from app.services.registrations import members
from app.web import delegate_forms, flashes, guard, languages, limits
from app.web.delegate import institution

if TYPE_CHECKING:
    from app.models.invitations import Invitation

pages = Blueprint("delegate_members", __name__)
_REGISTERED = NN_("{n} member is registered.", "{n} members are registered.")
_DECLINED = NN_("{n} member is declined.", "{n} members are declined.")


@pages.route("/i/<token>/members", methods=["GET", "POST"])
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def index(invitation: "Invitation") -> ResponseReturnValue:
    """Show the sub-link and who waits; take the word about them."""
    languages.prefer(invitation.language)
    form = Form()
    approves = request.form.get("act") == "approve"
    if form.validate_on_submit() and (
        done := form.attempt(
            lambda: members.decide(
                actor=institution.actor(invitation),
                invitation=invitation,
                chosen=request.form.getlist("chosen"),
                approves=approves,
                now=clock.now(),
            )
        )
    ):
        flashes.counted(_REGISTERED if approves else _DECLINED, done)
        return redirect(url_for(".index", token=institution.token()), 303)
    link = site.member_url(invitation) if invitation.takes_members else None
    waiting = lookup.list_waiting(invitation)
    return institution.render("members", invitation, form=form, link=link, waiting=waiting), form.status


@pages.post("/i/<token>/members/link")
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def change_link(invitation: "Invitation") -> ResponseReturnValue:
    """Make the sub-link, or make it void."""
    members.open_link(
        actor=institution.actor(invitation),
        invitation=invitation,
        is_open=request.form.get("act") == "open",
        now=clock.now(),
    )
    return redirect(url_for(".index", token=institution.token()), 303)


@pages.route("/m/<token>", methods=["GET", "POST"])
@guard.link("member")
@limits.at_most(limits.FORMS)
def ask(invitation: "Invitation") -> ResponseReturnValue:
    """Let a member register himself; his institution decides."""
    form = OpenRegistrationForm(data={"language": languages.current()})
    if form.validate_on_submit() and form.attempt(
        lambda: members.ask(invitation=invitation, command=form.command(), now=clock.now())
    ):
        return redirect(url_for(".asked", token=institution.token()), 303)
    event = invitation.event
    offered = delegate_forms.list_offered(event.sessions, invitation.organization.kind)
    delegate_forms.offer(form, offered, event)
    deadline = effective_deadline(invitation.deadline, event)
    page = render_template(
        "delegate/members/ask.html",
        invitation=invitation,
        event=event,
        form=form,
        office=site.settings().office,
        consent_version=CONSENT_VERSION,
        deadline=deadline,
        is_open=is_open(event.status, deadline, clock.now()),
    )
    return page, form.status


@pages.get("/m/<token>/sent")
@guard.link("member")
def asked(invitation: "Invitation") -> str:
    """Say what happens next."""
    return render_template("delegate/members/asked.html", invitation=invitation, event=invitation.event)
