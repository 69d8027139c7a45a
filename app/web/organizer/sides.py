"""Sides of an event at the desk, with their speaking slots."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.policy import Permission
from app.forms.fields import Form
from app.forms.programme import MoveForm, SideForm, SlotsForm
from app.i18n.catalogue import N_
from app.queries import details, events, programme
from app.services.programme import appointments, sides
from app.web import flashes, guard
from app.web.organizer import programme_choices as choices

pages = Blueprint("organizer_sides", __name__, url_prefix="/organizer/events/<slug>/programme/sides")


@pages.route("/new", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def add(slug: str) -> ResponseReturnValue:
    """Add a side."""
    event = events.get(slug, guard.actor())
    form = SideForm()
    if form.validate_on_submit() and form.attempt(
        lambda: sides.add_side(actor=guard.actor(), slug=slug, command=form.command(), now=clock.now())
    ):
        flashes.done(N_("The side is added."))
        return _back(slug)
    return render_template("organizer/programme/side.html", event=event, side=None, form=form), form.status


@pages.route("/<side_id>", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def edit(slug: str, side_id: str) -> ResponseReturnValue:
    """Change a side."""
    event = events.get(slug, guard.actor())
    side = programme.get_side(event, side_id)
    form = SideForm.of(details.of_side(side), side.revision)
    if form.validate_on_submit() and form.attempt(lambda: _edit(slug, side_id, form)):
        flashes.done(N_("The side is saved."))
        return _back(slug)
    return render_template("organizer/programme/side.html", event=event, side=side, form=form), form.status


@pages.route("/<side_id>/slots", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def slots(slug: str, side_id: str) -> ResponseReturnValue:
    """Say how many speaking slots the side has."""
    event = events.get(slug, guard.actor())
    side = programme.get_side(event, side_id)
    form = SlotsForm().offer(choices.place_pairs(event))
    if form.validate_on_submit() and form.attempt(lambda: _reserve(slug, side_id, form)):
        flashes.done(N_("The slots are reserved. Give them to institutions one by one."))
        return _back(slug)
    return render_template("organizer/programme/slots.html", event=event, side=side, form=form), form.status


@pages.post("/<side_id>/move")
@guard.signed_in(Permission.MANAGE_EVENTS)
def move(slug: str, side_id: str) -> ResponseReturnValue:
    """Move a side up or down."""
    form = MoveForm()
    if form.validate_on_submit():
        sides.move_side(
            actor=guard.actor(), slug=slug, side_id=side_id, places=int(form.places.data), now=clock.now()
        )
    return _back(slug)


@pages.post("/<side_id>/remove")
@guard.signed_in(Permission.MANAGE_EVENTS)
def remove(slug: str, side_id: str) -> ResponseReturnValue:
    """Remove a side."""
    if Form().validate_on_submit():
        sides.remove_side(actor=guard.actor(), slug=slug, side_id=side_id, now=clock.now())
        flashes.done(N_("The side is removed. Guests and speakers stay, without a side."))
    return _back(slug)


def _edit(slug: str, side_id: str, form: SideForm) -> str:
    return sides.edit_side(
        actor=guard.actor(),
        slug=slug,
        side_id=side_id,
        revision=form.seen,
        command=form.command(),
        now=clock.now(),
    )


def _reserve(slug: str, side_id: str, form: SlotsForm) -> bool:
    appointments.reserve(
        actor=guard.actor(), slug=slug, side=side_id, slots=form.slots.data, now=clock.now(), **form.where
    )
    return True


def _back(slug: str) -> ResponseReturnValue:
    return redirect(url_for("organizer_programme.show", slug=slug, _anchor="sides"), 303)
