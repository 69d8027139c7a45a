"""Connection sites at the desk: the tree with its counts, each site, who sits there, how many came."""

from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.documents import spreadsheets
from app.domain import clock
from app.domain.languages import in_language
from app.domain.policy import Permission, may
from app.domain.sites import SiteKind, SiteStatus, below
from app.forms.fields import Form
from app.forms.sites import HeadcountForm, SiteForm
from app.i18n.catalogue import N_, NN_
from app.i18n.moments import NAMED_ZONES
from app.queries import bridges, details, events, registrations, sites
from app.services.sites import editing, export, headcounts, people, removal
from app.web import flashes, guard, languages
from app.web.downloads import XLSX, attachment
from app.web.site_choices import headcount_lines, people_form

if TYPE_CHECKING:
    from app.models.events import Event
    from app.models.sites import Site

pages = Blueprint("organizer_sites", __name__, url_prefix="/organizer/events/<slug>/sites")
_CHANGED = NN_("{n} site has another number now.", "{n} sites have another number now.")
_TOLD = NN_("{n} person of this site is told.", "{n} people of this site are told.")


@pages.get("")
@guard.signed_in(Permission.READ)
def index(slug: str) -> str:
    """Show all sites as a tree, and the bridges with their slots."""
    event = events.get(slug, guard.actor())
    return render_template(
        "organizer/sites/list.html",
        event=event,
        tree=sites.get_tree(event),
        without_site=len(sites.list_without_site(event)),
        schedules=bridges.list_schedules(event),
        may_change=may(guard.actor(), Permission.MANAGE_EVENTS),
        may_export=may(guard.actor(), Permission.EXPORT),
    )


@pages.post("/list.xlsx")
@guard.signed_in(Permission.EXPORT)
def save(slug: str) -> Response:
    """Save the list as a workbook; by a button, since the history remembers it."""
    table = export.export_sites(actor=guard.actor(), slug=slug, language=languages.current(), now=clock.now())
    headers = {"Content-Disposition": attachment(table.title, "xlsx")}
    return Response(spreadsheets.write_xlsx(table), mimetype=XLSX, headers=headers)


@pages.post("/accepted")
@guard.signed_in(Permission.MANAGE_EVENTS)
def add_for_accepted(slug: str) -> ResponseReturnValue:
    """Give each institution that comes a site of its own."""
    if Form().validate_on_submit():
        made = editing.add_for_accepted(actor=guard.actor(), slug=slug, now=clock.now())
        flashes.counted(NN_("{n} connection site is added.", "{n} connection sites are added."), made)
    return redirect(url_for(".index", slug=slug), 303)


@pages.route("/new", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def add(slug: str) -> ResponseReturnValue:
    """Add a site."""
    event = events.get(slug, guard.actor())
    kind = SiteKind.SUBORDINATE if sites.get_tree(event).lines else SiteKind.MAIN
    form = SiteForm(data={"kind": kind, "stage": SiteStatus.PLANNED, "parent": request.args.get("under", "")})
    _offer(form, event)
    if form.validate_on_submit() and (
        site_id := form.attempt(
            lambda: editing.add_site(
                actor=guard.actor(), slug=slug, facts=form.facts(), place=form.place(), now=clock.now()
            )
        )
    ):
        flashes.done(N_("The connection site is saved."))
        return redirect(url_for(".show", slug=slug, site_id=site_id), 303)
    return _form(event, None, form)


@pages.get("/<site_id>")
@guard.signed_in(Permission.READ)
def show(slug: str, site_id: str) -> str:
    """Show one site: how it joins for those who may change it, its people, its tests."""
    event, site = _find(slug, site_id)
    return render_template(
        "organizer/sites/show.html",
        event=event,
        site=site,
        people=[one for one in sites.list_people(site) if one.site_id == site.id],
        may_change=may(guard.actor(), Permission.MANAGE_EVENTS),
    )


@pages.route("/<site_id>/edit", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def edit(slug: str, site_id: str) -> ResponseReturnValue:
    """Change a site."""
    event, site = _find(slug, site_id)
    form = SiteForm.of(details.of_site(site), site.revision)
    _offer(form, event, site)
    if form.validate_on_submit() and (told := form.attempt(lambda: (_edit(site, form),))):
        flashes.done(N_("The connection site is saved."))
        flashes.counted(_TOLD, told[0])
        return redirect(url_for(".show", slug=slug, site_id=site_id), 303)
    return _form(event, site, form)


@pages.route("/<site_id>/people", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def seat_people(slug: str, site_id: str) -> ResponseReturnValue:
    """Say who joins from a site."""
    event, site = _find(slug, site_id)
    form = people_form(site)
    if form.validate_on_submit() and (
        told := form.attempt(
            lambda: (people.seat_people(actor=guard.actor(), site=site, **form.command, now=clock.now()),)
        )
    ):
        flashes.done(N_("It is recorded who joins from this site."))
        flashes.counted(NN_("{n} person is told.", "{n} people are told."), told[0])
        return redirect(url_for(".show", slug=slug, site_id=site_id), 303)
    return render_template("organizer/sites/people.html", event=event, site=site, form=form), form.status


@pages.route("/<site_id>/remove", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def remove(slug: str, site_id: str) -> ResponseReturnValue:
    """Remove a site, once its consequences were read."""
    event, site = _find(slug, site_id)
    form = Form()
    if form.validate_on_submit() and form.attempt(lambda: _remove(site)):
        flashes.done(N_("The connection site is removed."))
        return redirect(url_for(".index", slug=slug), 303)
    page = render_template(
        "organizer/sites/remove.html",
        event=event,
        site=site,
        form=form,
        people=sites.count_people(site),
        below=sites.count_below(site),
    )
    return page, form.status


@pages.route("/headcounts", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def note_headcounts(slug: str) -> ResponseReturnValue:
    """Note how many people were at each site."""
    event = events.get(slug, guard.actor())
    tree = sites.get_tree(event)
    form = HeadcountForm.on(headcount_lines(tree))
    if form.validate_on_submit() and (
        noted := form.attempt(
            lambda: (
                headcounts.note_headcounts(
                    actor=guard.actor(), event=event, noted=form.noted(), now=clock.now()
                ),
            )
        )
    ):
        flashes.done(N_("The headcounts are recorded."))
        flashes.counted(_CHANGED, noted[0])
        return redirect(url_for(".index", slug=slug), 303)
    return render_template("organizer/sites/headcounts.html", event=event, tree=tree, form=form), form.status


def _find(slug: str, site_id: str) -> "tuple[Event, Site]":
    event = events.get(slug, guard.actor())
    return event, sites.get_of_event(event, site_id)


def _offer(form: SiteForm, event: "Event", site: "Site | None" = None) -> None:
    language = languages.current()
    invited = registrations.list_institutions(event)
    lines = sites.get_tree(event).lines
    own = {site.id, *below([line.site for line in lines], site.id)} if site else set()
    form.offer(
        [(row.public_id, in_language(row.organization.names, language)) for row in invited],
        [
            (line.site.public_id, "– " * line.depth + in_language(line.site.shown_names, language))
            for line in lines
            if line.site.id not in own
        ],
    )


def _form(event: "Event", site: "Site | None", form: SiteForm) -> ResponseReturnValue:
    page = render_template("organizer/sites/form.html", event=event, site=site, form=form, zones=NAMED_ZONES)
    return page, form.status


def _edit(site: "Site", form: SiteForm) -> int:
    return editing.edit_site(
        actor=guard.actor(),
        site=site,
        facts=form.facts(),
        place=form.place(),
        revision=form.seen,
        now=clock.now(),
    )


def _remove(site: "Site") -> bool:
    removal.remove_site(actor=guard.actor(), site=site, now=clock.now())
    return True
