"""Appointments: give a role to an organisation, reserve it for a side, name the person later."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain import programme
from app.domain.errors import Conflict
from app.domain.languages import in_language
from app.domain.people import PersonDetails
from app.domain.policy import Actor, Permission, require
from app.domain.programme import AppointmentDetails, AppointmentRole
from app.models.events import Event, Side
from app.models.people import Person
from app.models.programme import AgendaItem, Appointment, Session, at_desk
from app.services import people
from app.services.programme import rows
from app.services.transaction import unit_of_work


@dataclass(frozen=True, slots=True)
class _Scope:
    """Within what appointments stand in an order: one role, in one item or session or in the event."""

    session_id: int | None
    agenda_item_id: int | None
    role: AppointmentRole


def appoint(*, actor: Actor, slug: str, command: AppointmentDetails, now: datetime) -> str:
    """Add an appointment at the end of its role; return its public id."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        edition = rows.edition_of_new(event)
        row = Appointment(event_id=event.id, position=0, role=command.role, edition=edition)
        _apply(session, row, event, command)
        row.position = len(_order(session, event, _scope(row))) + 1
        session.add(row)
        rows.record(session, event, row, _name(row), actor=actor, act="appointment.add", now=now)
        return row.public_id


def edit_appointment(
    *, actor: Actor, slug: str, appointment_id: str, revision: int, command: AppointmentDetails, now: datetime
) -> str:
    """Change what an appointment is, who holds it and who is named; return its public id."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        row = rows.seen(session, Appointment, event, appointment_id, revision)
        left, before = _scope(row), row.person_id
        _apply(session, row, event, command)
        people.drop_unused(session, before)
        if _scope(row) != left:
            session.flush()
            rows.renumber(session, Appointment, _order(session, event, left))
            others = [key for key in _order(session, event, _scope(row)) if key != row.id]
            rows.renumber(session, Appointment, [*others, row.id])
        rows.record(session, event, row, _name(row), actor=actor, act="appointment.edit", now=now)
        return row.public_id


def reserve(
    *,
    actor: Actor,
    slug: str,
    side: str,
    slots: int,
    now: datetime,
    session: str | None = None,
    agenda_item: str | None = None,
) -> None:
    """Give a side so many speaking slots, in an item, a session or the event: free ones come and go (A30)."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as work:
        event = rows.event_for_change(work, slug)
        row = rows.child(work, Side, event, side)
        item = rows.chosen(work, AgendaItem, event, agenda_item)
        block = item.session if item else rows.chosen(work, Session, event, session)
        scope = _Scope(block.id if block else None, item.id if item else None, AppointmentRole.SPEAKER)
        present = [a for a in _list(work, event, scope) if a.side_id == row.id]
        _resize(work, event, row, scope, present, slots)
        rows.renumber(work, Appointment, _order(work, event, scope))
        rows.record(work, event, row, row.names, actor=actor, act="side.reserve", now=now, slots=slots)


def name_person(
    *,
    actor: Actor,
    slug: str,
    appointment_id: str,
    command: PersonDetails,
    now: datetime,
    revision: int | None = None,
) -> str:
    """Name the person of an appointment; who was named before leaves it. Return the person's public id."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        row = rows.seen(session, Appointment, event, appointment_id, revision)
        before = row.person_id
        person = Person(event_id=event.id)
        people.describe(person, command, row.organization)
        session.add(person)
        row.person = person
        people.drop_unused(session, before)
        rows.record(
            session,
            event,
            row,
            _name(row),
            actor=actor,
            act="appointment.name",
            now=now,
            person=person.full_name,
        )
        return person.public_id


def release_person(*, actor: Actor, slug: str, appointment_id: str, now: datetime) -> None:
    """Take the name back; the organisation or side keeps the place."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        row = rows.child(session, Appointment, event, appointment_id)
        before, row.person = row.person_id, None
        people.drop_unused(session, before)
        rows.record(session, event, row, _name(row), actor=actor, act="appointment.release", now=now)


def move_appointment(*, actor: Actor, slug: str, appointment_id: str, places: int, now: datetime) -> None:
    """Move an appointment up (negative) or down among those of the same role."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        row = rows.child(session, Appointment, event, appointment_id)
        order = _order(session, event, _scope(row))
        rows.renumber(session, Appointment, programme.moved(order, row.id, places))
        rows.record(
            session, event, row, _name(row), actor=actor, act="appointment.move", now=now, places=places
        )


def remove_appointment(*, actor: Actor, slug: str, appointment_id: str, now: datetime) -> None:
    """Remove an appointment, and its person where he has nothing else at the event."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        row = rows.child(session, Appointment, event, appointment_id)
        order = [key for key in _order(session, event, _scope(row)) if key != row.id]
        person_id = row.person_id
        rows.record(session, event, row, _name(row), actor=actor, act="appointment.remove", now=now)
        session.delete(row)
        people.drop_unused(session, person_id)
        rows.renumber(session, Appointment, order)


def _apply(session: orm.Session, row: Appointment, event: Event, command: AppointmentDetails) -> None:
    item = rows.chosen(session, AgendaItem, event, command.agenda_item)
    block = item.session if item else rows.chosen(session, Session, event, command.session)
    row.agenda_item, row.agenda_item_id = item, item.id if item else None
    row.session, row.session_id = block, block.id if block else None
    row.side = rows.chosen(session, Side, event, command.side)
    row.organization = rows.holder(command.organization)
    row.person = rows.chosen(session, Person, event, command.person)
    row.role, row.labels, row.topics = command.role, dict(command.labels), dict(command.topics)
    row.from_language, row.to_language = command.from_language, command.to_language


def _resize(
    session: orm.Session, event: Event, side: Side, scope: _Scope, present: list[Appointment], slots: int
) -> None:
    free = [a for a in present if a.is_free]
    if slots < len(present) - len(free):
        raise Conflict("slots_are_filled", field=f"side-{side.public_id}", filled=len(present) - len(free))
    for row in free[: max(0, len(present) - slots)]:
        session.delete(row)
    for place in range(slots - len(present)):
        session.add(
            Appointment(
                event_id=event.id,
                session_id=scope.session_id,
                agenda_item_id=scope.agenda_item_id,
                side_id=side.id,
                role=scope.role,
                edition=rows.edition_of_new(event),
                position=programme.MOST_SLOTS + place,
            )
        )
    session.flush()


def _scope(row: Appointment) -> _Scope:
    return _Scope(row.session_id, row.agenda_item_id, row.role)


def _list(session: orm.Session, event: Event, scope: _Scope) -> list[Appointment]:
    query = sa.select(Appointment).where(
        Appointment.event_id == event.id,
        at_desk(Appointment),
        Appointment.session_id.is_not_distinct_from(scope.session_id),
        Appointment.agenda_item_id.is_not_distinct_from(scope.agenda_item_id),
        Appointment.role == scope.role,
    )
    return list(session.scalars(query.order_by(Appointment.position, Appointment.id)))


def _order(session: orm.Session, event: Event, scope: _Scope) -> list[int]:
    return [row.id for row in _list(session, event, scope)]


def _name(row: Appointment) -> str:
    if row.person:
        return row.person.full_name
    names = row.organization.names if row.organization else row.labels or (row.side.names if row.side else {})
    return in_language(names, "vi") or row.role.value
