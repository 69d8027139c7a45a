"""Agenda items at the desk."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.policy import Permission
from app.forms.fields import Form
from app.forms.programme import AgendaItemForm, MoveForm, dropped
from app.i18n.catalogue import N_
from app.queries import details, events, programme
from app.services.programme import agenda
from app.web import flashes, guard
from app.web.organizer import programme_choices as choices

pages = Blueprint("organizer_agenda", __name__, url_prefix="/organizer/events/<slug>/programme/agenda")


@pages.route("/new", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def add(slug: str) -> ResponseReturnValue:
    """Add an item; `?session=` and `?kind=` name what the link is meant for."""
    event = events.get(slug, guard.actor())
    meant = {"session": request.args.get("session"), "kind": request.args.get("kind")}
    form = AgendaItemForm(data=meant).offer(choices.session_pairs(event))
    if form.validate_on_submit() and form.attempt(
        lambda: agenda.add_item(actor=guard.actor(), slug=slug, command=form.command(), now=clock.now())
    ):
        flashes.done(N_("The item is on the agenda."))
        return _back(slug)
    return render_template("organizer/programme/item.html", event=event, item=None, form=form), form.status


@pages.route("/<item_id>", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def edit(slug: str, item_id: str) -> ResponseReturnValue:
    """Change an item."""
    event = events.get(slug, guard.actor())
    item = programme.get_item(event, item_id)
    form = AgendaItemForm.of(details.of_item(item, event), item.revision)
    form.offer(choices.session_pairs(event))
    if form.validate_on_submit() and form.attempt(lambda: _edit(slug, item_id, form)):
        flashes.done(N_("The item is saved."))
        return _back(slug)
    return render_template("organizer/programme/item.html", event=event, item=item, form=form), form.status


@pages.post("/<item_id>/move")
@guard.signed_in(Permission.MANAGE_EVENTS)
def move(slug: str, item_id: str) -> ResponseReturnValue:
    """Move an item up or down."""
    form = MoveForm()
    if form.validate_on_submit():
        agenda.move_item(
            actor=guard.actor(), slug=slug, item_id=item_id, places=int(form.places.data), now=clock.now()
        )
    return _back(slug, anchor=f"item-{item_id}")


@pages.post("/place")
@guard.signed_in(Permission.MANAGE_EVENTS)
def place(slug: str) -> ResponseReturnValue:
    """Put an item where it was dropped."""
    if Form().validate_on_submit() and (drop := dropped(request.form.get("move", ""))):
        key, number = drop
        agenda.place_item(actor=guard.actor(), slug=slug, item_id=key, place=number, now=clock.now())
        return _back(slug, anchor=f"item-{key}")
    return _back(slug)


@pages.post("/<item_id>/remove")
@guard.signed_in(Permission.MANAGE_EVENTS)
def remove(slug: str, item_id: str) -> ResponseReturnValue:
    """Take an item off the agenda."""
    if Form().validate_on_submit():
        agenda.remove_item(actor=guard.actor(), slug=slug, item_id=item_id, now=clock.now())
        flashes.done(N_("The item is removed. Who was to speak in it is still on the programme."))
    return _back(slug)


def _edit(slug: str, item_id: str, form: AgendaItemForm) -> str:
    return agenda.edit_item(
        actor=guard.actor(),
        slug=slug,
        item_id=item_id,
        revision=form.seen,
        command=form.command(),
        now=clock.now(),
    )


def _back(slug: str, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("organizer_programme.show", slug=slug, _anchor=anchor), 303)
