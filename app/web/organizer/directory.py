"""The directory at the desk: list, groups, one organisation, create, edit, close."""

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.documents import vcards
from app.domain import clock
from app.domain.directory import GROUPS, OrganizationKind, path
from app.domain.policy import Permission, may
from app.forms.directory import FilterForm, read_filter
from app.forms.organizations import ClosureForm, NewOrganizationForm, OrganizationForm
from app.i18n.catalogue import N_
from app.i18n.moments import NAMED_ZONES
from app.queries import directory
from app.queries import organizations as lookup
from app.services.directory import organizations
from app.web import flashes, guard, languages
from app.web.downloads import attachment

if TYPE_CHECKING:
    from app.models.directory import Organization

pages = Blueprint("organizer_directory", __name__, url_prefix="/organizer/directory")
_OFFICE = ZoneInfo("Asia/Ho_Chi_Minh")
_PARENTS = (OrganizationKind.MINISTRY, OrganizationKind.DEPARTMENT_MINISTRY, OrganizationKind.CORPORATION)
_LOCALITIES = (OrganizationKind.LOCALITY, OrganizationKind.FOREIGN_LOCALITY)


@pages.get("")
@guard.signed_in(Permission.READ)
def index() -> str:
    """List organisations, by the filter in the address."""
    chosen = read_filter(request.args, _today())
    order = request.args.get("order", "")
    shown = directory.list_page(chosen, number=request.args.get("page", 1, type=int), order=order)
    return render_template(
        "organizer/directory/index.html",
        chosen=chosen,
        order=order if order in directory.ORDERS else "name",
        page_of=shown,
        focal_points=directory.list_focal_points(shown.items),
        others=directory.count_others(chosen),
        form=FilterForm(chosen, directory.list_countries()),
        today=_today(),
        can_edit=_can_edit(),
    )


@pages.get("/groups")
@guard.signed_in(Permission.READ)
def groups() -> str:
    """Show each group with its members today and on a chosen day."""
    day = read_filter(request.args, _today()).on or _today()
    return render_template(
        "organizer/directory/groups.html",
        groups=GROUPS,
        today=_today(),
        day=day,
        now=directory.count_members(on=_today()),
        then=directory.count_members(on=day),
    )


@pages.get("/<public_id>")
@guard.signed_in(Permission.READ)
def show(public_id: str) -> str:
    """Show one organisation."""
    organization = lookup.get(public_id)
    return render_template(
        "organizer/directory/organization.html",
        organization=organization,
        above=lookup.list_above(organization)[1:],
        units=lookup.list_units(organization),
        predecessors=lookup.list_predecessors(organization),
        region=_region(organization),
        twinnings=lookup.list_twinnings(organization),
        invitations=lookup.list_invitations(organization, guard.actor()),
        can_twin=_can_edit() and organization.kind in _LOCALITIES,
        can_edit=_can_edit(),
        today=_today(),
        now=clock.now(),
    )


@pages.get("/<public_id>.vcf")
@guard.signed_in(Permission.READ)
def card(public_id: str) -> Response:
    """Save the addresses of an organisation as a vCard."""
    organization, language = lookup.get(public_id), languages.current()
    names = [row.names for row in lookup.list_above(organization)]
    content = vcards.write(
        vcards.Card(
            name=path(names, language),
            address=organization.address or "",
            phones=organization.phones,
            fax=organization.fax or "",
            email=organization.email or "",
            website=organization.website or "",
        )
    )
    headers = {"Content-Disposition": attachment(path(names[:1], language), "vcf")}
    return Response(content, mimetype="text/vcard", headers=headers)


@pages.route("/new", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_DIRECTORY)
def create() -> ResponseReturnValue:
    """Add an organisation."""
    form = NewOrganizationForm()
    if form.validate_on_submit():
        done = form.attempt(
            lambda: organizations.create(
                actor=guard.actor(), code=form.code.data or None, details=form.command(), now=clock.now()
            )
        )
        if done:
            return _saved(done, N_("The organisation was added."))
    return _form(form, None), form.status


@pages.route("/<public_id>/edit", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_DIRECTORY)
def edit(public_id: str) -> ResponseReturnValue:
    """Change an organisation."""
    organization = lookup.get(public_id)
    form = OrganizationForm.of_organization(organization, _region(organization))
    if form.validate_on_submit():
        done = form.attempt(
            lambda: organizations.edit(
                actor=guard.actor(),
                organization=public_id,
                details=form.command(),
                revision=form.seen,
                now=clock.now(),
            )
        )
        if done:
            return _saved(done, N_("The organisation was changed."))
    return _form(form, organization), form.status


@pages.route("/<public_id>/close", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_DIRECTORY)
def close(public_id: str) -> ResponseReturnValue:
    """End an organisation, with its successor."""
    organization = lookup.get(public_id)
    form = ClosureForm(data={"revision": organization.revision})
    if form.validate_on_submit():
        done = form.attempt(
            lambda: organizations.close(
                actor=guard.actor(),
                organization=public_id,
                last_day=form.last_day.data,
                successor=form.successor.data or None,
                revision=form.seen,
                now=clock.now(),
            )
        )
        if done:
            return _saved(done, N_("The last day was recorded."))
    return render_template(
        "organizer/directory/close.html",
        form=form,
        organization=organization,
        dependants=lookup.count_dependants(organization, today=_today()),
        successors=directory.list_choices(organization.kind, on=_today()),
    ), form.status


@pages.post("/<public_id>/reopen")
@guard.signed_in(Permission.MANAGE_DIRECTORY)
def reopen(public_id: str) -> ResponseReturnValue:
    """Take back that an organisation ended."""
    revision = request.form.get("revision", 0, type=int)
    done = organizations.reopen(
        actor=guard.actor(), organization=public_id, revision=revision, now=clock.now()
    )
    return _saved(done, N_("The organisation exists again."))


def _form(form: OrganizationForm, organization: "Organization | None") -> str:
    return render_template(
        "organizer/directory/form.html",
        form=form,
        organization=organization,
        parents=directory.list_choices(*_PARENTS, on=_today()),
        regions=directory.list_choices(*_LOCALITIES),
        zones=NAMED_ZONES,
    )


def _region(organization: "Organization") -> "Organization | None":
    return directory.find_by_code(organization.region) if organization.region else None


def _saved(public_id: str, sentence: str) -> ResponseReturnValue:
    flashes.done(sentence)
    return redirect(url_for("organizer_directory.show", public_id=public_id), 303)


def _can_edit() -> bool:
    return may(guard.actor(), Permission.MANAGE_DIRECTORY)


def _today() -> date:
    return clock.now().astimezone(_OFFICE).date()
