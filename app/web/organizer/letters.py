"""Letters of invitation: prepare them, look at them as their recipients will, send them in one act."""

from collections import Counter

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from app.domain import clock
from app.domain.errors import Conflict
from app.domain.policy import Permission
from app.i18n.catalogue import N_, NN_, gettext, ngettext
from app.i18n.wording import error_text
from app.mail import reading
from app.queries import events, invitations
from app.services.invitations import letters
from app.web import guard, languages

pages = Blueprint("organizer_letters", __name__, url_prefix="/organizer/events/<slug>/guests/letters")

_SANDBOXED = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
"""A mail carries its own styles; it may do nothing else."""
_PREPARED = NN_("{n} letter is prepared and waits for you.", "{n} letters are prepared and wait for you.")
_RELEASED = NN_("{n} letter is on its way.", "{n} letters are on their way.")


@pages.get("")
@guard.signed_in(Permission.SEND_MAIL)
def show(slug: str) -> str:
    """Show what waits: how many letters, in which languages, one of them as its recipient sees it."""
    event = events.get(slug, guard.actor())
    drafts = invitations.list_drafts(event)
    wanted = request.args.get("letter")
    shown = next(
        (draft for draft in drafts if draft.message.public_id == wanted), drafts[0] if drafts else None
    )
    return render_template(
        "organizer/invitations/letters.html",
        event=event,
        drafts=drafts,
        shown=shown,
        text=reading.plain_text(shown.message) if shown else "",
        by_language=Counter(draft.message.language for draft in drafts),
        unsent=invitations.list_unsent(event),
        invited=sum(invitations.count_by_state(event).values()),
        progress=invitations.count_letters(event),
        is_outdated=any(draft.message.created_at < event.changed_at for draft in drafts),
    )


@pages.post("/prepare")
@guard.signed_in(Permission.SEND_MAIL)
def prepare(slug: str) -> ResponseReturnValue:
    """Write a draft for every guest without a letter."""
    made = letters.prepare(actor=guard.actor(), slug=slug, now=clock.now())
    flash(ngettext(languages.current(), *_PREPARED, made.letters), "done")
    return redirect(url_for(".show", slug=slug), 303)


@pages.post("/test")
@guard.signed_in(Permission.SEND_MAIL)
def test(slug: str) -> ResponseReturnValue:
    """Send one letter to the organiser himself."""
    invitation, to = request.form.get("invitation", ""), current_user.email
    letters.send_test(actor=guard.actor(), slug=slug, invitation=invitation, to=to, now=clock.now())
    flash(gettext(languages.current(), N_("The test is on its way to {email}."), email=to), "done")
    return redirect(url_for(".show", slug=slug, letter=request.form.get("letter")), 303)


@pages.post("/release")
@guard.signed_in(Permission.SEND_MAIL)
def release(slug: str) -> ResponseReturnValue:
    """Send all prepared letters; the number must be the one that the button named."""
    expected = request.form.get("expected", 0, type=int)
    try:
        sent = letters.release(actor=guard.actor(), slug=slug, expected=expected, now=clock.now())
    except Conflict as refusal:
        flash(error_text(refusal, languages.current()), "error")
        return redirect(url_for(".show", slug=slug), 303)
    flash(ngettext(languages.current(), *_RELEASED, sent), "done")
    return redirect(url_for("organizer_invitations.show", slug=slug), 303)


@pages.get("/<letter>.html")
@guard.signed_in(Permission.SEND_MAIL)
def look(slug: str, letter: str) -> Response:
    """Answer with the HTML of one letter alone, for a frame that may do nothing."""
    message = invitations.get_draft(events.get(slug, guard.actor()), letter)
    headers = {"Content-Security-Policy": _SANDBOXED, "X-Frame-Options": "SAMEORIGIN"}
    return Response(reading.html(message), mimetype="text/html", headers=headers)
