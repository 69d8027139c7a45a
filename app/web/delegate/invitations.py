"""The page of an institution: what it is invited to, its answer, the receipt."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import site
from app.domain import calendar_links, clock
from app.domain.events import Mode
from app.domain.identifiers import reference
from app.domain.invitations import InvitationState
from app.domain.languages import in_language
from app.forms.invitations import AnswerForm
from app.queries import members, programme, registrations, sites, standings
from app.services.invitations import answers
from app.web import guard, languages, limits
from app.web.delegate import institution

if TYPE_CHECKING:
    from app.models.invitations import Invitation
    from app.queries.sites import SiteTree

pages = Blueprint("delegate_invitations", __name__)


@pages.route("/i/<token>", methods=["GET", "POST"])
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def answer(invitation: "Invitation") -> ResponseReturnValue:
    """Show the invitation and what was answered; take an answer."""
    languages.prefer(invitation.language)
    form = AnswerForm()
    now, public_id = clock.now(), invitation.public_id
    if form.validate_on_submit() and form.attempt(
        lambda: answers.answer(invitation=public_id, command=form.command(), now=now)
    ):
        return redirect(url_for(".receipt", token=_token()), 303)
    standing = standings.get(invitation, now=now)
    form.show_last(standing.last)
    return _page(
        "answer",
        invitation,
        form=form,
        standing=standing,
        is_open=standing.is_open,
        may_ask=institution.may_ask(invitation, now),
        delegates=registrations.list_delegation(invitation),
        own_sites=_own_sites(invitation),
        members=len(members.list_waiting(invitation)) if invitation.takes_members else 0,
    ), form.status


@pages.get("/i/<token>/receipt")
@guard.link("invitation")
def receipt(invitation: "Invitation") -> ResponseReturnValue:
    """Show what was recorded and what happens next."""
    languages.prefer(invitation.language)
    standing = standings.get(invitation, now=clock.now())
    if standing.last is None:
        return redirect(url_for(".answer", token=_token()), 303)
    feed = site.opened_feed_url(_token())
    title = in_language(invitation.event.titles, languages.current())
    return _page(
        "receipt",
        invitation,
        standing=standing,
        reference=reference(standing.last.public_id),
        calendars=calendar_links.links_to_subscribe(title, feed_url=feed, file_url=feed),
    )


def _own_sites(invitation: "Invitation") -> "SiteTree | None":
    """Return the connection sites of an institution that comes, where the event is not in one room only."""
    if invitation.state is not InvitationState.ACCEPTED or invitation.event.mode is Mode.IN_PERSON:
        return None
    return sites.get_own_tree(invitation)


def _page(name: str, invitation: "Invitation", **values: object) -> str:
    return render_template(
        f"delegate/invitations/{name}.html",
        invitation=invitation,
        event=invitation.event,
        organization=invitation.organization,
        sessions=programme.list_sessions(invitation.event),
        link=url_for(".answer", token=_token()),
        token=_token(),
        **values,
    )


def _token() -> str:
    """Return the secret that opened this page."""
    return str((request.view_args or {})["token"])
