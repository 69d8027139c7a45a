"""One guest: its link, its letter, its answers with their sources, its terms."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import site
from app.domain import clock
from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.policy import Permission, may
from app.forms.invitations import PlaceForm, RecordForm, TermsForm, deadline_as_typed
from app.i18n.catalogue import N_, gettext
from app.i18n.wording import error_text
from app.queries import focal_points, invitations, standings
from app.services.invitations import answers, invite, letters, links, terms
from app.services.invitations import focal_points as handing_over
from app.web import flashes, guard, languages
from app.web.organizer import answer_words

if TYPE_CHECKING:
    from app.models.invitations import Invitation

pages = Blueprint("organizer_guest", __name__, url_prefix="/organizer/events/<slug>/guests/<invitation>")


@pages.get("")
@guard.signed_in(Permission.READ)
def show(slug: str, invitation: str) -> str:
    """Show where this institution stands."""
    found = invitations.get(slug, invitation, guard.actor())
    return render_template(
        "organizer/invitations/guest.html",
        event=found.event,
        invitation=found,
        may_manage=may(guard.actor(), Permission.MANAGE_EVENTS),
        standing=standings.get(found, now=clock.now()),
        letters=invitations.list_letters(found),
        calendar=answer_words.of_institution(found.event, found),
        link=site.invitation_url(found),
        place=PlaceForm(place=found.position),
        focal_points=focal_points.list_present(found),
        last_acts=focal_points.list_last_acts(found),
    )


@pages.route("/answer", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def record(slug: str, invitation: str) -> ResponseReturnValue:
    """Record an answer that came by letter, telephone or e-mail."""
    form = RecordForm()
    if form.validate_on_submit() and form.attempt(
        lambda: answers.record(
            actor=guard.actor(), slug=slug, invitation=invitation, command=form.command(), now=clock.now()
        )
    ):
        _say(N_("The answer is recorded."))
        return redirect(url_for(".show", slug=slug, invitation=invitation), 303)
    found = invitations.get(slug, invitation, guard.actor())
    standing = standings.get(found, now=clock.now())
    form.show_last(standing.last)
    return render_template(
        "organizer/invitations/record.html", event=found.event, invitation=found, form=form, standing=standing
    ), form.status


@pages.route("/terms", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def change_terms(slug: str, invitation: str) -> ResponseReturnValue:
    """Change address, language, quota, deadline, letter number and side."""
    found = invitations.get(slug, invitation, guard.actor())
    sides = invitations.name_sides(found.event, languages.current())
    form = TermsForm(found.event.timezone, sides, data=_terms(found))
    if form.validate_on_submit() and form.attempt(
        lambda: terms.change(
            actor=guard.actor(),
            slug=slug,
            invitation=invitation,
            revision=form.seen,
            command=form.command(),
            now=clock.now(),
        )
    ):
        _say(N_("The terms are changed."))
        return redirect(url_for(".show", slug=slug, invitation=invitation), 303)
    return render_template(
        "organizer/invitations/guest_terms.html", event=found.event, invitation=found, form=form
    ), form.status


@pages.post("/send")
@guard.signed_in(Permission.SEND_MAIL)
def send(slug: str, invitation: str) -> ResponseReturnValue:
    """Send this institution its letter now."""
    return _do(
        slug,
        invitation,
        lambda now: letters.send(actor=guard.actor(), slug=slug, invitation=invitation, now=now),
        N_("The letter is on its way."),
    )


@pages.post("/revoke")
@guard.signed_in(Permission.MANAGE_EVENTS)
def revoke(slug: str, invitation: str) -> ResponseReturnValue:
    """Make the links void that were given out so far."""
    return _do(
        slug,
        invitation,
        lambda now: links.revoke(actor=guard.actor(), slug=slug, invitation=invitation, now=now),
        N_("The former link works no more. Copy the new one, or send the letter again."),
    )


@pages.post("/focal-points/<focal_point>/revoke")
@guard.signed_in(Permission.MANAGE_EVENTS)
def revoke_focal_point(slug: str, invitation: str, focal_point: str) -> ResponseReturnValue:
    """Make the link of one of several focal points void."""
    found = invitations.get(slug, invitation, guard.actor())
    name = handing_over.revoke(
        actor=guard.actor(), invitation=found, focal_point=focal_point, now=clock.now()
    )
    flashes.done(N_("The link of {name} is void."), name=name)
    return redirect(url_for(".show", slug=slug, invitation=invitation), 303)


@pages.post("/place")
@guard.signed_in(Permission.MANAGE_EVENTS)
def move(slug: str, invitation: str) -> ResponseReturnValue:
    """Put this institution at another place of the list."""
    place = request.form.get("place", 1, type=int)
    return _do(
        slug,
        invitation,
        lambda now: terms.move(actor=guard.actor(), slug=slug, invitation=invitation, place=place, now=now),
        N_("The order of the list is changed."),
    )


@pages.post("/remove")
@guard.signed_in(Permission.MANAGE_EVENTS)
def remove(slug: str, invitation: str) -> ResponseReturnValue:
    """Take an institution off the list that knows nothing of it yet."""
    try:
        if not invite.remove(actor=guard.actor(), slug=slug, invitations=[invitation], now=clock.now()):
            raise NotFound("not_found")
    except Conflict as refusal:
        flash(error_text(refusal, languages.current()), "error")
        return redirect(url_for(".show", slug=slug, invitation=invitation), 303)
    _say(N_("The institution was taken off the list."))
    return redirect(url_for("organizer_invitations.show", slug=slug), 303)


def _terms(invitation: "Invitation") -> dict[str, object]:
    """Return the present terms as the form has them."""
    same = ("addressee", "email", "language", "level", "quota", "reserved", "letter_number", "letter_date")
    return {
        **{name: getattr(invitation, name) for name in same},
        **deadline_as_typed(invitation.deadline, invitation.event.timezone),
        "side": invitation.side.public_id if invitation.side else "",
        "revision": invitation.revision,
    }


def _do(slug: str, invitation: str, act: Callable[[datetime], object], done: str) -> ResponseReturnValue:
    """Do one act that a button asks for, and say what came of it on the page of the guest."""
    try:
        act(clock.now())
        _say(done)
    except (Conflict, InvalidInput) as refusal:
        flash(error_text(refusal, languages.current()), "error")
    return redirect(url_for(".show", slug=slug, invitation=invitation), 303)


def _say(words: str) -> None:
    flash(gettext(languages.current(), words), "done")
