"""Calendar files over HTTP: downloads and subscriptions, without cookies."""

import gzip
from hashlib import sha256
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request
from werkzeug.http import http_date

from app.domain.calendars import CalendarFile
from app.domain.errors import DomainError, InvalidInput, NotFound
from app.domain.invitations import InvitationState
from app.domain.languages import INTERFACE
from app.domain.policy import Permission
from app.i18n.wording import error_text
from app.ical.serialize import serialize
from app.queries import calendars, events, line_calendars, sites
from app.web import guard, languages
from app.web.downloads import attachment

if TYPE_CHECKING:
    from app.models.invitations import Invitation
    from app.models.registrations import Delegate

pages = Blueprint("calendars", __name__)

_SECONDS_FRESH = 900
_SMALLEST_WORTH_ZIPPING = 1000  # octets: below it the file fits one packet anyway


@pages.get("/events/<slug>.ics")
@guard.public
def event(slug: str) -> Response:
    """Save a roundtable."""
    return _public(calendars.get_event_file(slug, language=_public_language()))


@pages.get("/events/<slug>/sessions/<int:number>.ics")
@guard.public
def session(slug: str, number: int) -> Response:
    """Save one session."""
    return _public(calendars.get_session_file(slug, number, language=_public_language()))


@pages.get("/i/<token>.ics")
@guard.link("invitation")
def invitation_feed(invitation: "Invitation") -> Response:
    """Subscribe to what an institution is invited to."""
    return _answer(calendars.get_invitation_feed(invitation, language=_asked_language()))


@pages.get("/d/<token>.ics")
@guard.link("delegate")
def delegate_file(delegate: "Delegate") -> Response:
    """Save a delegate's own sessions."""
    return _answer(calendars.get_delegate_file(delegate, language=_asked_language()))


@pages.get("/feeds/<token>.ics")
@guard.link("delegate-feed")
def delegate_feed(delegate: "Delegate") -> Response:
    """Subscribe to a delegate's own sessions."""
    return _answer(calendars.get_delegate_feed(delegate, language=_asked_language()))


@pages.get("/i/<token>/site/<site_id>/test.ics")
@guard.link("invitation")
def own_line_test(invitation: "Invitation", site_id: str) -> Response:
    """Save the test of the line of an institution's site, once it comes."""
    if invitation.state is not InvitationState.ACCEPTED:
        raise NotFound("not_found")
    language = _asked_language() or invitation.language
    return _answer(
        line_calendars.get_test_file(sites.get_of_invitation(invitation, site_id), language=language)
    )


@pages.get("/organizer/events/<slug>/sites/<site_id>/test.ics")
@guard.signed_in(Permission.MANAGE_EVENTS)
def line_test(slug: str, site_id: str) -> Response:
    """Save the test of the line of a site, with its link, for who leads the tests."""
    site = sites.get_of_event(events.get(slug, guard.actor()), site_id)
    return _answer(line_calendars.get_test_file(site, language=languages.current()))


@pages.errorhandler(NotFound)
@pages.errorhandler(InvalidInput)
def _refuse(error: DomainError) -> tuple[str, int, dict[str, str]]:
    """Say in one plain sentence that there is no such file: calendars read no pages, follow no redirects."""
    return f"{error_text(error, languages.current())}\n", 404, {"Content-Type": "text/plain; charset=utf-8"}


def _asked_language() -> str | None:
    """Return the language that the address asks for; a feed knows no cookie."""
    asked = request.args.get("lang")
    return asked if asked in INTERFACE else None


def _public_language() -> str:
    return _asked_language() or languages.understood() or languages.DEFAULT


def _public(file: CalendarFile) -> Response:
    return _answer(file, cache="public", vary="Accept-Encoding, Accept-Language")


def _answer(file: CalendarFile, *, cache: str = "private", vary: str = "Accept-Encoding") -> Response:
    data = serialize(file)
    headers = {
        "ETag": f'W/"{sha256(data).hexdigest()[:32]}"',  # weak: zipped and plain are the same calendar
        "Last-Modified": http_date(file.changed),
        "Cache-Control": f"{cache}, max-age={_SECONDS_FRESH}",
        "Vary": vary,
    }
    if file.feed is None:
        headers["Content-Disposition"] = attachment(file.title, "ics")
    if len(data) > _SMALLEST_WORTH_ZIPPING and request.accept_encodings["gzip"]:
        data = gzip.compress(data, 6, mtime=0)
        headers["Content-Encoding"] = "gzip"
    response = Response(data, mimetype="text/calendar", headers=headers)
    response.make_conditional(request)
    return response
