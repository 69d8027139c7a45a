"""Released versions of a programme, the lines to compare them by, and whom a new one reaches."""

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import db
from app.domain.event_times import HOME_ZONE
from app.domain.languages import DEFAULT, in_language
from app.domain.programme import SessionStatus
from app.domain.programme_versions import Concerned, Line, LineKind, News, line_of, news
from app.domain.registrations import SeatState
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.programme import AgendaItem, Appointment, Session, for_guests
from app.models.programme_versions import ProgrammeVersion
from app.models.registrations import Delegate, Seat
from app.queries.notices import Reached
from app.queries.programme import AgendaPoint, Programme, Roles, find_known, get_plan, get_programme


def find_latest(event: Event) -> ProgrammeVersion | None:
    """Return the version that was released last."""
    query = sa.select(ProgrammeVersion).where(ProgrammeVersion.event_id == event.id)
    return db.session.scalar(query.order_by(ProgrammeVersion.number.desc()).limit(1))


def list_versions(event: Event) -> Sequence[ProgrammeVersion]:
    """Return the versions, the latest first."""
    query = sa.select(ProgrammeVersion).where(ProgrammeVersion.event_id == event.id)
    loaded = query.options(orm.joinedload(ProgrammeVersion.released_by))
    return db.session.scalars(loaded.order_by(ProgrammeVersion.number.desc())).all()


def lines_of(version: ProgrammeVersion | None) -> Sequence[Line]:
    """Return what a version says; nothing for none."""
    return [line_of(kept) for kept in version.lines] if version else []


def known_lines(event: Event, last: ProgrammeVersion | None) -> Sequence[Line]:
    """Return what a release is compared with: what guests know, else what the last version said."""
    return present_lines(get_programme(event)) if event.keeps_editions else lines_of(last)


def waiting(event: Event, last: ProgrammeVersion | None) -> News:
    """Return what the desk has planned and guests do not know yet; before the first release, all of it."""
    planned = present_lines(get_plan(event))
    return news(known_lines(event, last), planned, zone=event.timezone or HOME_ZONE)


def count_waiting(event: Event) -> int:
    """Count the changes that wait for a release; none before the first, for everybody sees them at once."""
    return len(waiting(event, None).differences) if event.keeps_editions else 0


def present_lines(programme: Programme) -> Sequence[Line]:
    """Return what a programme says, in its order."""
    event = programme.event
    whole = [*programme.chairs_by_role, *programme.roles]
    lines = [
        Line(
            kind=LineKind.EVENT,
            key=event.public_id,
            titles=event.titles,
            starts=_iso(event.starts_at),
            ends=_iso(event.ends_at),
            people=_people(whole),
            details=_digest(_said(whole)),
        ),
        *(_item(point, None) for point in programme.agenda),
    ]
    for block in programme.sessions:
        lines.append(_session(block.session, block.roles))
        lines += [_item(point, block.session) for point in block.agenda]
    return lines


def reach(event: Event, concerned: Concerned) -> Reached | None:
    """Return the delegates and institutions whom changes concern; None: everybody.

    Who has a seat in none of the sessions sits in the whole. An institution is concerned with its delegates,
    or when it speaks in such a session, or when the event as a whole has other hours.
    """
    if concerned.everybody:
        return None
    everyone = sa.select(Invitation.id).where(Invitation.event_id == event.id)
    institutions = frozenset(db.session.scalars(everyone)) if concerned.institutions else frozenset()
    if not concerned.sessions:
        return Reached(frozenset(), institutions, frozenset())
    numbers = sa.select(Session.id).where(
        Session.event_id == event.id, for_guests(Session), Session.public_id.in_(concerned.sessions)
    )
    seats = sa.select(Seat.delegate_id).where(Seat.state != SeatState.WITHDRAWN)
    people = sa.select(Delegate.id, Delegate.invitation_id).where(
        Delegate.event_id == event.id,
        Delegate.state != SeatState.WITHDRAWN,
        Delegate.id.in_(seats.where(Seat.session_id.in_(numbers))) | Delegate.id.not_in(seats),
    )
    speakers = sa.select(Appointment.organization_id).where(
        Appointment.session_id.in_(numbers), Appointment.organization_id.is_not(None)
    )
    found = db.session.execute(people).all()
    return Reached(
        delegates=frozenset(row.id for row in found),
        invitations=institutions | {row.invitation_id for row in found if row.invitation_id},
        organizations=frozenset(number for number in db.session.scalars(speakers) if number),
    )


def reach_of(session: Session, event: Event) -> Reached | None:
    """Return whom it concerns that a session is called off, put back or joined elsewhere; None: everybody.

    That waits for no release, for people would come in vain. One that guests do not know concerns nobody.
    """
    if not event.keeps_editions:
        return None
    is_known = find_known(session) is not None
    return reach(
        event,
        Concerned(
            everybody=False,
            sessions=frozenset({session.public_id} if is_known else ()),
            institutions=is_known and event.starts_at is None,
        ),
    )


def _session(row: Session, roles: Roles) -> Line:
    return Line(
        kind=LineKind.SESSION,
        key=row.public_id,
        place=row.position,
        titles=row.titles,
        starts=_iso(row.starts_at),
        ends=_iso(row.ends_at),
        room=row.room,
        is_off=row.status is SessionStatus.CANCELLED,
        people=_people(roles),
        details=_digest(
            row.summaries, row.languages, row.interpretation, [one.code for one in row.sectors], _said(roles)
        ),
    )


def _item(point: AgendaPoint, block: Session | None) -> Line:
    item: AgendaItem = point.item
    return Line(
        kind=LineKind.ITEM,
        key=item.public_id,
        session=block.public_id if block else None,
        place=item.position,
        titles=item.titles or {DEFAULT: "", "kind": item.kind.value},
        starts=_iso(item.starts_at),
        minutes=item.minutes,
        people=_people(point.roles),
        details=_digest(item.kind, _said(point.roles)),
    )


def _people(roles: Roles) -> tuple[str, ...]:
    return tuple(name for _, places in roles for one in places if (name := _name(one)))


def _said(roles: Roles) -> list[object]:
    """Return what is shown of appointments besides names."""
    return [
        [role, one.labels, one.topics, one.from_language, one.to_language, one.side.code if one.side else ""]
        for role, places in roles
        for one in places
    ]


def _digest(*facts: object) -> str:
    return sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]


def _name(one: Appointment) -> str:
    if one.person:
        return one.person.full_name
    return in_language(one.organization.names if one.organization else one.labels, DEFAULT)


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
