"""Reads of a programme: sessions, agenda, appointments, sides and their speaking slots."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import db
from app.domain.agenda import Slot
from app.domain.errors import NotFound
from app.domain.programme import CHAIRS, AppointmentRole, Edition, SpeakingSlots
from app.domain.registrations import SeatState
from app.models.directory import Organization
from app.models.events import Event, Side
from app.models.invitations import Invitation
from app.models.people import Person
from app.models.programme import AgendaItem, Appointment, Editioned, Session, at_desk, for_guests
from app.models.registrations import Seat
from app.queries.agenda_slots import slots_of

Ordered = TypeVar("Ordered", Session, AgendaItem, Appointment)
Child = TypeVar("Child", Session, AgendaItem, Appointment, Side, Person)
_DEPTH = 3  # unit, department, ministry
_NO_SEATS = (0, 0)
Readers = Callable[[type[Editioned]], sa.ColumnElement[bool]]
Roles = Sequence[tuple[AppointmentRole, Sequence[Appointment]]]


@dataclass(frozen=True, slots=True)
class AgendaPoint:
    """An agenda item with those who speak in it."""

    item: AgendaItem
    roles: Roles


@dataclass(frozen=True, slots=True)
class SessionBlock:
    """A session with its agenda and with those appointed in it.

    `taken` counts its seats, `waiting` its waiting list; both are those of the session that guests know.
    """

    session: Session
    agenda: Sequence[AgendaPoint]
    roles: Roles
    taken: int
    waiting: int
    slots: Mapping[str, Slot]
    """Its agenda in time, by the public ids of the items."""


@dataclass(frozen=True, slots=True)
class Programme:
    """The whole programme of an event: what belongs to no session stands in `agenda`, `chairs`, `roles`."""

    event: Event
    sides: Sequence[Side]
    chairs: Sequence[Appointment]
    roles: Roles
    agenda: Sequence[AgendaPoint]
    sessions: Sequence[SessionBlock]
    slots: Mapping[int, SpeakingSlots]
    hours: Mapping[str, Slot]
    """The agenda of the event as a whole in time, by the public ids of the items."""

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to show."""
        return not (self.sessions or self.agenda or self.chairs or self.roles)

    @property
    def chairs_by_role(self) -> Roles:
        """Return the chairs under their roles."""
        return _by_role(self.chairs)

    @property
    def appointments(self) -> Iterable[Appointment]:
        """Yield every appointment, in the order of the programme."""
        points = [*self.agenda, *(point for block in self.sessions for point in block.agenda)]
        yield from self.chairs
        for roles in (
            self.roles,
            *(block.roles for block in self.sessions),
            *(point.roles for point in points),
        ):
            for _, appointments in roles:
                yield from appointments


def get_programme(event: Event) -> Programme:
    """Return the programme of an event as guests know it, in a constant number of statements."""
    return _programme(event, for_guests)


def get_plan(event: Event) -> Programme:
    """Return the programme of an event as the desk plans it, in a constant number of statements."""
    return _programme(event, at_desk)


def _programme(event: Event, readers: Readers) -> Programme:
    appointments = _appointments(event, readers)
    items = db.session.scalars(_select(AgendaItem, event, readers)).all()
    found = _select(Session, event, readers).options(orm.selectinload(Session.sectors))
    sessions = db.session.scalars(found).all()
    seats = _seats(event)
    whole = [a for a in appointments if a.session_id is None and a.agenda_item_id is None]
    return Programme(
        event=event,
        sides=event.sides,
        chairs=[a for a in whole if a.role in CHAIRS],
        roles=_by_role(a for a in whole if a.role not in CHAIRS),
        agenda=[_point(item, appointments) for item in items if item.session_id is None],
        sessions=[
            SessionBlock(
                session=session,
                agenda=[_point(item, appointments) for item in items if item.session_id == session.id],
                roles=_by_role(
                    a for a in appointments if a.session_id == session.id and a.agenda_item_id is None
                ),
                taken=seats.get(session.public_id, _NO_SEATS)[0],
                waiting=seats.get(session.public_id, _NO_SEATS)[1],
                slots=slots_of(event, session, [item for item in items if item.session_id == session.id]),
            )
            for session in sessions
        ],
        slots=_slots(event, appointments),
        hours=slots_of(event, None, [item for item in items if item.session_id is None]),
    )


def list_sessions(event: Event) -> Sequence[Session]:
    """Return the sessions that guests know, in their order."""
    return db.session.scalars(_select(Session, event, for_guests)).all()


def list_planned_sessions(event: Event) -> Sequence[Session]:
    """Return the sessions that the desk plans, in their order."""
    return db.session.scalars(_select(Session, event, at_desk)).all()


def list_planned_items(event: Event) -> Sequence[AgendaItem]:
    """Return the agenda items that the desk plans, in their order."""
    return db.session.scalars(_select(AgendaItem, event, at_desk)).all()


def list_people(event: Event) -> Sequence[Person]:
    """Return the people of the event by name."""
    query = sa.select(Person).where(Person.event_id == event.id)
    return db.session.scalars(query.order_by(Person.sort_name, Person.id)).all()


def get_session(event: Event, public_id: str) -> Session:
    """Return a session of the event as the desk plans it."""
    return _get(Session, event, public_id)


def find_known(session: Session) -> Session | None:
    """Return a session as guests know it, where its seats are: until a version is released the same row.

    None: guests do not know it yet.
    """
    if session.edition is not Edition.PLANNED:
        return session
    query = sa.select(Session).where(Session.public_id == session.public_id, for_guests(Session))
    return db.session.scalar(query)


def get_item(event: Event, public_id: str) -> AgendaItem:
    """Return an agenda item of the event as the desk plans it."""
    return _get(AgendaItem, event, public_id)


def get_appointment(event: Event, public_id: str) -> Appointment:
    """Return an appointment of the event as the desk plans it."""
    return _get(Appointment, event, public_id)


def get_side(event: Event, public_id: str) -> Side:
    """Return a side of the event."""
    return _get(Side, event, public_id)


def get_person(event: Event, public_id: str) -> Person:
    """Return a person of the event."""
    return _get(Person, event, public_id)


def count_seats(session: Session) -> int:
    """Return how many people have a seat in the session or wait for one."""
    query = (
        sa.select(sa.func.count())
        .select_from(Seat)
        .join(Session, Session.id == Seat.session_id)
        .where(Session.public_id == session.public_id, Seat.state != SeatState.WITHDRAWN)
    )
    return db.session.scalar(query) or 0


def _appointments(event: Event, readers: Readers) -> Sequence[Appointment]:
    """Return the appointments in their order, with holders, people and the units above them."""
    above = orm.selectinload(Organization.parent, recursion_depth=_DEPTH)
    query = _select(Appointment, event, readers).options(
        orm.joinedload(Appointment.side),
        orm.selectinload(Appointment.organization).options(above),
        orm.selectinload(Appointment.person).selectinload(Person.organization).options(above),
    )
    return db.session.scalars(query).all()


def _select(kind: type[Ordered], event: Event, readers: Readers) -> sa.Select[Ordered]:
    of_event = sa.select(kind).where(kind.event_id == event.id, readers(kind))
    return of_event.order_by(kind.position, kind.id)


def _get(kind: type[Child], event: Event, public_id: str) -> Child:
    query = sa.select(kind).where(kind.event_id == event.id, kind.public_id == public_id)
    if issubclass(kind, Editioned):
        query = query.where(at_desk(kind))
    found = db.session.scalar(query)
    if found is None:
        raise NotFound("not_found")
    return found


def _point(item: AgendaItem, appointments: Sequence[Appointment]) -> AgendaPoint:
    return AgendaPoint(item, _by_role(a for a in appointments if a.agenda_item_id == item.id))


def _by_role(appointments: Iterable[Appointment]) -> Roles:
    places = list(AppointmentRole)
    ordered = sorted(appointments, key=lambda a: places.index(a.role))  # stable: positions stay
    return [(role, list(group)) for role, group in groupby(ordered, key=lambda a: a.role)]


def _seats(event: Event) -> Mapping[str, tuple[int, int]]:
    """Return by public id how many seats of a session are taken, and how many people wait for one."""
    waits = sa.and_(Seat.session_id == Session.id, Seat.state == SeatState.WAITING)
    query = (
        sa.select(Session.public_id, Session.taken, sa.func.count(Seat.delegate_id))
        .outerjoin(Seat, waits)
        .where(Session.event_id == event.id, for_guests(Session))
        .group_by(Session.id)
    )
    return {key: (taken, waiting) for key, taken, waiting in db.session.execute(query)}


def _slots(event: Event, appointments: Sequence[Appointment]) -> Mapping[int, SpeakingSlots]:
    invited = sa.select(Invitation.side_id, sa.func.count()).where(Invitation.event_id == event.id)
    numbers = dict(db.session.execute(invited.group_by(Invitation.side_id)).all())
    found = {}
    for side in event.sides:
        own = [a for a in appointments if a.side_id == side.id and a.role is AppointmentRole.SPEAKER]
        filled = sum(1 for a in own if a.organization_id or a.person_id)
        if own:
            found[side.id] = SpeakingSlots(len(own), filled, numbers.get(side.id, 0))
    return found
