"""Answers that came back by mail: what waits for the organiser's word, what came and what became of it."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.errors import Conflict
from app.domain.inbound import MOST_OF_ONE_STRANGER, MOST_OF_STRANGERS, HoldDecision
from app.domain.policy import Permission, may
from app.domain.tokens import masked
from app.i18n.catalogue import N_, NN_
from app.i18n.wording import error_text
from app.mail import kept
from app.queries import events, inbound, standings
from app.services.inbound import decisions, ingest
from app.web import flashes, guard, languages
from app.web.organizer.answer_words import shown
from app.web.paging import asked_page

pages = Blueprint("organizer_answers", __name__, url_prefix="/organizer/events/<slug>/answers")
_DISMISSED = NN_("{n} mail is dismissed.", "{n} mails are dismissed.")
_ACTS = {
    "apply": (HoldDecision.APPLIED, N_("The answer is recorded.")),
    "dismiss": (HoldDecision.DISMISSED, N_("The mail is dismissed.")),
    "decline": (HoldDecision.COUNTER_DECLINED, N_("The proposed time is declined.")),
}


@pages.get("")
@guard.signed_in(Permission.READ)
def index(slug: str) -> str:
    """List what waits, the oldest first, and what came otherwise, the latest first."""
    event = events.get(slug, guard.actor())
    number, count = asked_page(), inbound.count_settled(event)
    return render_template(
        "organizer/answers/list.html",
        event=event,
        held=[shown(event, mail) for mail in inbound.list_held(event)],
        settled=[shown(event, mail) for mail in inbound.list_settled(event, page=number)],
        passed_over=inbound.count_passed_over(event),
        most=MOST_OF_STRANGERS,
        each=MOST_OF_ONE_STRANGER,
        current=number,
        last=-(-count // inbound.PAGE),
        may_manage=may(guard.actor(), Permission.MANAGE_EVENTS),
    )


@pages.get("/<mail_id>")
@guard.signed_in(Permission.READ)
def show(slug: str, mail_id: str) -> str:
    """Show one mail and, before its acts, what follows from each."""
    event = events.get(slug, guard.actor())
    mail = inbound.get(event, mail_id)
    return render_template(
        "organizer/answers/show.html",
        event=event,
        one=shown(event, mail),
        text=masked(kept.text(mail)),
        delegates=standings.count_delegates(mail.invitation) if mail.invitation else 0,
        may_manage=may(guard.actor(), Permission.MANAGE_EVENTS),
    )


@pages.get("/<mail_id>.eml")
@guard.signed_in(Permission.MANAGE_EVENTS)
def raw(slug: str, mail_id: str) -> Response:
    """Answer with the mail as it came: it carries secret addresses, and is never shown inside the site."""
    content = kept.raw(inbound.get(events.get(slug, guard.actor()), mail_id))
    return Response(
        abort(404) if content is None else content,
        mimetype="message/rfc822",
        headers={
            "Content-Disposition": f'attachment; filename="{mail_id}.eml"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


@pages.post("/<mail_id>/<any(apply, dismiss, decline):act>")
@guard.signed_in(Permission.MANAGE_EVENTS)
def decide(slug: str, mail_id: str, act: str) -> ResponseReturnValue:
    """Record the answer, dismiss the mail, or decline the time it proposes."""
    decision, words = _ACTS[act]
    try:
        ingest.decide(actor=guard.actor(), slug=slug, mail=mail_id, decision=decision, now=clock.now())
    except Conflict as refusal:
        flashes.refused(error_text(refusal, languages.current()))
        return redirect(url_for(".show", slug=slug, mail_id=mail_id), 303)
    flashes.done(words)
    return redirect(url_for(".index", slug=slug), 303)


@pages.post("/dismiss")
@guard.signed_in(Permission.MANAGE_EVENTS)
def dismiss(slug: str) -> ResponseReturnValue:
    """Dismiss what is ticked."""
    chosen = request.form.getlist("chosen")
    done = decisions.dismiss(actor=guard.actor(), slug=slug, mails=chosen, now=clock.now())
    if done:
        flashes.counted(_DISMISSED, done)
    else:
        flashes.done(N_("Nothing was ticked that still waits."))
    return redirect(url_for(".index", slug=slug), 303)
