"""The speaking slots of all sides at the desk: free ones are given, given ones freed again."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.errors import Conflict
from app.domain.policy import Permission, may
from app.i18n.catalogue import N_
from app.i18n.wording import error_text
from app.queries import events
from app.queries import slots as queries
from app.services.programme import slots
from app.web import flashes, guard, languages

pages = Blueprint("organizer_slots", __name__, url_prefix="/organizer/events/<slug>/programme/slots")


@pages.get("")
@guard.signed_in(Permission.READ)
def show(slug: str) -> str:
    """Show the slots of each side, and who fills them."""
    event = events.get(slug, guard.actor())
    return render_template(
        "organizer/programme/slots_of_sides.html",
        event=event,
        sides=queries.list_slots(event),
        may_change=may(guard.actor(), Permission.MANAGE_EVENTS),
    )


@pages.post("/<slot>/give")
@guard.signed_in(Permission.MANAGE_EVENTS)
def give(slug: str, slot: str) -> ResponseReturnValue:
    """Give a free slot to the chosen institution."""
    chosen = request.form.get("invitation", "")
    try:
        slots.give_slot(actor=guard.actor(), slug=slug, slot=slot, invitation=chosen, now=clock.now())
        flashes.done(N_("The slot is given."))
    except Conflict as refusal:
        flash(error_text(refusal, languages.current()), "error")
    return redirect(url_for(".show", slug=slug, _anchor=slot), 303)


@pages.post("/<slot>/free")
@guard.signed_in(Permission.MANAGE_EVENTS)
def free(slug: str, slot: str) -> ResponseReturnValue:
    """Take a slot back."""
    slots.free_slot(actor=guard.actor(), slug=slug, slot=slot, now=clock.now())
    flashes.done(N_("The slot is free again."))
    return redirect(url_for(".show", slug=slug, _anchor=slot), 303)
