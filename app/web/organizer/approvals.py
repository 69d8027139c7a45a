"""Approvals at the desk: who waits for whose word, and one word for many."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.approvals import Approver
from app.domain.invitations import AnswerSource
from app.domain.policy import Permission, may
from app.forms.approvals import RecordedRefusalForm, RefusalForm
from app.i18n.catalogue import N_, NN_
from app.queries import approvals, events
from app.services.registrations import approval
from app.web import flashes, guard

if TYPE_CHECKING:
    from app.models.events import Event

pages = Blueprint("organizer_approvals", __name__, url_prefix="/organizer/events/<slug>/approvals")
_MOST = 100
"""Delegates one word may be about: their names stand in an address."""
_APPROVED = NN_("{n} delegate is approved.", "{n} delegates are approved.")
_REFUSED = NN_("{n} delegate is not approved.", "{n} delegates are not approved.")


@pages.get("")
@guard.signed_in(Permission.READ)
def show(slug: str) -> str:
    """List who waits for the secretariat, and who for the head of an institution."""
    event = events.get(slug, guard.actor())
    waiting = {stage: approvals.list_awaiting(event, stage) for stage in reversed(Approver)}
    return render_template(
        "organizer/approvals/list.html",
        event=event,
        waiting=waiting,
        most=_MOST,
        may_manage=may(guard.actor(), Permission.MANAGE_EVENTS),
    )


@pages.route("/decide", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def decide(slug: str) -> ResponseReturnValue:
    """Say what follows in numbers, and take the word about the ticked delegates."""
    event = events.get(slug, guard.actor())
    stage = Approver.HEAD if request.args.get("stage") == Approver.HEAD else Approver.SECRETARIAT
    approves = request.args.get("decision") != "refuse"
    chosen = set(request.args.getlist("chosen"))
    meant = [one for one in approvals.list_awaiting(event, stage) if one.public_id in chosen]
    if not meant:
        flashes.done(N_("Nobody of those you ticked waits any more."))
        return redirect(url_for(".show", slug=slug), 303)
    form = RecordedRefusalForm() if stage is Approver.HEAD else RefusalForm()
    ids = [one.public_id for one in meant]
    if form.validate_on_submit() and (
        done := form.attempt(lambda: _decide(event, stage, form, ids, approves))
    ):
        flashes.counted(_APPROVED if approves else _REFUSED, done)
        return redirect(url_for(".show", slug=slug), 303)
    page = render_template(
        "organizer/approvals/decide.html",
        event=event,
        meant=meant,
        approves=approves,
        stage=stage,
        form=form,
    )
    return page, form.status


def _decide(event: "Event", stage: Approver, form: RefusalForm, ids: list[str], approves: bool) -> int:
    word, actor, now = form.decision(ids, approves=approves), guard.actor(), clock.now()
    if isinstance(form, RecordedRefusalForm):
        source = AnswerSource(form.source.data)
        return approval.record_head(actor=actor, event=event, command=word, source=source, now=now)
    return approval.decide(actor=actor, event=event, command=word, now=now)
