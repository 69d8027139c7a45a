"""The mailbox of the demo: what was sent, as its recipients have it."""

from pathlib import Path

from flask import Blueprint, Response, abort, render_template

from app import site
from app.mail import mailbox
from app.web import guard
from app.web.paging import asked_page

pages = Blueprint("mailbox", __name__, url_prefix="/mailbox")

_SANDBOXED = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
"""A mail carries its own styles; it may do nothing else."""


@pages.before_request
def only_in_the_demo() -> None:
    """Outside the demo there is no such mailbox."""
    if not site.settings().demo:
        abort(404)


@pages.get("")
@guard.public
def show() -> str:
    """List every caught mail, the newest first."""
    page = asked_page()
    return render_template(
        "mailbox/list.html",
        mails=mailbox.list_caught(_folder(), page=page),
        total=mailbox.count_caught(_folder()),
        page_number=page,
        page_size=mailbox.PAGE,
    )


@pages.get("/<name>")
@guard.public
def mail(name: str) -> str:
    """Show one mail: its headers, its text, its look, its attachments."""
    return render_template("mailbox/mail.html", mail=_caught(name))


@pages.get("/<name>.eml")
@guard.public
def raw(name: str) -> Response:
    """Answer with the mail as it was sent."""
    return Response(
        mailbox.find_raw(_folder(), name) or abort(404),
        mimetype="message/rfc822",
        headers={"Content-Disposition": f'attachment; filename="{name}.eml"'},
    )


@pages.get("/<name>.html")
@guard.public
def look(name: str) -> Response:
    """Answer with the HTML part alone, for a frame that may do nothing."""
    headers = {"Content-Security-Policy": _SANDBOXED, "X-Frame-Options": "SAMEORIGIN"}
    return Response(_caught(name).body("html"), mimetype="text/html", headers=headers)


@pages.get("/<name>/<int:number>")
@guard.public
def attachment(name: str, number: int) -> Response:
    """Answer with one attachment, never shown inside the site."""
    attachments = _caught(name).attachments()
    if number >= len(attachments):
        abort(404)
    filename, kind, content = attachments[number]
    shown = (
        filename if filename.isascii() and filename.isprintable() and '"' not in filename else "attachment"
    )
    return Response(
        content, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{shown}"'}
    )


def _folder() -> Path:
    return site.settings().instance / "mailbox"


def _caught(name: str) -> mailbox.Caught:
    return mailbox.find_caught(_folder(), name) or abort(404)
