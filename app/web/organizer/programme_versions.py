"""Versions of the programme at the desk: what has changed since the last one, and the release of the next."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.policy import Permission, may
from app.forms.programme_versions import ReleaseForm
from app.i18n.catalogue import N_, NN_
from app.queries import events, notices
from app.queries import programme_versions as released
from app.queries.programme import get_plan
from app.services.programme import versions
from app.web import flashes, guard
from app.web.organizer import programme_differences as words

if TYPE_CHECKING:
    from app.models.events import Event

pages = Blueprint(
    "organizer_programme_versions", __name__, url_prefix="/organizer/events/<slug>/programme/versions"
)
_LETTERS = NN_(
    "{n} letter about it waits for you under Mail.", "{n} letters about it wait for you under Mail."
)


@pages.get("")
@guard.signed_in(Permission.READ)
def show(slug: str) -> str:
    """Show what has changed, whom it concerns, and the versions so far."""
    return _page(events.get(slug, guard.actor()), ReleaseForm())


@pages.post("")
@guard.signed_in(Permission.MANAGE_EVENTS)
def release(slug: str) -> ResponseReturnValue:
    """Release the next version."""
    form = ReleaseForm()
    if form.validate_on_submit():
        told = form.attempt(lambda: _released(slug, form))
        if told is not None:
            flashes.done(N_("Version {number} of the programme is released."), number=form.seen)
            flashes.counted(_LETTERS, told)
            return redirect(url_for(".show", slug=slug), 303)
    return _page(events.get(slug, guard.actor()), form), form.status


def _released(slug: str, form: ReleaseForm) -> int:
    return versions.release(
        actor=guard.actor(),
        slug=slug,
        number=form.seen,
        notes=form.notes.data,
        tells=form.tells.data,
        now=clock.now(),
    )


def _page(event: "Event", form: ReleaseForm) -> str:
    known = released.list_versions(event)
    last = known[0] if known else None
    news = released.waiting(event, last)
    plan = get_plan(event)
    numbers = {block.session.public_id: block.session.position for block in plan.sessions}
    form.number.data = str((last.number if last else 0) + 1)
    return render_template(
        "organizer/programme/versions.html",
        event=event,
        form=form,
        versions=known,
        number=int(form.number.data),
        differences=[words.told(one, event.timezone, numbers) for one in news.differences] if last else [],
        audience=notices.count_audience(event, released.reach(event, news.concerned)) if last else None,
        must_be_told=news.concerned.must_be_told,
        is_empty=plan.is_empty,
        everybody=notices.count_audience(event) if last else None,
        may_change=may(guard.actor(), Permission.MANAGE_EVENTS),
    )
