"""The calendar of an account: a private feed of every roundtable, and the button that makes its link void."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app import site
from app.domain import clock
from app.domain.calendar_links import links_to_subscribe
from app.domain.policy import Permission
from app.i18n.catalogue import N_, gettext
from app.services import accounts
from app.web import flashes, guard, languages

pages = Blueprint("organizer_calendar", __name__, url_prefix="/organizer/calendar")

_NAME = N_("Roundtables")


@pages.get("")
@guard.signed_in(Permission.READ)
def show() -> str:
    """Show how to subscribe."""
    name = gettext(languages.current(), _NAME)
    links = links_to_subscribe(name, feed_url=site.desk_feed_url(current_user))
    return render_template("organizer/accounts/calendar.html", links=links)


@pages.post("/revoke")
@guard.signed_in(Permission.READ)
def revoke() -> ResponseReturnValue:
    """Make the link void and show the new one."""
    accounts.revoke_feed(actor=guard.actor(), now=clock.now())
    flashes.done(N_("The former calendar link works no more. Please subscribe to the new one."))
    return redirect(url_for(".show"), 303)
