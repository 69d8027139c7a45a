"""The directory at the desk: list, groups, one organisation, create, edit, close."""

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.directory import GROUPS, OrganizationKind
from app.domain.policy import Permission, may
from app.domain.saved_filters import FilteredList
from app.forms.directory import FilterForm, read_filter, read_order
from app.forms.organizations import ClosureForm, NewOrganizationForm, OrganizationForm
from app.i18n.catalogue import N_
from app.i18n.moments import NAMED_ZONES
from app.queries import directory, likeness, merges, organization_use
from app.queries import organizations as lookup
from app.services.directory import organizations
from app.web import flashes, guard, languages
from app.web.organizer import saved_filters, source_words
from app.web.paging import asked_page

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
    chosen = read_filter(request.args, today())
    order = read_order(request.args)
    shown = directory.list_page(chosen, number=asked_page(), order=order)
    return render_template(
        "organizer/directory/index.html",
        chosen=chosen,
        order=order,
        page_of=shown,
        focal_points=directory.list_focal_points(shown.items),
        others=directory.count_others(chosen),
        form=FilterForm(chosen, directory.list_countries()),
        today=today(),
        can_edit=_can_edit(),
        may_export=may(guard.actor(), Permission.EXPORT),
        saved=saved_filters.offer(FilteredList.DIRECTORY),
    )


@pages.get("/groups")
@guard.signed_in(Permission.READ)
def groups() -> str:
    """Show each group with its members today and on a chosen day."""
    day = read_filter(request.args, today()).on or today()
    return render_template(
        "organizer/directory/groups.html",
        groups=GROUPS,
        today=today(),
        day=day,
        is_empty=directory.is_empty(),
        now=directory.count_members(on=today()),
        then=directory.count_members(on=day),
    )


@pages.get("/<public_id>")
@guard.signed_in(Permission.READ)
def show(public_id: str) -> ResponseReturnValue:
    """Show one organisation; the address of one that was merged leads to the one it went into."""
    if follower := merges.find_follower(public_id):
        return redirect(url_for(".show", public_id=follower.public_id), 303)
    organization = lookup.get(public_id)
    return render_template(
        "organizer/directory/organization.html",
        organization=organization,
        above=lookup.list_above(organization)[1:],
        units=lookup.list_units(organization),
        predecessors=lookup.list_predecessors(organization),
        region=_region(organization),
        twinnings=lookup.list_twinnings(organization),
        parts_of_events=organization_use.list_parts(organization, guard.actor()),
        contact_uses=organization_use.list_contact_uses(organization),
        can_twin=_can_edit() and organization.kind in _LOCALITIES,
        can_edit=_can_edit(),
        may_export=may(guard.actor(), Permission.EXPORT),
        today=today(),
        now=clock.now(),
        source=source_words.in_words(organization.source or "", languages.current()),
    )


@pages.route("/new", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_DIRECTORY)
def create() -> ResponseReturnValue:
    """Add an organisation."""
    form = NewOrganizationForm()
    like = form.attempt(lambda: _unseen_like(form, "")) if form.validate_on_submit() else None
    if like == []:
        done = form.attempt(
            lambda: organizations.create(
                actor=guard.actor(), code=form.code.data or None, details=form.command(), now=clock.now()
            )
        )
        if done:
            return _saved(done, N_("The organisation was added."))
    return _form(form, None, like), form.status


@pages.route("/<public_id>/edit", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_DIRECTORY)
def edit(public_id: str) -> ResponseReturnValue:
    """Change an organisation."""
    organization = lookup.get(public_id)
    form = OrganizationForm.of_organization(organization, _region(organization))
    code = organization.code
    like = form.attempt(lambda: _unseen_like(form, code)) if form.validate_on_submit() else None
    if like == []:
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
    return _form(form, organization, like), form.status


@pages.route("/<public_id>/close", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_DIRECTORY)
def close(public_id: str) -> ResponseReturnValue:
    """End an organisation, with its successor."""
    organization = lookup.get(public_id)
    was_open = organization.valid_to is None  # else taking it back would lose the day before
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
        if done and was_open:
            back = url_for(".reopen", public_id=done)
            flashes.undoable(N_("The last day was recorded."), back, revision=lookup.get(done).revision)
            return redirect(url_for(".show", public_id=done), 303)
        if done:
            return _saved(done, N_("The last day was recorded."))
    return render_template(
        "organizer/directory/close.html",
        form=form,
        organization=organization,
        dependants=lookup.count_dependants(organization, today=today()),
        successors=directory.list_choices(organization.kind, on=today()),
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


def _unseen_like(form: OrganizationForm, code: str) -> list["Organization"]:
    """Return those that are perhaps the same as what was typed, unless the page has shown them already."""
    if form.seen_alike.data:
        return []
    return likeness.list_unexpected(form.command(), code=code, on=today())


def _form(
    form: OrganizationForm, organization: "Organization | None", like: "list[Organization] | None"
) -> str:
    if like:
        form.seen_alike.data = "1"
    return render_template(
        "organizer/directory/form.html",
        form=form,
        organization=organization,
        like=like or (),
        today=today(),
        parents=directory.list_choices(*_PARENTS, on=today()),
        regions=directory.list_choices(*_LOCALITIES),
        successors=directory.list_choices(*([organization.kind] if organization else _LOCALITIES)),
        zones=NAMED_ZONES,
    )


def _region(organization: "Organization") -> "Organization | None":
    return directory.find_by_code(organization.region) if organization.region else None


def _saved(public_id: str, sentence: str) -> ResponseReturnValue:
    flashes.done(sentence)
    return redirect(url_for("organizer_directory.show", public_id=public_id), 303)


def _can_edit() -> bool:
    return may(guard.actor(), Permission.MANAGE_DIRECTORY)


def today() -> date:
    """Return the day that it is in the office."""
    return clock.now().astimezone(_OFFICE).date()
