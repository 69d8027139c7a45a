"""News reports, statements and outcomes at the desk: three kinds, one way to add, edit, move and remove."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.policy import Permission, may
from app.domain.reports import ReportKind
from app.forms.fields import Form
from app.forms.programme import MoveForm
from app.forms.reports import NewsReportForm, OutcomeForm, StatementForm
from app.i18n.catalogue import N_
from app.queries import details, events, sites
from app.queries import reports as queries
from app.services import reports
from app.web import flashes, guard, languages
from app.web.organizer import programme_choices as choices

if TYPE_CHECKING:
    from app.models.events import Event
    from app.queries.reports import Report

pages = Blueprint("organizer_reports", __name__, url_prefix="/organizer/events/<slug>/reports")


@dataclass(frozen=True, slots=True)
class _Page:
    """What is of one kind only: its form (the template is named after the kind) and its last words."""

    kind: ReportKind
    form: type[NewsReportForm | StatementForm | OutcomeForm]
    removed: str


_PAGES = {
    "news": _Page(ReportKind.NEWS, NewsReportForm, N_("The report is removed.")),
    "statements": _Page(ReportKind.STATEMENT, StatementForm, N_("The statement is removed.")),
    "outcomes": _Page(ReportKind.OUTCOME, OutcomeForm, N_("The outcome is removed.")),
}
"""By the word in their address."""


@pages.get("")
@guard.signed_in(Permission.READ)
def show(slug: str) -> str:
    """Show what was said and published."""
    event = events.get(slug, guard.actor())
    return render_template(
        "organizer/reports/show.html",
        event=event,
        reports=queries.get_reports(event),
        headcount=sites.sum_headcounts(event),
        may_change=may(guard.actor(), Permission.MANAGE_EVENTS),
    )


@pages.route("/<any(news, statements, outcomes):kind>/new", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def add(slug: str, kind: str) -> ResponseReturnValue:
    """Add a report."""
    event = events.get(slug, guard.actor())
    form = _form(_PAGES[kind], event)
    if form.validate_on_submit() and form.attempt(
        lambda: reports.add(actor=guard.actor(), slug=slug, command=form.command(), now=clock.now())
    ):
        return _saved(slug)
    return _render(kind, event, form)


@pages.route("/<any(news, statements, outcomes):kind>/<report_id>", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def edit(slug: str, kind: str, report_id: str) -> ResponseReturnValue:
    """Change a report."""
    event = events.get(slug, guard.actor())
    known = queries.get_report(event, _PAGES[kind].kind, report_id)
    form = _form(_PAGES[kind], event, known)
    if form.validate_on_submit() and form.attempt(
        lambda: reports.edit(
            actor=guard.actor(),
            slug=slug,
            report_id=report_id,
            revision=form.seen,
            command=form.command(),
            now=clock.now(),
        )
    ):
        return _saved(slug)
    return _render(kind, event, form, known)


@pages.post("/<any(statements, outcomes):kind>/<report_id>/move")
@guard.signed_in(Permission.MANAGE_EVENTS)
def move(slug: str, kind: str, report_id: str) -> ResponseReturnValue:
    """Move a report up or down; news stand in the order of their publication."""
    form = MoveForm()
    if form.validate_on_submit():
        reports.move(
            actor=guard.actor(),
            slug=slug,
            kind=_PAGES[kind].kind,
            report_id=report_id,
            places=int(form.places.data),
            now=clock.now(),
        )
    return _back(slug, anchor=kind)


@pages.post("/<any(news, statements, outcomes):kind>/<report_id>/remove")
@guard.signed_in(Permission.MANAGE_EVENTS)
def remove(slug: str, kind: str, report_id: str) -> ResponseReturnValue:
    """Remove a report."""
    page = _PAGES[kind]
    if Form().validate_on_submit():
        reports.remove(actor=guard.actor(), slug=slug, kind=page.kind, report_id=report_id, now=clock.now())
        flashes.done(page.removed)
    return _back(slug)


def _form(
    page: _Page, event: "Event", known: "Report | None" = None
) -> NewsReportForm | StatementForm | OutcomeForm:
    form = page.form()
    if known:
        form = page.form.of(details.of_report(known, event, languages.current()), known.revision)
    if isinstance(form, StatementForm):
        form.offer(choices.person_pairs(event), choices.sector_pairs())
    return form


def _render(kind: str, event: "Event", form: Form, known: "Report | None" = None) -> ResponseReturnValue:
    template = f"organizer/reports/{_PAGES[kind].kind}.html"
    page = render_template(template, event=event, form=form, known=known, **choices.lists(event))
    return page, form.status


def _saved(slug: str) -> ResponseReturnValue:
    flashes.done(N_("Saved."))
    return _back(slug)


def _back(slug: str, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for(".show", slug=slug, _anchor=anchor), 303)
