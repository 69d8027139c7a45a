"""Calendar files over HTTP: downloads and subscriptions, without cookies."""

import gzip
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request

from app import site
from app.domain.calendars import CalendarFile
from app.domain.errors import DomainError, InvalidInput, NotFound
from app.domain.invitations import InvitationState
from app.domain.languages import INTERFACE
from app.domain.policy import Permission
from app.i18n.wording import error_text
from app.ical.serialize import serialize
from app.queries import calendar_facts, calendars, events, line_calendars, sites
from app.queries.calendar_facts import Holder
from app.web import calendar_tags, guard, languages
from app.web.downloads import attachment

if TYPE_CHECKING:
    from app.models.accounts import Account
    from app.models.invitations import Invitation
    from app.models.registrations import Delegate

pages = Blueprint("calendars", __name__)

_SMALLEST_WORTH_ZIPPING = 1000  # octets: below it the file fits one packet anyway


@pages.get("/events/<slug>.ics")
@guard.public
def event(slug: str) -> Response:
    """Save a roundtable."""
    return _public(slug, lambda language: calendars.get_event_file(slug, language=language))


@pages.get("/events/<slug>/sessions/<int:number>.ics")
@guard.public
def session(slug: str, number: int) -> Response:
    """Save one session."""
    return _public(slug, lambda language: calendars.get_session_file(slug, number, language=language))


@pages.get("/i/<token>.ics")
@guard.link("invitation")
def invitation_feed(invitation: "Invitation") -> Response:
    """Subscribe to what an institution is invited to."""
    return _private(
        "invitation",
        invitation.public_id,
        lambda language: calendars.get_invitation_feed(
            invitation, language=language, source_url=site.opened_feed_url(_token())
        ),
    )


@pages.get("/d/<token>.ics")
@guard.link("delegate")
def delegate_file(delegate: "Delegate") -> Response:
    """Save a delegate's own sessions."""
    return _private(
        "delegate",
        delegate.public_id,
        lambda language: calendars.get_delegate_file(delegate, language=language),
    )


@pages.get("/feeds/<token>.ics")
@guard.link("delegate-feed")
def delegate_feed(delegate: "Delegate") -> Response:
    """Subscribe to a delegate's own sessions."""
    return _private(
        "delegate-feed",
        delegate.public_id,
        lambda language: calendars.get_delegate_feed(delegate, language=language),
    )


@pages.get("/feeds/desk/<token>.ics")
@guard.link("desk-feed")
def desk_feed(account: "Account") -> Response:
    """Subscribe to every event that an account may see."""
    return _private(
        "desk-feed", account.public_id, lambda language: calendars.get_desk_feed(account, language=language)
    )


@pages.get("/i/<token>/site/<site_id>/test.ics")
@guard.link("invitation")
def own_line_test(invitation: "Invitation", site_id: str) -> Response:
    """Save the test of the line of an institution's site, once it comes."""
    if invitation.state is not InvitationState.ACCEPTED:
        raise NotFound("not_found")
    language = _asked_language() or invitation.language
    place = sites.get_of_invitation(invitation, site_id)
    return _small(line_calendars.get_test_file(place, language=language))


@pages.get("/organizer/events/<slug>/sites/<site_id>/test.ics")
@guard.signed_in(Permission.MANAGE_EVENTS)
def line_test(slug: str, site_id: str) -> Response:
    """Save the test of the line of a site, with its link, for who leads the tests."""
    place = sites.get_of_event(events.get(slug, guard.actor()), site_id)
    return _small(line_calendars.get_test_file(place, language=languages.current()))


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


def _token() -> str:
    return str((request.view_args or {})["token"]).lower()


def _public(slug: str, build: Callable[[str], CalendarFile]) -> Response:
    """Answer with a file of a published event."""
    language = _public_language()
    facts = calendar_facts.find_of_event(slug)
    etag = calendar_tags.tag(site.settings(), (request.path, language), facts or ())
    said = calendar_tags.headers(etag, cache_control="public", vary="Accept-Encoding, Accept-Language")
    return _answer(lambda: build(language), said)


def _private(holder: Holder, public_id: str, build: Callable[[str | None], CalendarFile]) -> Response:
    """Answer with the file of a link that is right."""
    language = _asked_language()
    facts = calendar_facts.get_of_holder(holder, public_id)
    said = calendar_tags.headers(calendar_tags.tag(site.settings(), (holder, _token(), language), facts))
    return _answer(lambda: build(language), said)


def _small(file: CalendarFile) -> Response:
    """Answer with a file that nobody subscribes to: it is built to know whether it changed."""
    etag = calendar_tags.tag(site.settings(), (serialize(file),), ())
    return _answer(lambda: file, calendar_tags.headers(etag))


def _answer(build: Callable[[], CalendarFile], said: Mapping[str, str]) -> Response:
    """Build the file unless the calendar has it, and zip it where that is worth it."""
    if said["ETag"].removeprefix("W/").strip('"') in request.if_none_match.as_set(include_weak=True):
        return Response(status=304, headers=said)
    file = build()
    data = serialize(file)
    response = Response(data, mimetype="text/calendar", headers=said)
    response.last_modified = file.changed
    if file.feed is None:
        response.headers["Content-Disposition"] = attachment(file.title, "ics")
    if len(data) > _SMALLEST_WORTH_ZIPPING and request.accept_encodings["gzip"]:
        response.set_data(gzip.compress(data, 6, mtime=0))
        response.content_encoding = "gzip"
    response.make_conditional(request)
    return response
