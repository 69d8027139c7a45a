"""Calls on institutions at the desk."""

from datetime import date
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.event_times import HOME_ZONE
from app.domain.policy import Permission
from app.forms.calls import CallForm
from app.i18n.catalogue import N_
from app.queries import calls as queries
from app.queries import invitations
from app.services.invitations import calls
from app.web import flashes, guard

_PREFIX = "/organizer/events/<slug>/guests/<invitation>/calls"
pages = Blueprint("organizer_calls", __name__, url_prefix=_PREFIX)


@pages.route("", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def record(slug: str, invitation: str) -> ResponseReturnValue:
    """Show the calls on an institution, and record one more."""
    found = invitations.get(slug, invitation, guard.actor())
    form = CallForm(called_on=_today(found.event.timezone))
    if form.validate_on_submit() and form.attempt(
        lambda: calls.record(
            actor=guard.actor(), slug=slug, invitation=invitation, command=form.command(), now=clock.now()
        )
    ):
        flashes.done(N_("The call is recorded."))
        return redirect(url_for("organizer_coverage.chase", slug=slug), 303)
    return render_template(
        "organizer/coverage/call.html",
        event=found.event,
        invitation=found,
        form=form,
        calls=queries.list_of(found),
    ), form.status


def _today(zone: str | None) -> date:
    return clock.now().astimezone(ZoneInfo(zone or HOME_ZONE)).date()
