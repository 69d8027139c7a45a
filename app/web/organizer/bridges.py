"""Tests of the line at the desk: open a bridge, book a slot for a site, record what it showed."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.policy import Permission
from app.forms.connection_tests import BridgeForm, ResultForm
from app.forms.fields import Form
from app.i18n.catalogue import N_
from app.queries import bridges as reads
from app.queries import details, events, sites
from app.services.sites import booking, bridges, results
from app.web import flashes, guard
from app.web.slot_forms import free_slots

if TYPE_CHECKING:
    from app.domain.connection_tests import Slot
    from app.models.events import Event
    from app.models.sites import Bridge, Site

pages = Blueprint("organizer_bridges", __name__, url_prefix="/organizer/events/<slug>/sites")


@pages.route("/bridges/new", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def open_bridge(slug: str) -> ResponseReturnValue:
    """Open a bridge for tests."""
    event = events.get(slug, guard.actor())
    form = BridgeForm(data={"minutes": 15})
    if form.validate_on_submit() and form.attempt(
        lambda: bridges.open_bridge(actor=guard.actor(), slug=slug, command=form.command(), now=clock.now())
    ):
        flashes.done(N_("The bridge takes tests. Institutions can book their slots by their links."))
        return _back(slug)
    return _form(event, None, form)


@pages.route("/bridges/<bridge_id>", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def edit_bridge(slug: str, bridge_id: str) -> ResponseReturnValue:
    """Change a bridge."""
    event = events.get(slug, guard.actor())
    bridge = reads.get_bridge(event, bridge_id)
    form = BridgeForm.of(details.of_bridge(bridge, event), bridge.revision)
    if form.validate_on_submit() and form.attempt(lambda: _edit(bridge, form)):
        flashes.done(N_("The bridge is saved."))
        return _back(slug)
    return _form(event, bridge, form)


@pages.route("/bridges/<bridge_id>/remove", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def close_bridge(slug: str, bridge_id: str) -> ResponseReturnValue:
    """Remove a bridge in which nobody has a slot."""
    event = events.get(slug, guard.actor())
    bridge = reads.get_bridge(event, bridge_id)
    form = Form()
    if form.validate_on_submit() and form.attempt(lambda: _close(bridge)):
        flashes.done(N_("The bridge is removed."))
        return _back(slug)
    booked = reads.count_booked(bridge)
    page = render_template("organizer/sites/close.html", event=event, bridge=bridge, form=form, booked=booked)
    return page, form.status


@pages.route("/<site_id>/test", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def book(slug: str, site_id: str) -> ResponseReturnValue:
    """Book a slot for a site, or another one."""
    event, site = _find(slug, site_id)
    form = free_slots(site)
    if form.validate_on_submit() and form.attempt(lambda: _book(site, form.command())):
        flashes.done(N_("The test is booked."))
        return _to_site(slug, site_id)
    return render_template("organizer/sites/book.html", event=event, site=site, form=form), form.status


@pages.post("/<site_id>/test/give-back")
@guard.signed_in(Permission.MANAGE_EVENTS)
def give_back(slug: str, site_id: str) -> ResponseReturnValue:
    """Give the slot of a site back."""
    _event, site = _find(slug, site_id)
    if Form().validate_on_submit() and booking.give_back_test(
        actor=guard.actor(), site=site, now=clock.now()
    ):
        flashes.done(N_("The slot is free again."))
    return _to_site(slug, site_id)


@pages.route("/<site_id>/result", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def record(slug: str, site_id: str) -> ResponseReturnValue:
    """Record what a test showed."""
    event, site = _find(slug, site_id)
    form = ResultForm(data={"revision": site.revision})
    if form.validate_on_submit() and (passed := form.attempt(lambda: (_record(site, form),))):
        flashes.done(
            N_("The result is recorded: the line is tested.")
            if passed[0]
            else N_("The result is recorded: the line has to be tested again.")
        )
        return _to_site(slug, site_id)
    return render_template("organizer/sites/result.html", event=event, site=site, form=form), form.status


def _find(slug: str, site_id: str) -> "tuple[Event, Site]":
    event = events.get(slug, guard.actor())
    return event, sites.get_of_event(event, site_id)


def _form(event: "Event", bridge: "Bridge | None", form: BridgeForm) -> ResponseReturnValue:
    return render_template("organizer/sites/bridge.html", event=event, bridge=bridge, form=form), form.status


def _edit(bridge: "Bridge", form: BridgeForm) -> str:
    return bridges.edit_bridge(
        actor=guard.actor(),
        bridge=bridge,
        command=form.command(),
        revision=form.seen,
        now=clock.now(),
    )


def _close(bridge: "Bridge") -> bool:
    bridges.close_bridge(actor=guard.actor(), bridge=bridge, now=clock.now())
    return True


def _book(site: "Site", slot: "Slot") -> str:
    return booking.book_test(actor=guard.actor(), site=site, slot=slot, now=clock.now())


def _record(site: "Site", form: ResultForm) -> bool:
    return results.record_result(
        actor=guard.actor(),
        site=site,
        result=form.command(),
        revision=form.seen,
        now=clock.now(),
    )


def _to_site(slug: str, site_id: str) -> ResponseReturnValue:
    return redirect(url_for("organizer_sites.show", slug=slug, site_id=site_id), 303)


def _back(slug: str) -> ResponseReturnValue:
    return redirect(url_for("organizer_sites.index", slug=slug, _anchor="tests"), 303)
