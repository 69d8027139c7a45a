"""The steps of an import, for a focal point and for the desk: send, name columns, preview, result."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.documents import tables
from app.domain import clock
from app.domain.import_rows import count_states, judge
from app.domain.imports import STUCK, ImportField, Judged, RowState
from app.domain.invitations import AnswerSource
from app.domain.listings import Page
from app.domain.policy import Actor
from app.domain.programme import SessionStatus
from app.forms.fields import Form
from app.forms.imports import TableForm, cells_of, columns_form, row_form, ticked
from app.i18n.catalogue import N_
from app.queries import imports
from app.queries.imports import Holder
from app.services.imports import confirm, drafts, undo
from app.web import delegate_forms, flashes, languages
from app.web.paging import asked_page

if TYPE_CHECKING:
    from app.domain.import_tables import ImportTable
    from app.models.events import Event
    from app.models.imports import ImportDraft
    from app.models.invitations import Invitation
    from app.models.programme import Session

_PAGE = 100
_SAMPLES = 3
_SHOWN = 200


@dataclass(frozen=True)
class ImportPages:
    """Who imports what for whom; `address(step, **parts)` leads to a step, `frame` is the page around it."""

    actor: Actor
    holder: Holder
    event: "Event"
    invitation: "Invitation | None"
    source: AnswerSource
    address: Callable[..., str]
    frame: str
    known: dict[str, Any]

    def send(self) -> ResponseReturnValue:
        """Take a table."""
        form = TableForm()
        if form.validate_on_submit() and (draft := form.attempt(lambda: self._start(form))):
            return redirect(self.address("columns", draft=draft), 303)
        made = imports.list_imports(self.holder)
        return self._page("send", form=form, made=made), form.status

    def _start(self, form: TableForm) -> str:
        content = form.content
        grid = tables.read_pasted(form.pasted.data) if content is None else tables.read_file(content)
        return drafts.start(
            actor=self.actor,
            event=self.event,
            invitation=self.invitation,
            grid=grid,
            language=languages.current(),
            now=clock.now(),
        )

    def name_columns(self, draft: str) -> ResponseReturnValue:
        """Say what each column holds."""
        if done := self._confirmed(draft):
            return done
        found, table = self._find(draft)
        data = {"has_headings": table.heading is not None, "sessions": table.sessions}
        form = columns_form(table.fields, self._offered(found), data)
        if form.validate_on_submit() and (
            form.attempt(
                lambda: drafts.choose_columns(
                    actor=self.actor,
                    holder=self.holder,
                    draft=draft,
                    fields=form.fields_chosen,
                    has_headings=form.has_headings.data,
                    sessions=form.chosen,
                    now=clock.now(),
                )
            )
        ):
            return redirect(self.address("preview", draft=draft), 303)
        delegate_forms.offer(form, self._sessions(), self.event)
        samples = [
            [cells[place] for cells in table.rows[table.first :][:_SAMPLES]]
            for place in range(len(table.fields))
        ]
        return self._page("columns", form=form, table=table, samples=samples), form.status

    def preview(self, draft: str) -> ResponseReturnValue:
        """Show what becomes of each row; take ticks, and the confirmation."""
        if done := self._confirmed(draft):
            return done
        found, table = self._find(draft)
        form = Form()
        if form.validate_on_submit():
            leads_to = form.attempt(lambda: self._act(draft, found, table))
            if leads_to:
                return redirect(leads_to, 303)
            found, table = self._find(draft)
        judged = self._judge(found, table)
        state = request.args.get("state", "")
        seen = [one for one in judged if not state or one.state.value == state]
        number = asked_page()
        return self._page(
            "preview",
            form=form,
            table=table,
            counts=count_states(judged),
            states=RowState,
            stuck=sum(one.state in STUCK for one in judged),
            state=state,
            page_of=Page(seen[(number - 1) * _PAGE : number * _PAGE], number, len(seen), _PAGE),
            here=lambda **parts: self.address("preview", draft=draft, **parts),
            draft=draft,
        ), form.status

    def _act(self, draft: str, found: "ImportDraft", table: "ImportTable") -> str:
        """Carry out what the button of the preview says; return where to go on."""
        act = request.form.get("act", "")
        shown, wanted = ticked(request.form.getlist("shown")), ticked(request.form.getlist("chosen"))
        if act == "leave_out":
            shown = {one.row.line for one in self._judge(found, table) if one.state in STUCK}
            wanted = set()
        drafts.choose_rows(
            actor=self.actor, holder=self.holder, draft=draft, shown=shown, wanted=wanted, now=clock.now()
        )
        if act != "confirm":
            kept = {name: request.args[name] for name in ("state", "page") if request.args.get(name)}
            return self.address("preview", draft=draft, **kept)
        made = confirm.confirm(
            actor=self.actor,
            holder=self.holder,
            draft=draft,
            tells="tells" in request.form,
            source=self.source,
            now=clock.now(),
        )
        return self.address("result", made=made)

    def correct(self, draft: str, line: int) -> ResponseReturnValue:
        """Correct the cells of one row; what is still wrong stands at its field."""
        if done := self._confirmed(draft):
            return done
        found, table = self._find(draft)
        offered = self._offered(found)
        form = row_form(table.get(line), offered)
        if form.validate_on_submit():
            saved = form.attempt(
                lambda: drafts.correct_row(
                    actor=self.actor,
                    holder=self.holder,
                    draft=draft,
                    line=line,
                    cells=cells_of(form, offered),
                    now=clock.now(),
                )
            )
            found, table = self._find(draft)
            if saved and self._state(found, table, line).state is not RowState.ERROR:
                return redirect(self.address("preview", draft=draft), 303)
        judged = self._state(found, table, line)
        if judged.reason is not None:
            form.refuse(judged.reason)
        page = self._page("row", form=form, judged=judged, offered=offered, draft=draft)
        return page, form.status

    def result(self, made: str) -> ResponseReturnValue:
        """Show what was done, and take it back on request."""
        found = imports.get_import(self.holder, made)
        form = Form()
        if form.validate_on_submit() and form.attempt(
            lambda: undo.undo(actor=self.actor, holder=self.holder, made=made, now=clock.now())
        ):
            flashes.done(N_("The import is undone."))
            return redirect(self.address("result", made=made), 303)
        entries, counts = imports.list_entries(found, limit=_SHOWN), imports.count_entries(found)
        page = self._page("result", form=form, made=found, entries=entries, counts=counts)
        return page, form.status

    def _confirmed(self, draft: str) -> ResponseReturnValue | None:
        """Lead to what was made of a table, by a second click or by going back; None while it waits."""
        if imports.find_import(self.holder, draft) is None:
            return None
        return redirect(self.address("result", made=draft), 303)

    def _find(self, draft: str) -> "tuple[ImportDraft, ImportTable]":
        found = imports.get_draft(self.holder, draft, now=clock.now())
        return found, imports.get_table(found)

    def _judge(self, draft: "ImportDraft", table: "ImportTable") -> list[Judged]:
        scene = imports.get_scene(
            self.event, table, invitation_id=draft.invitation_id, language=draft.language
        )
        return judge(table.list_people(), scene)

    def _state(self, draft: "ImportDraft", table: "ImportTable", line: int) -> Judged:
        return next(one for one in self._judge(draft, table) if one.row.line == line)

    def _offered(self, draft: "ImportDraft") -> list[ImportField]:
        return [at for at in ImportField if at is not ImportField.INSTITUTION or draft.invitation_id is None]

    def _sessions(self) -> "list[Session]":
        """Return the sessions to choose from; of them a row gets those its institution is admitted to."""
        if self.invitation is not None:
            return delegate_forms.list_offered(self.event.sessions, self.invitation.organization.kind)
        return [row for row in self.event.sessions if row.status is SessionStatus.PLANNED]

    def _page(self, step: str, **known: object) -> str:
        return render_template(
            f"imports/{step}.html",
            frame=self.frame,
            address=self.address,
            event=self.event,
            invitation=self.invitation,
            **self.known,
            **known,
        )
