"""A whole delegation at once, by the institution's link."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.imports import MAX_BYTES
from app.domain.invitations import AnswerSource, effective_deadline, is_open
from app.forms.fields import Form
from app.queries import earlier
from app.queries.imports import Holder
from app.services.imports import drafts
from app.web import guard, languages, limits, uploads
from app.web.delegate import institution
from app.web.import_pages import ImportPages

if TYPE_CHECKING:
    from app.models.invitations import Invitation

pages = Blueprint("delegate_imports", __name__, url_prefix="/i/<token>/imports")


@pages.route("/new", methods=["GET", "POST"])
@guard.link("invitation")
@limits.at_most(limits.FORMS)
@uploads.at_most(MAX_BYTES)
def send(invitation: "Invitation") -> ResponseReturnValue:
    """Take a table."""
    return _pages(invitation).send()


@pages.route("/<draft>/columns", methods=["GET", "POST"])
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def columns(invitation: "Invitation", draft: str) -> ResponseReturnValue:
    """Say what each column holds."""
    return _pages(invitation).name_columns(draft)


@pages.route("/<draft>/preview", methods=["GET", "POST"])
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def preview(invitation: "Invitation", draft: str) -> ResponseReturnValue:
    """Show what becomes of each row."""
    return _pages(invitation).preview(draft)


@pages.route("/<draft>/rows/<int:line>", methods=["GET", "POST"])
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def row(invitation: "Invitation", draft: str, line: int) -> ResponseReturnValue:
    """Correct one row."""
    return _pages(invitation).correct(draft, line)


@pages.route("/<made>", methods=["GET", "POST"])
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def result(invitation: "Invitation", made: str) -> ResponseReturnValue:
    """Show what was done."""
    return _pages(invitation).result(made)


@pages.route("/earlier", methods=["GET", "POST"])
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def again(invitation: "Invitation") -> ResponseReturnValue:
    """Offer the people whom the institution sent to earlier events."""
    mine = _pages(invitation)
    form = Form()
    if form.validate_on_submit() and (
        draft := form.attempt(
            lambda: drafts.start_again(
                actor=mine.actor,
                invitation=invitation,
                people=request.form.getlist("chosen"),
                language=languages.current(),
                now=clock.now(),
            )
        )
    ):
        return redirect(mine.address("preview", draft=draft), 303)
    people = earlier.list_people(invitation)
    page = render_template(
        "delegate/imports/earlier.html",
        invitation=invitation,
        event=invitation.event,
        form=form,
        people=people,
        **mine.known,
    )
    return page, form.status


def _pages(invitation: "Invitation") -> ImportPages:
    languages.prefer(invitation.language)
    token = str((request.view_args or {})["token"])
    deadline = effective_deadline(invitation.deadline, invitation.event)
    return ImportPages(
        actor=institution.actor(invitation),
        holder=Holder(invitation.event_id, invitation.id),
        event=invitation.event,
        invitation=invitation,
        source=AnswerSource.LINK,
        address=lambda step, **parts: url_for(f"delegate_imports.{step}", token=token, **parts),
        frame="delegate/imports/frame.html",
        known={
            "level": "h1",
            "token": token,
            "deadline": deadline,
            "is_open": is_open(invitation.event.status, deadline, clock.now()),
        },
    )
