"""What does not fit in the programme of an event, looked at across all events."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import db
from app.domain import clashes
from app.domain.clashes import Frame, Holder, Occupancy, ProgrammeWarning
from app.domain.events import EventStatus
from app.domain.programme import SPEAKERS, SessionStatus
from app.models.events import Event
from app.models.programme import Appointment, Session, at_desk
from app.queries.programme import Programme

_LONGEST = timedelta(days=1)
_OFF = (EventStatus.CANCELLED, EventStatus.POSTPONED, EventStatus.ARCHIVED)


def list_warnings(programme: Programme) -> Mapping[str, Sequence[ProgrammeWarning]]:
    """Return the warnings per session, by its public id."""
    event = programme.event
    planned = [b for b in programme.sessions if b.session.status is SessionStatus.PLANNED]
    by_session = _by_session(programme.appointments)
    mine = [
        _occupancy(
            block.session,
            event,
            by_session.get(block.session.id, ()),
            sum(slot.takes or 0 for slot in block.slots.values()),
        )
        for block in planned
    ]
    frame = Frame(zone=event.timezone, day=event.date, starts=event.starts_at, ends=event.ends_at)
    return clashes.find_warnings(mine, _elsewhere(event, mine), frame)


def _elsewhere(event: Event, mine: Sequence[Occupancy]) -> Sequence[Occupancy]:
    starts = [session.starts for session in mine if session.starts]
    if not starts:
        return ()
    ends = [*starts, *(session.ends for session in mine if session.ends)]
    found = _sessions_between(event, min(starts) - _LONGEST, max(ends) + _LONGEST)
    query = sa.select(Appointment).where(Appointment.session_id.in_([session.id for session in found]))
    loaded = query.options(orm.joinedload(Appointment.person), orm.joinedload(Appointment.organization))
    by_session = _by_session(db.session.scalars(loaded)) if found else {}
    return [_occupancy(session, session.event, by_session.get(session.id, ()), 0) for session in found]


def _sessions_between(event: Event, first: datetime, last: datetime) -> Sequence[Session]:
    query = (
        sa.select(Session)
        .join(Event, Event.id == Session.event_id)
        .where(
            Session.event_id != event.id,
            at_desk(Session),
            Session.status == SessionStatus.PLANNED,
            Event.status.not_in(_OFF),
            Session.starts_at.between(first, last),
        )
        .options(orm.contains_eager(Session.event))
    )
    return db.session.scalars(query).all()


def _by_session(appointments: Iterable[Appointment]) -> Mapping[int | None, Sequence[Appointment]]:
    found: dict[int | None, list[Appointment]] = {}
    for appointment in appointments:
        found.setdefault(appointment.session_id, []).append(appointment)
    return found


def _occupancy(
    session: Session, event: Event, appointments: Iterable[Appointment], agenda_minutes: int
) -> Occupancy:
    return Occupancy(
        key=session.public_id,
        event=event.public_id,
        event_title=event.titles,
        number=session.position,
        title=session.titles,
        starts=session.starts_at,
        ends=session.ends_at,
        room=session.room,
        link=session.join_url or "",
        holders=tuple(_holder(a) for a in appointments if a.person or a.role in SPEAKERS),
        agenda_minutes=agenda_minutes,
    )


def _holder(appointment: Appointment) -> Holder:
    return Holder(
        organization=appointment.organization_id,
        person=appointment.person.full_name if appointment.person else "",
        name=appointment.organization.names if appointment.organization else "",
    )
