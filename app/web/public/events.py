"""The public pages: home and event."""

from flask import Blueprint, render_template, request, session

from app import site
from app.domain import clock
from app.domain.event_facts import EventCriteria
from app.domain.events import is_over
from app.domain.invitations import effective_deadline, is_open
from app.domain.policy import PUBLIC
from app.forms import event_filter
from app.queries import event_page, events
from app.web import guard, languages, stylesheet
from app.web.paging import asked_page
from app.web.public import listing, zones
from app.web.public.editions import Edition, printed

pages = Blueprint("public", __name__)


@pages.get("/")
@guard.public
def home() -> str:
    """Show what lies ahead and below it what was; or what meets the wishes in the address."""
    if any(request.args.get(name) for name in listing.WISHES):
        return _found(event_filter.criteria(request.args))
    return render_template(
        "public/home.html",
        address=site.url("/"),
        sections=listing.sections(clock.now()),
        choosers=listing.choosers(),
        zone=zones.reading(),
    )


@pages.get("/events/<slug>")
@guard.public
def event(slug: str) -> str:
    """Show one roundtable."""
    now, stamp = clock.now(), event_page.get_stamp(slug)
    deadline = effective_deadline(None, stamp)
    edition = Edition(
        slug=slug,
        stamp=stamp,
        language=languages.current(),
        zone=zones.reading(),
        asked=tuple(request.args.items(multi=True)),
        is_over=is_over(stamp.date, stamp.starts_at, stamp.ends_at, now=now),
        admits=stamp.admits_open_registration and is_open(stamp.status, deadline, now),
        carries_sheet=stylesheet.is_carried(),
    )
    # What an act has to say on its next page is said once.
    return printed.__wrapped__(edition) if "_flashes" in session else printed(edition)


def _found(criteria: EventCriteria) -> str:
    now, page, choosers = clock.now(), asked_page(), listing.choosers()
    start = (page - 1) * listing.PAGE
    count = events.count_events(PUBLIC, criteria, now=now)
    return render_template(
        "public/found.html",
        words=criteria.words,
        events=events.list_events(PUBLIC, criteria, now=now, limit=listing.PAGE, offset=start),
        count=count,
        current=page,
        last=-(-count // listing.PAGE),
        address=listing.page_address,
        choosers=choosers,
        pills=listing.pills(criteria, choosers),
        zone=zones.reading(),
    )
