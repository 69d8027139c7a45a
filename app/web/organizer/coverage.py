"""The coverage board at the desk: who comes, who is silent; the chase list, reminders, a workbook."""

from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.documents import spreadsheets
from app.domain import clock
from app.domain.coverage import CoverageFilters, Mark, Part
from app.domain.invitations import InvitationState
from app.domain.listings import Page
from app.domain.mail import MessageKind
from app.domain.policy import Permission, may
from app.domain.saved_filters import FilteredList
from app.forms import coverage_filters
from app.forms.mail import ReleaseForm
from app.queries import coverage, coverage_lines, coverage_pictures, events, invitations
from app.services.invitations import coverage_export, reminders
from app.web import guard, languages
from app.web.downloads import XLSX, attachment
from app.web.organizer import coverage_words, round_table, saved_filters
from app.web.paging import asked_page

pages = Blueprint("organizer_coverage", __name__, url_prefix="/organizer/events/<slug>")


@pages.get("/board")
@guard.signed_in(Permission.READ)
def show(slug: str) -> str:
    """Show how far every institution has come, in groups and line by line."""
    return _board(slug)


@pages.get("/board/chase")
@guard.signed_in(Permission.READ)
def chase(slug: str) -> str:
    """List who was asked and has not answered, with telephone, focal point and the last call."""
    event, filters = events.get(slug, guard.actor()), coverage_filters.filters({**request.args, "chase": "1"})
    number, states = asked_page(), invitations.count_by_state(event)
    total = sum(one.invited for one in coverage.tally(event, filters, Part.KIND).values())
    return render_template(
        "organizer/coverage/chase.html",
        event=event,
        page_of=Page(
            coverage_lines.list_lines(event, filters, page=number), number, total, coverage_lines.PER_PAGE
        ),
        filters=filters,
        silent=len(coverage.list_remindable(event, now=clock.now())),
        written=sum(states.values()) - states[InvitationState.DRAFT],
        may_manage=may(guard.actor(), Permission.MANAGE_EVENTS),
        may_send=may(guard.actor(), Permission.SEND_MAIL),
        may_export=may(guard.actor(), Permission.EXPORT),
        here=_here,
    )


@pages.post("/board.xlsx")
@guard.signed_in(Permission.EXPORT)
def save(slug: str) -> Response:
    """Save what is seen as a workbook; by a button, since the history remembers it."""
    table = coverage_export.export_coverage(
        actor=guard.actor(),
        slug=slug,
        filters=coverage_filters.filters(request.args),
        language=languages.current(),
        now=clock.now(),
    )
    headers = {"Content-Disposition": attachment(table.title, "xlsx")}
    return Response(spreadsheets.write_xlsx(table), mimetype=XLSX, headers=headers)


@pages.post("/board/remind")
@guard.signed_in(Permission.SEND_MAIL)
def remind(slug: str) -> ResponseReturnValue:
    """Write reminders to the silent; they wait as drafts for their release."""
    form = ReleaseForm()
    if form.validate_on_submit() and form.attempt(
        lambda: reminders.prepare(
            actor=guard.actor(), slug=slug, expected=form.expected.data, now=clock.now()
        )
    ):
        return redirect(url_for("organizer_mail.drafts", slug=slug, kind=MessageKind.REMINDER), 303)
    return _board(slug, refusals=tuple(form.form_errors)), form.status


def _board(slug: str, *, refusals: tuple[str, ...] = ()) -> str:
    event, filters = events.get(slug, guard.actor()), coverage_filters.filters(request.args)
    part = coverage_filters.part(request.args, has_sides=bool(event.sides))
    groups = coverage.tally(event, filters, part)
    is_whole = filters == CoverageFilters(mark=filters.mark) and part is Part.SIDE
    sides = groups if is_whole else coverage.tally(event, CoverageFilters(), Part.SIDE)
    seen = sum(one.marks[filters.mark] if filters.mark else one.invited for one in groups.values())
    number = asked_page()
    return render_template(
        "organizer/coverage/show.html",
        event=event,
        part=part,
        parts_=Part,
        marks=Mark,
        groups=coverage_words.named(event, part, groups),
        whole=coverage_words.added_up(sides),
        seats=round_table.counts(coverage_words.added_up(sides)),
        table=round_table.of(event, sides),
        grids=coverage_pictures.list_tiles(event),
        kinds=invitations.list_kinds(event),
        filters=filters,
        side=coverage_words.side_name(event, filters.side),
        region=coverage_words.region_name(filters.region),
        page_of=Page(
            coverage_lines.list_lines(event, filters, page=number), number, seen, coverage_lines.PER_PAGE
        ),
        silent=len(coverage.list_remindable(event, now=clock.now())),
        may_send=may(guard.actor(), Permission.SEND_MAIL),
        may_export=may(guard.actor(), Permission.EXPORT),
        refusals=refusals,
        here=_here,
        saved=saved_filters.offer(FilteredList.BOARD, event),
    )


def _here(**wishes: str) -> str:
    """Return the query of this page with other wishes; an empty wish is taken away."""
    present = {name: request.args.get(name, "") for name in coverage_filters.NAMES}
    return "?" + urlencode({name: value for name, value in (present | wishes).items() if value})
