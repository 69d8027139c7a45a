"""Appointments at the desk: who chairs, speaks, interprets; first the institution, then the person."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain import clock
from app.domain.policy import Permission
from app.forms.fields import Form
from app.forms.people import PersonForm
from app.forms.programme import AppointmentForm, MoveForm
from app.i18n.catalogue import N_
from app.queries import details, events, programme
from app.services.programme import appointments
from app.web import flashes, guard, languages
from app.web.organizer import programme_choices as choices

if TYPE_CHECKING:
    from app.models.events import Event
    from app.models.programme import Appointment

pages = Blueprint(
    "organizer_appointments", __name__, url_prefix="/organizer/events/<slug>/programme/appointments"
)


@pages.route("/new", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def add(slug: str) -> ResponseReturnValue:
    """Appoint somebody; `?place=` and `?role=` are those of the link that led here."""
    event = events.get(slug, guard.actor())
    form = _offer(AppointmentForm(data=request.args.to_dict()), event)
    if form.validate_on_submit() and form.attempt(
        lambda: appointments.appoint(actor=guard.actor(), slug=slug, command=form.command(), now=clock.now())
    ):
        flashes.done(N_("The appointment is on the programme."))
        return _back(slug)
    return _page(event, None, form)


@pages.route("/<appointment_id>", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def edit(slug: str, appointment_id: str) -> ResponseReturnValue:
    """Change an appointment."""
    event = events.get(slug, guard.actor())
    appointment = programme.get_appointment(event, appointment_id)
    form = _form_of(appointment, event)
    if form.validate_on_submit() and form.attempt(lambda: _edit(slug, appointment_id, form)):
        flashes.done(N_("The appointment is saved."))
        return _back(slug)
    return _page(event, appointment, form)


@pages.route("/<appointment_id>/person", methods=["GET", "POST"])
@guard.signed_in(Permission.MANAGE_EVENTS)
def name_person(slug: str, appointment_id: str) -> ResponseReturnValue:
    """Name the person of an appointment."""
    event = events.get(slug, guard.actor())
    appointment = programme.get_appointment(event, appointment_id)
    form = PersonForm(data={"revision": appointment.revision})
    if form.validate_on_submit() and form.attempt(
        lambda: appointments.name_person(
            actor=guard.actor(),
            slug=slug,
            appointment_id=appointment_id,
            revision=form.seen,
            command=form.command(),
            now=clock.now(),
        )
    ):
        flashes.done(N_("{name} is named."), name=form.full_name.data)
        return _back(slug)
    page = render_template(
        "organizer/programme/person.html",
        event=event,
        appointment=appointment,
        form=form,
        **choices.lists(event),
    )
    return page, form.status


@pages.post("/<appointment_id>/release")
@guard.signed_in(Permission.MANAGE_EVENTS)
def release(slug: str, appointment_id: str) -> ResponseReturnValue:
    """Take the name back."""
    if Form().validate_on_submit():
        appointments.release_person(
            actor=guard.actor(), slug=slug, appointment_id=appointment_id, now=clock.now()
        )
        flashes.done(N_("The name is taken back; the place is kept."))
    return _back(slug)


@pages.post("/<appointment_id>/move")
@guard.signed_in(Permission.MANAGE_EVENTS)
def move(slug: str, appointment_id: str) -> ResponseReturnValue:
    """Move an appointment up or down among those of its role."""
    form = MoveForm()
    if form.validate_on_submit():
        appointments.move_appointment(
            actor=guard.actor(),
            slug=slug,
            appointment_id=appointment_id,
            places=int(form.places.data),
            now=clock.now(),
        )
    return _back(slug, anchor=f"appointment-{appointment_id}")


@pages.post("/<appointment_id>/remove")
@guard.signed_in(Permission.MANAGE_EVENTS)
def remove(slug: str, appointment_id: str) -> ResponseReturnValue:
    """Take an appointment off the programme."""
    if Form().validate_on_submit():
        appointments.remove_appointment(
            actor=guard.actor(), slug=slug, appointment_id=appointment_id, now=clock.now()
        )
        flashes.done(N_("The appointment is removed."))
    return _back(slug)


def _offer(form: AppointmentForm, event: "Event") -> AppointmentForm:
    return form.offer(choices.place_pairs(event), choices.side_pairs(event), choices.person_pairs(event))


def _form_of(appointment: "Appointment", event: "Event") -> AppointmentForm:
    known = details.of_appointment(appointment, languages.current())
    return _offer(AppointmentForm.of(known, appointment.revision), event)


def _edit(slug: str, appointment_id: str, form: AppointmentForm) -> str:
    return appointments.edit_appointment(
        actor=guard.actor(),
        slug=slug,
        appointment_id=appointment_id,
        revision=form.seen,
        command=form.command(),
        now=clock.now(),
    )


def _page(event: "Event", appointment: object, form: AppointmentForm) -> ResponseReturnValue:
    page = render_template(
        "organizer/programme/appointment.html",
        event=event,
        appointment=appointment,
        form=form,
        **choices.lists(event),
    )
    return page, form.status


def _back(slug: str, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("organizer_programme.show", slug=slug, _anchor=anchor), 303)
