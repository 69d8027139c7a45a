"""News reports, statements and outcomes at the desk."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.policy import Permission, may
from app.forms.fields import Form
from app.forms.programme import MoveForm
from app.forms.reports import NewsReportForm, OutcomeForm, StatementForm
from app.i18n.catalogue import N_
from app.queries import details, events
from app.queries import reports as queries
from app.services import reports
from app.web import flashes, guard, languages
from app.web.organizer import programme_choices as choices

if TYPE_CHECKING:
    from app.models.events import Event

pages = Blueprint("organizer_reports", __name__, url_prefix="/organizer/events/<slug>/reports")


@pages.get("")
@guard.signed_in(Permission.READ)
def show(slug: str) -> str:
    """Show what was said and published."""
    event = events.get(slug, guard.actor())
    return render_template(
        "organizer/reports/show.html",
        event=event,
        reports=queries.get_reports(event),
        may_change=may(guard.actor(), Permission.MANAGE_EVENTS),
    )


@pages.route("/news/new", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def add_news(slug: str) -> ResponseReturnValue:
    """Add a news report."""
    event = events.get(slug, guard.actor())
    form = NewsReportForm()
    if form.validate_on_submit() and form.attempt(
        lambda: reports.add_news(actor=guard.actor(), slug=slug, command=form.command(), now=clock.now())
    ):
        return _saved(slug)
    return _page("news", event, form)


@pages.route("/news/<news_id>", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def edit_news(slug: str, news_id: str) -> ResponseReturnValue:
    """Change a news report."""
    event = events.get(slug, guard.actor())
    known = queries.get_news(event, news_id)
    form = NewsReportForm.of(details.of_news(known, event, languages.current()))
    if form.validate_on_submit() and form.attempt(lambda: _edit_news(slug, news_id, form)):
        return _saved(slug)
    return _page("news", event, form)


@pages.post("/news/<news_id>/remove")
@guard.signed_in(Permission.MANAGE_EVENTS)
def remove_news(slug: str, news_id: str) -> ResponseReturnValue:
    """Remove a news report."""
    if Form().validate_on_submit():
        reports.remove_news(actor=guard.actor(), slug=slug, news_id=news_id, now=clock.now())
        flashes.done(N_("The report is removed."))
    return _back(slug)


@pages.route("/statements/new", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def add_statement(slug: str) -> ResponseReturnValue:
    """Add a statement."""
    event = events.get(slug, guard.actor())
    form = StatementForm().offer(choices.person_pairs(event), choices.sector_pairs())
    if form.validate_on_submit() and form.attempt(
        lambda: reports.add_statement(actor=guard.actor(), slug=slug, command=form.command(), now=clock.now())
    ):
        return _saved(slug)
    return _page("statement", event, form)


@pages.route("/statements/<statement_id>", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def edit_statement(slug: str, statement_id: str) -> ResponseReturnValue:
    """Change a statement."""
    event = events.get(slug, guard.actor())
    form = StatementForm.of(details.of_statement(queries.get_statement(event, statement_id)))
    form.offer(choices.person_pairs(event), choices.sector_pairs())
    if form.validate_on_submit() and form.attempt(lambda: _edit_statement(slug, statement_id, form)):
        return _saved(slug)
    return _page("statement", event, form)


@pages.post("/statements/<statement_id>/move")
@guard.signed_in(Permission.MANAGE_EVENTS)
def move_statement(slug: str, statement_id: str) -> ResponseReturnValue:
    """Move a statement up or down."""
    form = MoveForm()
    if form.validate_on_submit():
        reports.move_statement(
            actor=guard.actor(),
            slug=slug,
            statement_id=statement_id,
            places=int(form.places.data),
            now=clock.now(),
        )
    return _back(slug, anchor="statements")


@pages.post("/statements/<statement_id>/remove")
@guard.signed_in(Permission.MANAGE_EVENTS)
def remove_statement(slug: str, statement_id: str) -> ResponseReturnValue:
    """Remove a statement."""
    if Form().validate_on_submit():
        reports.remove_statement(actor=guard.actor(), slug=slug, statement_id=statement_id, now=clock.now())
        flashes.done(N_("The statement is removed."))
    return _back(slug)


@pages.route("/outcomes/new", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def add_outcome(slug: str) -> ResponseReturnValue:
    """Add an outcome."""
    event = events.get(slug, guard.actor())
    form = OutcomeForm()
    if form.validate_on_submit() and form.attempt(
        lambda: reports.add_outcome(actor=guard.actor(), slug=slug, command=form.command(), now=clock.now())
    ):
        return _saved(slug)
    return _page("outcome", event, form)


@pages.route("/outcomes/<outcome_id>", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def edit_outcome(slug: str, outcome_id: str) -> ResponseReturnValue:
    """Change an outcome."""
    event = events.get(slug, guard.actor())
    form = OutcomeForm.of(details.of_outcome(queries.get_outcome(event, outcome_id)))
    if form.validate_on_submit() and form.attempt(lambda: _edit_outcome(slug, outcome_id, form)):
        return _saved(slug)
    return _page("outcome", event, form)


@pages.post("/outcomes/<outcome_id>/move")
@guard.signed_in(Permission.MANAGE_EVENTS)
def move_outcome(slug: str, outcome_id: str) -> ResponseReturnValue:
    """Move an outcome up or down."""
    form = MoveForm()
    if form.validate_on_submit():
        reports.move_outcome(
            actor=guard.actor(),
            slug=slug,
            outcome_id=outcome_id,
            places=int(form.places.data),
            now=clock.now(),
        )
    return _back(slug, anchor="outcomes")


@pages.post("/outcomes/<outcome_id>/remove")
@guard.signed_in(Permission.MANAGE_EVENTS)
def remove_outcome(slug: str, outcome_id: str) -> ResponseReturnValue:
    """Remove an outcome."""
    if Form().validate_on_submit():
        reports.remove_outcome(actor=guard.actor(), slug=slug, outcome_id=outcome_id, now=clock.now())
        flashes.done(N_("The outcome is removed."))
    return _back(slug)


def _edit_news(slug: str, news_id: str, form: NewsReportForm) -> bool:
    reports.edit_news(
        actor=guard.actor(), slug=slug, news_id=news_id, command=form.command(), now=clock.now()
    )
    return True


def _edit_statement(slug: str, statement_id: str, form: StatementForm) -> bool:
    reports.edit_statement(
        actor=guard.actor(), slug=slug, statement_id=statement_id, command=form.command(), now=clock.now()
    )
    return True


def _edit_outcome(slug: str, outcome_id: str, form: OutcomeForm) -> bool:
    reports.edit_outcome(
        actor=guard.actor(), slug=slug, outcome_id=outcome_id, command=form.command(), now=clock.now()
    )
    return True


def _page(noun: str, event: "Event", form: Form) -> ResponseReturnValue:
    return render_template(
        f"organizer/reports/{noun}.html", event=event, form=form, **choices.lists(event)
    ), form.status


def _saved(slug: str) -> ResponseReturnValue:
    flashes.done(N_("Saved."))
    return _back(slug)


def _back(slug: str, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for(".show", slug=slug, _anchor=anchor), 303)
