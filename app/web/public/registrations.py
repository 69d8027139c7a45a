"""Open registration: one person, on events that admit it."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from app import site
from app.domain import clock
from app.domain.calendar_links import CalendarLink, CalendarTarget
from app.domain.invitations import effective_deadline, is_open
from app.domain.registrations import CONSENT_VERSION
from app.forms.registrations import OpenRegistrationForm
from app.queries import open_registration
from app.services.registrations.open_registration import register_alone
from app.web import delegate_forms, guard, languages, limits

pages = Blueprint("public_registrations", __name__)

_REGISTERED = "registered"


@pages.route("/events/<slug>/register", methods=["GET", "POST"])
@guard.public
@limits.at_most(limits.FORMS)
def register(slug: str) -> ResponseReturnValue:
    """Register oneself."""
    form = OpenRegistrationForm(data={"language": languages.current()})
    if form.validate_on_submit() and (
        done := form.attempt(lambda: register_alone(slug=slug, command=form.command(), now=clock.now()))
    ):
        session[_REGISTERED] = done.public_id
        return redirect(url_for(".receipt", slug=slug), 303)
    event, sessions = open_registration.get_open_event(slug)
    delegate_forms.offer(form, delegate_forms.list_offered(sessions, None), event)
    page = render_template(
        "public/registrations/new.html",
        event=event,
        form=form,
        office=site.settings().office,
        consent_version=CONSENT_VERSION,
        is_open=is_open(event.status, effective_deadline(None, event), clock.now()),
    )
    return page, form.status


@pages.get("/events/<slug>/registered")
@guard.public
def receipt(slug: str) -> ResponseReturnValue:
    """Show what this browser registered, without the person's own link: that goes to his address."""
    found = open_registration.find_receipt(slug, session.get(_REGISTERED, ""))
    if found is None:
        return redirect(url_for(".register", slug=slug))
    registered, event = found
    calendar = (CalendarLink(CalendarTarget.FILE, site.event_file_url(slug)),)
    return render_template(
        "public/registrations/receipt.html", registered=registered, event=event, calendar=calendar
    )
