"""One delegate at the desk: register on behalf of an institution, look, change, replace, withdraw."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import site
from app.domain import clock
from app.domain.invitations import AnswerSource
from app.domain.policy import Permission, may
from app.forms.registrations import OfficeDelegateForm, OfficeReplaceForm, OfficeWithdrawalForm
from app.i18n.catalogue import N_
from app.queries import events, invitations, registrations
from app.services.registrations import edit, feeds, register, replace, withdraw
from app.web import delegate_forms, flashes, guard, offer_answers
from app.web.organizer import answer_words

if TYPE_CHECKING:
    from app.models.events import Event
    from app.models.registrations import Delegate

pages = Blueprint("organizer_delegate", __name__)


@pages.route("/organizer/events/<slug>/delegates/new", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def new(slug: str) -> ResponseReturnValue:
    """Register somebody whom an institution named by letter, telephone or e-mail."""
    actor, event = guard.actor(), events.get(slug, guard.actor())
    chosen = request.args.get("institution")
    if not chosen:
        found = registrations.list_institutions(event)
        return render_template("organizer/delegates/choose.html", event=event, institutions=found)
    invitation = invitations.get(slug, chosen, actor)
    form = delegate_forms.new_delegate(OfficeDelegateForm, invitation)
    if form.validate_on_submit() and (
        done := form.attempt(
            lambda: register.register_delegate(
                actor=actor,
                invitation=invitation,
                command=form.command(),
                now=clock.now(),
                source=AnswerSource(form.source.data),
            )
        )
    ):
        flashes.done(
            N_("The delegate is registered.") if done.is_new else N_("This person was registered already.")
        )
        return redirect(url_for(".show", slug=slug, delegate_id=done.public_id), 303)
    page = render_template("organizer/delegates/new.html", event=event, invitation=invitation, form=form)
    return page, form.status


@pages.get("/organizer/events/<slug>/delegates/<delegate_id>")
@guard.signed_in(Permission.READ)
def show(slug: str, delegate_id: str) -> str:
    """Show one delegate, with his own link for those who may send it on."""
    event, delegate = _find(slug, delegate_id)
    may_manage = may(guard.actor(), Permission.MANAGE_EVENTS)
    return render_template(
        "organizer/delegates/show.html",
        event=event,
        delegate=delegate,
        calendar=answer_words.of_delegate(event, delegate),
        link=site.delegate_url(delegate) if may_manage else None,
        may_manage=may_manage,
    )


@pages.post("/organizer/events/<slug>/delegates/<delegate_id>/offer")
@guard.signed_in(Permission.MANAGE_EVENTS)
def answer_offer(slug: str, delegate_id: str) -> ResponseReturnValue:
    """Record what somebody said by telephone about the place that is kept for him."""
    _, delegate = _find(slug, delegate_id)
    offer_answers.answer(delegate, guard.actor(), AnswerSource.PHONE)
    return redirect(url_for(".show", slug=slug, delegate_id=delegate_id), 303)


@pages.post("/organizer/events/<slug>/delegates/<delegate_id>/feed/revoke")
@guard.signed_in(Permission.MANAGE_EVENTS)
def revoke_feed(slug: str, delegate_id: str) -> ResponseReturnValue:
    """Make the link of a delegate's calendar subscription void."""
    _, delegate = _find(slug, delegate_id)
    feeds.revoke(actor=guard.actor(), delegate=delegate, now=clock.now())
    flashes.done(N_("The former calendar link works no more; the delegate's page shows a new one."))
    return redirect(url_for(".show", slug=slug, delegate_id=delegate_id), 303)


@pages.route("/organizer/events/<slug>/delegates/<delegate_id>/edit", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def change(slug: str, delegate_id: str) -> ResponseReturnValue:
    """Change a delegate."""
    event, delegate = _find(slug, delegate_id)
    form = delegate_forms.known_delegate(OfficeDelegateForm, delegate, event)
    if form.validate_on_submit() and form.attempt(
        lambda: edit.edit_delegate(
            actor=guard.actor(),
            delegate=delegate,
            command=form.changes(),
            now=clock.now(),
            source=AnswerSource(form.source.data),
        )
    ):
        flashes.done(N_("The changes are recorded."))
        return redirect(url_for(".show", slug=slug, delegate_id=delegate_id), 303)
    page = render_template("organizer/delegates/edit.html", event=event, delegate=delegate, form=form)
    return page, form.status


@pages.route("/organizer/events/<slug>/delegates/<delegate_id>/replace", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def succeed(slug: str, delegate_id: str) -> ResponseReturnValue:
    """Put somebody else in a delegate's place."""
    event, delegate = _find(slug, delegate_id)
    form = delegate_forms.replacement(OfficeReplaceForm, delegate)
    if form.validate_on_submit() and (
        successor := form.attempt(
            lambda: replace.replace_delegate(
                actor=guard.actor(),
                delegate=delegate,
                command=form.command(),
                now=clock.now(),
                source=AnswerSource(form.source.data),
            )
        )
    ):
        flashes.done(N_("{name} comes in this place now."), name=form.full_name.data)
        return redirect(url_for(".show", slug=slug, delegate_id=successor), 303)
    delegate_forms.compare_successor(form, delegate)
    page = render_template("organizer/delegates/replace.html", event=event, delegate=delegate, form=form)
    return page, form.status


@pages.route("/organizer/events/<slug>/delegates/<delegate_id>/withdraw", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def leave(slug: str, delegate_id: str) -> ResponseReturnValue:
    """Withdraw a delegate, after saying what follows."""
    event, delegate = _find(slug, delegate_id)
    form = OfficeWithdrawalForm()
    if form.validate_on_submit() and (
        form.attempt(
            lambda: withdraw.withdraw_delegate(
                actor=guard.actor(),
                delegate=delegate,
                now=clock.now(),
                source=AnswerSource(form.source.data),
            )
        )
        is not None
    ):
        flashes.done(N_("The delegate is withdrawn."))
        return redirect(url_for(".show", slug=slug, delegate_id=delegate_id), 303)
    page = render_template("organizer/delegates/withdraw.html", event=event, delegate=delegate, form=form)
    return page, form.status


def _find(slug: str, delegate_id: str) -> "tuple[Event, Delegate]":
    event = events.get(slug, guard.actor())
    return event, registrations.get_of_event(event, delegate_id)
