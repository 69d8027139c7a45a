"""The programme of an event at the desk: the whole of it, and its sessions."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.policy import Permission, may
from app.forms.fields import Form
from app.forms.programme import MoveForm, SessionForm
from app.i18n.catalogue import N_, NN_
from app.i18n.moments import format_moment
from app.queries import clashes, details, events, notices, programme, programme_versions, speaking
from app.services.programme import sessions
from app.web import flashes, guard, languages
from app.web.organizer import programme_choices as choices

pages = Blueprint("organizer_programme", __name__, url_prefix="/organizer/events/<slug>/programme")
_LETTERS = NN_(
    "{n} letter about it waits for you under Mail.", "{n} letters about it wait for you under Mail."
)


@pages.get("")
@guard.signed_in(Permission.READ)
def show(slug: str) -> str:
    """Show the programme with what does not fit in it."""
    found = programme.get_plan(events.get(slug, guard.actor()))
    return render_template(
        "organizer/programme/show.html",
        event=found.event,
        programme=found,
        warnings=clashes.list_warnings(found),
        unreleased=programme_versions.count_waiting(found.event),
        speaking_requests=speaking.list_of_event(found.event),
        may_change=may(guard.actor(), Permission.MANAGE_EVENTS),
    )


@pages.route("/sessions/new", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def add_session(slug: str) -> ResponseReturnValue:
    """Add a session."""
    event = events.get(slug, guard.actor())
    form = SessionForm.on(event.date).offer(choices.sector_pairs())
    if form.validate_on_submit() and (
        session_id := form.attempt(
            lambda: sessions.add_session(
                actor=guard.actor(), slug=slug, command=form.command(), now=clock.now()
            )
        )
    ):
        return _saved(slug, session_id)
    return render_template(
        "organizer/programme/session.html", event=event, session=None, form=form
    ), form.status


@pages.route("/sessions/<session_id>", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def edit_session(slug: str, session_id: str) -> ResponseReturnValue:
    """Change a session."""
    event = events.get(slug, guard.actor())
    session = programme.get_session(event, session_id)
    form = SessionForm.of(details.of_session(session, event), session.revision)
    form.offer(choices.sector_pairs())
    if form.validate_on_submit() and (drafts := form.attempt(lambda: (_edit(slug, session_id, form),))):
        flashes.counted(_LETTERS, drafts[0])
        return _saved(slug, session_id)
    return render_template(
        "organizer/programme/session.html", event=event, session=session, form=form
    ), form.status


@pages.post("/sessions/<session_id>/move")
@guard.signed_in(Permission.MANAGE_EVENTS)
def move_session(slug: str, session_id: str) -> ResponseReturnValue:
    """Move a session up or down."""
    form = MoveForm()
    if form.validate_on_submit():
        sessions.move_session(
            actor=guard.actor(),
            slug=slug,
            session_id=session_id,
            places=int(form.places.data),
            now=clock.now(),
        )
    return redirect(url_for(".show", slug=slug, _anchor=f"session-{session_id}"), 303)


@pages.route("/sessions/<session_id>/cancel", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def cancel_session(slug: str, session_id: str) -> ResponseReturnValue:
    """Call a session off, once its consequences were read."""
    form = Form()
    if form.validate_on_submit():
        letters = sessions.cancel_session(
            actor=guard.actor(), slug=slug, session_id=session_id, now=clock.now()
        )
        flashes.done(N_("The session is called off. It stays on the programme, struck out."))
        flashes.counted(_LETTERS, letters)
        return redirect(url_for(".show", slug=slug), 303)
    return _confirm(slug, session_id, form, "organizer/programme/cancel.html")


@pages.post("/sessions/<session_id>/restore")
@guard.signed_in(Permission.MANAGE_EVENTS)
def restore_session(slug: str, session_id: str) -> ResponseReturnValue:
    """Put a called-off session back."""
    letters = sessions.restore_session(actor=guard.actor(), slug=slug, session_id=session_id, now=clock.now())
    flashes.done(N_("The session takes place again."))
    flashes.counted(_LETTERS, letters)
    return redirect(url_for(".show", slug=slug), 303)


@pages.route("/sessions/<session_id>/delete", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def delete_session(slug: str, session_id: str) -> ResponseReturnValue:
    """Delete a session in which nobody has a seat."""
    form = Form()
    if form.validate_on_submit() and form.attempt(lambda: _delete(slug, session_id)):
        flashes.done(N_("The session is deleted."))
        return redirect(url_for(".show", slug=slug), 303)
    return _confirm(slug, session_id, form, "organizer/programme/delete.html")


def _edit(slug: str, session_id: str, form: SessionForm) -> int:
    return sessions.edit_session(
        actor=guard.actor(),
        slug=slug,
        session_id=session_id,
        revision=form.seen,
        command=form.command(),
        now=clock.now(),
    )


def _delete(slug: str, session_id: str) -> bool:
    sessions.delete_session(actor=guard.actor(), slug=slug, session_id=session_id, now=clock.now())
    return True


def _confirm(slug: str, session_id: str, form: Form, template: str) -> ResponseReturnValue:
    event = events.get(slug, guard.actor())
    session = programme.get_session(event, session_id)
    page = render_template(
        template,
        event=event,
        session=session,
        form=form,
        seats=programme.count_seats(session),
        is_known=programme.find_known(session) is not None,
        audience=notices.count_audience(event, programme_versions.reach_of(session, event)),
    )
    return page, form.status


def _saved(slug: str, session_id: str) -> ResponseReturnValue:
    """Say what was understood: the moment in words, with its zone."""
    event = events.get(slug, guard.actor())
    session = programme.get_session(event, session_id)
    if session.starts_at and event.timezone:
        when = format_moment(session.starts_at, session.ends_at, event.timezone, languages.current())
        flashes.done(N_("The session is saved: {when}."), when=when)
    else:
        flashes.done(N_("The session is saved, without hours."))
    return redirect(url_for(".show", slug=slug, _anchor=f"session-{session_id}"), 303)
