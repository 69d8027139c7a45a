"""The protocol order of delegations at the desk: by the rule of the event, with places by hand above it."""

from enum import Enum
from typing import TypeVar

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.languages import in_language
from app.domain.plates import PlateKind, PlateSize
from app.domain.policy import Permission
from app.forms.protocol_places import moved, places, places_form
from app.i18n.catalogue import NN_
from app.queries import delegate_lists, events, plates
from app.services.registrations import protocol_places
from app.web import flashes, guard, languages

pages = Blueprint("organizer_protocol", __name__)
Member = TypeVar("Member", bound=Enum)


@pages.route("/organizer/events/<slug>/delegates/order", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def order(slug: str) -> ResponseReturnValue:
    """Show the order of delegations, and take places by hand."""
    event = events.get(slug, guard.actor())
    ordered = delegate_lists.list_delegations(event)
    form = places_form(
        (row.public_id, in_language(row.organization.names, languages.current()), row.protocol_position)
        for row in ordered
    )
    if form.validate_on_submit():
        pushed = moved(request.form.get("move", ""))
        done = protocol_places.set_places(
            actor=guard.actor(),
            event=event,
            wanted=places(form),
            now=clock.now(),
            move=protocol_places.Move(*pushed) if pushed else None,
        )
        if pushed:
            return redirect(_at(slug, *pushed, before=[row.public_id for row in ordered]), 303)
        flashes.counted(NN_("{n} place changed.", "{n} places changed."), done)
        return redirect(url_for(".order", slug=slug), 303)
    page = render_template(
        "organizer/delegates/order.html",
        event=event,
        ordered=ordered,
        form=form,
        focus=(request.args.get("up"), request.args.get("down")),
    )
    return page, form.status


@pages.get("/organizer/events/<slug>/delegates/plates")
@guard.signed_in(Permission.READ)
def name_plates(slug: str) -> str:
    """Show the name plates, to be printed, folded and put on the table."""
    event = events.get(slug, guard.actor())
    kind = _one_of(PlateKind, request.args.get("of"))
    return render_template(
        "organizer/delegates/plates.html",
        event=event,
        kind=kind,
        kinds=PlateKind,
        size=_one_of(PlateSize, request.args.get("size")),
        sizes=PlateSize,
        plates=plates.list_plates(event, kind, language=languages.current()),
    )


@pages.post("/organizer/events/<slug>/delegates/order/rule")
@guard.signed_in(Permission.MANAGE_EVENTS)
def follow_rule(slug: str) -> ResponseReturnValue:
    """Let the rule alone decide again."""
    done = protocol_places.follow_rule(
        actor=guard.actor(), event=events.get(slug, guard.actor()), now=clock.now()
    )
    flashes.counted(NN_("{n} place changed.", "{n} places changed."), done)
    return redirect(url_for(".order", slug=slug), 303)


def _at(slug: str, public_id: str, place: int, *, before: list[str]) -> str:
    """Return the address at which the button that was pressed has the focus again.

    It names no fragment: browsers leave `autofocus` alone where one is given.
    """
    went_down = public_id in before[: max(place - 1, 0)]
    way = "down" if went_down else "up"
    return f"{url_for('.order', slug=slug)}?{way}={public_id}"


def _one_of(kind: type[Member], value: str | None) -> Member:
    """Return the member that is asked for, else the first."""
    return next((member for member in kind if member.value == value), next(iter(kind)))
