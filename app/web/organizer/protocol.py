"""The protocol order of delegations at the desk: by the rule of the event, with places by hand above it."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.policy import Permission
from app.forms.protocol_places import places, places_form
from app.i18n.catalogue import NN_
from app.queries import delegate_lists, events
from app.services.registrations import protocol_places
from app.web import flashes, guard

pages = Blueprint("organizer_protocol", __name__)


@pages.route("/organizer/events/<slug>/delegates/order", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def order(slug: str) -> ResponseReturnValue:
    """Show the order of delegations, and take places by hand."""
    event = events.get(slug, guard.actor())
    ordered = delegate_lists.list_delegations(event)
    form = places_form((row.public_id, row.protocol_position) for row in ordered)
    if form.validate_on_submit():
        done = protocol_places.set_places(
            actor=guard.actor(), event=event, wanted=places(form), now=clock.now()
        )
        flashes.counted(NN_("{n} place changed.", "{n} places changed."), done)
        return redirect(url_for(".order", slug=slug), 303)
    page = render_template("organizer/delegates/order.html", event=event, ordered=ordered, form=form)
    return page, form.status
