"""Organisations and contacts from a table, at the desk: send, name columns, preview, result."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.documents import tables
from app.domain import clock
from app.domain.directory_imports import EntryState
from app.domain.imports import MAX_BYTES
from app.domain.listings import Page
from app.domain.policy import Permission
from app.forms.fields import Form
from app.forms.imports import TableForm, decisions_of, entry_columns_form
from app.i18n.catalogue import NN_
from app.queries import directory_imports as drafts
from app.services.directory import imports
from app.web import flashes, guard, languages, uploads
from app.web.organizer.directory import today
from app.web.paging import asked_page

pages = Blueprint("organizer_directory_imports", __name__, url_prefix="/organizer/directory/imports")
_PAGE = 100
_SAMPLES = 3
_LOOK_AGAIN_SECONDS = 5
_STAY = NN_(
    "{n} organisation stays: it was changed or used since.",
    "{n} organisations stay: they were changed or used since.",
)


@pages.route("/new", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_DIRECTORY)
@uploads.at_most(MAX_BYTES)
def send() -> ResponseReturnValue:
    """Take a table."""
    form = TableForm()
    if form.validate_on_submit() and (draft := form.attempt(lambda: _start(form))):
        return redirect(url_for(".columns", draft=draft), 303)
    page = render_template("organizer/directory/import_send.html", form=form, made=drafts.list_imports())
    return page, form.status


@pages.route("/<draft>/columns", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_DIRECTORY)
def columns(draft: str) -> ResponseReturnValue:
    """Say what each column holds; lead to the result where the table was confirmed already."""
    if drafts.is_confirmed(draft):
        return redirect(url_for(".result", made=draft), 303)
    table = drafts.get_table(drafts.get_draft(draft, now=clock.now()))
    form = entry_columns_form(table.fields, has_headings=table.heading is not None)
    if form.validate_on_submit() and form.attempt(
        lambda: imports.choose_columns(
            actor=guard.actor(),
            draft=draft,
            fields=form.fields_chosen,
            has_headings=form.has_headings.data,
            now=clock.now(),
        )
    ):
        return redirect(url_for(".preview", draft=draft), 303)
    rows = table.rows[table.first :][:_SAMPLES]
    samples = [[cells[place] for cells in rows if cells[place]] for place in range(len(table.fields))]
    page = render_template("organizer/directory/import_columns.html", form=form, table=table, samples=samples)
    return page, form.status


@pages.route("/<draft>/preview", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_DIRECTORY)
def preview(draft: str) -> ResponseReturnValue:
    """Show what becomes of each row; take decisions and the confirmation; what is done leads on."""
    if drafts.is_confirmed(draft):
        return redirect(url_for(".result", made=draft), 303)
    form = Form()
    if form.validate_on_submit() and (done := form.attempt(lambda: _act(draft))):
        return redirect(done, 303)
    found = drafts.get_draft(draft, now=clock.now())
    table = drafts.get_table(found)
    judged = imports.judge_table(table, today=today(), language=found.language)
    state, number = request.args.get("state", ""), asked_page()
    seen = [one for one in judged if not state or one.state == state]
    page = render_template(
        "organizer/directory/import_preview.html",
        form=form,
        draft=draft,
        decisions=table.decisions,
        state=state,
        states=EntryState,
        counts={each: sum(one.state is each for one in judged) for each in EntryState},
        page_of=Page(seen[(number - 1) * _PAGE : number * _PAGE], number, len(seen), _PAGE),
    )
    return page, form.status


@pages.route("/<made>", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_DIRECTORY)
def result(made: str) -> ResponseReturnValue:
    """Show what was brought in, and take it back on request; while the worker is at it, say so."""
    form = Form()
    if form.validate_on_submit() and (done := form.attempt(lambda: (_undo(made),))):
        flashes.counted(_STAY, done[0] or 0)
        return redirect(url_for(".result", made=made), 303)
    if order := drafts.find_order(made):
        page = render_template("organizer/directory/import_working.html", order=order)
        return page, {"Refresh": str(_LOOK_AGAIN_SECONDS)}
    if drafts.find_import(made) is None and drafts.get_draft(made, now=clock.now()):
        return redirect(url_for(".preview", draft=made), 303)
    page = render_template("organizer/directory/import_result.html", form=form, made=drafts.get_import(made))
    return page, form.status


def _undo(made: str) -> int | None:
    return imports.undo(actor=guard.actor(), made=made, now=clock.now())


def _start(form: TableForm) -> str:
    content = form.content
    grid = tables.read_pasted(form.pasted.data) if content is None else tables.read_file(content)
    return imports.start(actor=guard.actor(), grid=grid, language=languages.current(), now=clock.now())


def _act(draft: str) -> str:
    """Keep the decisions of the page; confirm where its button says so; return where to go on."""
    actor, now = guard.actor(), clock.now()
    imports.decide(actor=actor, draft=draft, decisions=decisions_of(request.form), now=now)
    if request.form.get("act") != "confirm":
        state, page = request.args.get("state"), request.args.get("page")
        return url_for(".preview", draft=draft, state=state, page=page)
    return url_for(".result", made=imports.confirm(actor=actor, draft=draft, today=today(), now=now))
