"""What programs ask for at fixed addresses: where to look, whom to tell of a flaw, the mark of the site."""

from datetime import timedelta

from flask import Blueprint, Response, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from app import site
from app.domain import clock
from app.domain.languages import INTERFACE
from app.web import guard

pages = Blueprint("robots", __name__)

# Calendars ask like robots do, some by these rules: every calendar file stays open to them. Secret links
# robots neither learn nor keep (X-Robots-Tag); the pages behind them are nobody else's.
_RULES = """User-agent: *
Allow: /events/
Allow: /feeds/
Allow: /i/*.ics
Allow: /d/*.ics
Disallow: /i/
Disallow: /d/
Disallow: /a/
Disallow: /organizer
Disallow: /mailbox
Disallow: /links/
"""
_GOOD_FOR = timedelta(days=180)


@pages.get("/robots.txt")
@guard.public
def robots() -> Response:
    """Answer where robots may look."""
    return Response(_RULES, mimetype="text/plain")


@pages.get("/.well-known/security.txt")
@guard.public
def security() -> Response:
    """Answer whom to tell of a flaw (RFC 9116); 404 where the site names no contact."""
    contact = site.settings().contact
    if not contact:
        abort(404)
    prefix = "mailto:" if "@" in contact else "tel:" if contact[:1] in "+0123456789" else ""
    until = (clock.now() + _GOOD_FOR).replace(microsecond=0).isoformat()
    told = {
        "Contact": prefix + contact.replace(" ", ""),
        "Expires": until,
        "Preferred-Languages": ", ".join(INTERFACE),
    }
    return Response("".join(f"{name}: {value}\n" for name, value in told.items()), mimetype="text/plain")


@pages.get("/favicon.ico")
@guard.public
def favicon() -> ResponseReturnValue:
    """Lead browsers that ask by habit to the mark."""
    return redirect(url_for("static", filename="mark.svg", v=None), 301)
