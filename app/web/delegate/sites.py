"""The connection sites of an institution, by its link: fill, test, say who sits there."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.event_times import HOME_ZONE
from app.domain.invitations import InvitationState
from app.domain.sites import is_countable, is_tended, join_url, may_count, over_at
from app.forms.fields import Form
from app.forms.sites import HeadcountForm, OwnSiteForm
from app.i18n.catalogue import N_, gettext
from app.i18n.moments import NAMED_ZONES
from app.queries import details, sites
from app.services.sites import booking, editing, headcounts, people, removal
from app.web import guard, languages, limits
from app.web.delegate.institution import actor, token
from app.web.site_choices import headcount_lines, people_form
from app.web.slot_forms import free_slots

if TYPE_CHECKING:
    from app.models.invitations import Invitation
    from app.models.sites import Site

pages = Blueprint("delegate_sites", __name__, url_prefix="/i/<token>/site")
T = TypeVar("T")


@pages.get("")
@guard.link("invitation")
def index(invitation: "Invitation") -> str:
    """Show the first of the institution's sites, and all others in a list."""
    languages.prefer(invitation.language)
    lines = sites.get_own_tree(invitation).lines
    return _show(invitation, lines[0].site if lines else None)


@pages.get("/<site_id>")
@guard.link("invitation")
def show(invitation: "Invitation", site_id: str) -> str:
    """Show one of its sites."""
    languages.prefer(invitation.language)
    return _show(invitation, sites.get_of_invitation(invitation, site_id))


@pages.route("/new", methods=["GET", "POST"])
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def add(invitation: "Invitation") -> ResponseReturnValue:
    """Add the institution's site, or one under it."""
    languages.prefer(invitation.language)
    above = request.args.get("under")
    parent = sites.get_of_invitation(invitation, above) if above else None
    form = OwnSiteForm(data={"timezone": invitation.organization.timezone or ""})
    if form.validate_on_submit() and (
        site_id := form.attempt(
            lambda: editing.add_own_site(
                actor=actor(invitation),
                invitation=invitation,
                facts=form.facts(languages.current()),
                parent=above or None,
                now=clock.now(),
            )
        )
    ):
        return _done(N_("The connection site is saved."), site_id)
    return _render("new", invitation, None, form=form, parent=parent, zones=NAMED_ZONES), form.status


@pages.route("/<site_id>/edit", methods=["GET", "POST"])
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def edit(invitation: "Invitation", site_id: str) -> ResponseReturnValue:
    """Change what the institution says of a site."""
    site = _find(invitation, site_id)
    known, _place = details.of_site(site)
    form = OwnSiteForm.of(known, site.revision)
    if form.validate_on_submit() and form.attempt(
        lambda: editing.edit_own_site(
            actor=actor(invitation),
            site=site,
            facts=form.facts(languages.current(), known),
            revision=form.seen,
            now=clock.now(),
        )
    ):
        return _done(N_("The connection site is saved."), site_id)
    return _render("edit", invitation, site, form=form, zones=NAMED_ZONES), form.status


@pages.route("/<site_id>/people", methods=["GET", "POST"])
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def seat_people(invitation: "Invitation", site_id: str) -> ResponseReturnValue:
    """Say who of the delegation joins from a site."""
    site = _find(invitation, site_id)
    form = people_form(site)
    if form.validate_on_submit() and _succeeds(
        form,
        lambda: people.seat_people(actor=actor(invitation), site=site, **form.command, now=clock.now()),
    ):
        return _done(N_("It is recorded who joins from this site."), site_id)
    return _render("people", invitation, site, form=form), form.status


@pages.route("/<site_id>/test", methods=["GET", "POST"])
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def book(invitation: "Invitation", site_id: str) -> ResponseReturnValue:
    """Book a slot for the test of the line, or another one."""
    site = _find(invitation, site_id)
    form = free_slots(site)
    if form.validate_on_submit() and form.attempt(
        lambda: booking.book_test(actor=actor(invitation), site=site, slot=form.command(), now=clock.now())
    ):
        return _done(N_("The test is booked."), site_id)
    return _render("book", invitation, site, form=form), form.status


@pages.post("/<site_id>/test/give-back")
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def give_back(invitation: "Invitation", site_id: str) -> ResponseReturnValue:
    """Give the booked slot back."""
    site, form = _find(invitation, site_id), Form()
    if form.validate_on_submit() and _succeeds(
        form, lambda: booking.give_back_test(actor=actor(invitation), site=site, now=clock.now())
    ):
        return _done(N_("The slot is free again."), site_id)
    return _show(invitation, site), form.status


@pages.route("/<site_id>/remove", methods=["GET", "POST"])
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def remove(invitation: "Invitation", site_id: str) -> ResponseReturnValue:
    """Remove a site that stands under another one of the institution, once the consequences were read."""
    site, form = _find(invitation, site_id), Form()
    if form.validate_on_submit() and _succeeds(
        form, lambda: removal.remove_site(actor=actor(invitation), site=site, now=clock.now())
    ):
        return _done(N_("The connection site is removed."), None)
    counts = {"people": sites.count_people(site), "below": sites.count_below(site)}
    return _render("remove", invitation, site, form=form, **counts), form.status


@pages.route("/headcounts", methods=["GET", "POST"])
@guard.link("invitation")
@limits.at_most(limits.FORMS)
def note_headcounts(invitation: "Invitation") -> ResponseReturnValue:
    """Say how many people really were at the institution's sites."""
    languages.prefer(invitation.language)
    tree = sites.get_own_tree(invitation)
    form = HeadcountForm.on(headcount_lines(tree))
    if form.validate_on_submit() and _succeeds(
        form,
        lambda: headcounts.note_own_headcounts(
            actor=actor(invitation), invitation=invitation, noted=form.noted(), now=clock.now()
        ),
    ):
        return _done(N_("The headcounts are recorded."), None)
    return _render("headcounts", invitation, None, form=form, tree=tree), form.status


def _find(invitation: "Invitation", site_id: str) -> "Site":
    languages.prefer(invitation.language)
    return sites.get_of_invitation(invitation, site_id)


def _show(invitation: "Invitation", site: "Site | None") -> str:
    own = [one for one in sites.list_people(site) if one.site_id == site.id] if site else []
    return _render("show", invitation, site, tree=sites.get_own_tree(invitation), people=own)


def _render(page: str, invitation: "Invitation", site: "Site | None", **known: object) -> str:
    event = invitation.event
    zone, now = event.timezone or HOME_ZONE, clock.now()
    ends = over_at(event.date, event.starts_at, event.ends_at, zone)
    is_day = is_countable(event.date, event.starts_at, ends, zone, now)
    is_coming = invitation.state is InvitationState.ACCEPTED
    return render_template(
        f"delegate/sites/{page}.html",
        invitation=invitation,
        event=event,
        site=site,
        token=token(),
        is_coming=is_coming,
        is_open=is_tended(event.status, ends, invitation.state, now),
        may_count=may_count(event.status, invitation.state, is_countable=is_day),
        join_url=join_url(site.join_url, None, event.join_url) if site and is_coming else "",
        **known,
    )


def _succeeds(form: Form, act: Callable[[], T]) -> bool:
    """Do an act whose answer may be nothing; tell whether it was not refused."""
    return form.attempt(lambda: (act(),)) is not None


def _done(message: str, site_id: str | None) -> ResponseReturnValue:
    flash(gettext(languages.current(), message), "done")
    where = url_for(".show", token=token(), site_id=site_id) if site_id else url_for(".index", token=token())
    return redirect(where, 303)
