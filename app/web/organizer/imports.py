"""People of any institution of a roundtable at once, at the desk."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.imports import MAX_BYTES
from app.domain.invitations import AnswerSource
from app.domain.policy import Permission
from app.queries import events, invitations
from app.queries.imports import Holder
from app.web import guard, uploads
from app.web.import_pages import ImportPages

pages = Blueprint("organizer_imports", __name__, url_prefix="/organizer/events/<slug>/imports")


@pages.route("/new", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
@uploads.at_most(MAX_BYTES)
def send(slug: str) -> ResponseReturnValue:
    """Take a table, of one institution where the address names it."""
    return _pages(slug, institution=request.args.get("institution")).send()


@pages.route("/<draft>/columns", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def columns(slug: str, draft: str) -> ResponseReturnValue:
    """Say what each column holds."""
    return _pages(slug).name_columns(draft)


@pages.route("/<draft>/preview", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def preview(slug: str, draft: str) -> ResponseReturnValue:
    """Show what becomes of each row."""
    return _pages(slug).preview(draft)


@pages.route("/<draft>/rows/<int:line>", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def row(slug: str, draft: str, line: int) -> ResponseReturnValue:
    """Correct one row."""
    return _pages(slug).correct(draft, line)


@pages.route("/<made>", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def result(slug: str, made: str) -> ResponseReturnValue:
    """Show what was done."""
    return _pages(slug).result(made)


def _pages(slug: str, *, institution: str | None = None) -> ImportPages:
    actor = guard.actor()
    event = events.get(slug, actor)
    return ImportPages(
        actor=actor,
        holder=Holder(event.id),
        event=event,
        invitation=invitations.get(slug, institution, actor) if institution else None,
        source=AnswerSource.EMAIL,
        address=lambda step, **parts: url_for(f"organizer_imports.{step}", slug=slug, **parts),
        frame="organizer/imports/frame.html",
        known={"is_open": True, "level": "h2"},
    )
