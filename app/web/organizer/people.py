"""People of an event at the desk: correct how somebody is printed."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.policy import Permission
from app.forms.people import PersonForm
from app.i18n.catalogue import N_
from app.queries import details, events, programme
from app.services import people
from app.web import flashes, guard, languages
from app.web.organizer import programme_choices as choices

pages = Blueprint("organizer_people", __name__, url_prefix="/organizer/events/<slug>/people")


@pages.route("/<person_id>", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def edit(slug: str, person_id: str) -> ResponseReturnValue:
    """Correct a person; every place of the event shows it."""
    event = events.get(slug, guard.actor())
    person = programme.get_person(event, person_id)
    form = PersonForm.of(details.of_person(person, languages.current()), person.revision)
    if form.validate_on_submit() and form.attempt(lambda: _edit(slug, person_id, form)):
        flashes.done(N_("{name} is saved."), name=form.full_name.data)
        return redirect(url_for("organizer_programme.show", slug=slug), 303)
    page = render_template(
        "organizer/programme/person.html", event=event, appointment=None, form=form, **choices.lists(event)
    )
    return page, form.status


def _edit(slug: str, person_id: str, form: PersonForm) -> str:
    return people.edit_person(
        actor=guard.actor(),
        slug=slug,
        person_id=person_id,
        revision=form.seen,
        command=form.command(),
        now=clock.now(),
    )
