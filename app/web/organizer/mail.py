"""Mail at the desk: what waits, what failed, what was sent."""

from email import message_from_bytes, policy

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.mail import MessageKind, MessageState
from app.domain.policy import Permission, may
from app.domain.saved_filters import FilteredList
from app.forms.mail import ReleaseForm
from app.i18n.catalogue import N_, NN_
from app.mail import outbox
from app.queries import events, invitations
from app.queries import mail as queries
from app.services.mail import release as decisions
from app.web import flashes, guard
from app.web.organizer import saved_filters
from app.web.paging import asked_page

_RELEASED = NN_("{n} letter is on its way.", "{n} letters are on their way.")
_DROPPED = NN_("{n} letter was dropped.", "{n} letters were dropped.")

pages = Blueprint("organizer_mail", __name__, url_prefix="/organizer")


@pages.get("/mail")
@guard.signed_in(Permission.READ)
def overview() -> str:
    """Show what waits for a decision, over all events."""
    actor = guard.actor()
    return render_template(
        "organizer/mail/overview.html",
        drafts=queries.list_drafts(actor),
        attention=queries.list_attention(actor),
        may_send=may(actor, Permission.SEND_MAIL),
    )


@pages.get("/events/<slug>/mail")
@guard.signed_in(Permission.READ)
def of_event(slug: str) -> str:
    """Show the mail of one event."""
    event = events.get(slug, guard.actor())
    state = next((member for member in MessageState if member == request.args.get("state")), None)
    page = asked_page()
    counts, invited = queries.count_by_state(event), invitations.count_by_state(event)
    return render_template(
        "organizer/mail/event.html",
        event=event,
        state=state,
        counts=counts,
        is_preparable=may(guard.actor(), Permission.SEND_MAIL) and any(invited.values()),
        total=counts.get(state, 0) if state else sum(counts.values()),
        page_number=page,
        page_size=queries.PAGE,
        messages=queries.list_of_event(event, state=state, page=page),
        drafts=queries.list_drafts(guard.actor(), event=event),
        saved=saved_filters.offer(FilteredList.MAIL, event),
        may_send=may(guard.actor(), Permission.SEND_MAIL),
    )


@pages.get("/events/<slug>/mail/<public_id>")
@guard.signed_in(Permission.SEND_MAIL)
def message(slug: str, public_id: str) -> str:
    """Show one message as its recipient reads it."""
    event = events.get(slug, guard.actor())
    found = queries.get(event, public_id)
    parsed = message_from_bytes(outbox.content(found), policy=policy.default)
    body = parsed.get_body(("plain",))
    return render_template(
        "organizer/mail/message.html",
        event=event,
        message=found,
        text=body.get_content() if body else "",
        attachments=[part.get_filename() for part in parsed.iter_attachments()],
    )


@pages.route("/events/<slug>/mail/drafts/<kind>", methods=["GET", "POST"])
@guard.signed_in(Permission.SEND_MAIL)
def drafts(slug: str, kind: str) -> ResponseReturnValue:
    """Look at the drafts of a notice, then release or drop them."""
    event = events.get(slug, guard.actor())
    form, meant = ReleaseForm(), _kind(kind)
    if form.validate_on_submit():
        decide = decisions.drop if "drop" in request.form else decisions.release
        done = form.attempt(
            lambda: decide(
                actor=guard.actor(), slug=slug, kind=meant, expected=form.expected.data, now=clock.now()
            )
        )
        if done:
            flashes.counted(_DROPPED if "drop" in request.form else _RELEASED, done)
            return redirect(url_for("organizer_mail.of_event", slug=slug), 303)
    waiting = queries.list_drafts_of(event, meant)
    if not waiting and not form.errors:
        abort(404)
    shown = message_from_bytes(outbox.content(waiting[0]), policy=policy.default) if waiting else None
    sample = shown.get_body(("plain",)) if shown else None
    return render_template(
        "organizer/mail/drafts.html",
        event=event,
        kind=meant,
        form=form,
        waiting=waiting,
        institutions=queries.names_of_institutions(waiting),
        sample=sample.get_content() if sample else "",
    ), form.status


@pages.post("/events/<slug>/mail/<public_id>/again")
@guard.signed_in(Permission.SEND_MAIL)
def send_again(slug: str, public_id: str) -> ResponseReturnValue:
    """Queue a message once more."""
    decisions.send_again(actor=guard.actor(), slug=slug, message=public_id, now=clock.now())
    flashes.done(N_("The message is on its way again."))
    return redirect(url_for("organizer_mail.of_event", slug=slug), 303)


@pages.post("/events/<slug>/mail/<public_id>/leave")
@guard.signed_in(Permission.SEND_MAIL)
def leave(slug: str, public_id: str) -> ResponseReturnValue:
    """Give a message up."""
    decisions.leave(actor=guard.actor(), slug=slug, message=public_id, now=clock.now())
    flashes.done(N_("The message will not be sent."))
    return redirect(url_for("organizer_mail.of_event", slug=slug), 303)


def _kind(value: str) -> MessageKind:
    return next((kind for kind in MessageKind if kind == value), None) or abort(404)
