"""Sessions: add, edit, move, cancel, restore, delete."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain import itip, local_time, programme
from app.domain.errors import Conflict
from app.domain.policy import Actor, Permission, require
from app.domain.programme import SessionDetails, SessionStatus
from app.domain.registrations import has_more_room
from app.models.directory import Sector
from app.models.events import Event
from app.models.programme import Appointment, Session, at_desk
from app.queries import event_facts
from app.queries import programme as reads
from app.queries import programme_versions as versions
from app.queries.notices import Reached
from app.services import people
from app.services.event_changes import mark_changed
from app.services.events import notices
from app.services.programme import following, rows
from app.services.registrations import promotion
from app.services.transaction import unit_of_work


def add_session(*, actor: Actor, slug: str, command: SessionDetails, now: datetime) -> str:
    """Append a session and return its public id."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        edition, place = rows.edition_of_new(event), len(_order(session, event)) + 1
        row = Session(event=event, position=place, titles={}, changed_at=now, edition=edition)
        _apply(session, row, event, command)
        session.add(row)
        rows.record(session, event, row, row.titles, actor=actor, act="session.add", now=now)
        return row.public_id


def edit_session(
    *, actor: Actor, slug: str, session_id: str, revision: int, command: SessionDetails, now: datetime
) -> int:
    """Change a session. Return how many letters wait as drafts because its hours or link are others.

    New hours move its agenda along. Once a version is released, guests know what they read there until the
    next; but seats, link and who is admitted hold at once, and more room goes to those who wait.
    """
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        row = rows.seen(session, Session, event, session_id, revision)
        known = reads.find_known(row)
        room, taken = (known.capacity, known.taken) if known else (None, 0)
        programme.require_capacity(command.capacity, taken)
        before, started = following.revision_of(row), row.starts_at
        said = following.revision_of(known) if known else None
        _apply(session, row, event, command)
        if known is not None and known is not row:
            _apply_at_once(session, known, command, now)
        following.shift_agenda(session, row, started)
        is_news = known is not None and said is not None and _is_news(known, said, now)
        rows.record(
            session,
            event,
            row,
            row.titles,
            actor=actor,
            act="session.edit",
            now=now,
            starts=_iso(row.starts_at),
            ends=_iso(row.ends_at),
        )
        if known is not None and has_more_room(room, known.capacity):
            promotion.fill(session, event.id, [known.id], now)
        if command.moves_following:
            following.move_sessions(session, row, before, now=now)
        return _tell(session, event, now, versions.reach_of(row, event)) if is_news else 0


def move_session(*, actor: Actor, slug: str, session_id: str, places: int, now: datetime) -> None:
    """Move a session up (negative) or down; hours are not changed by it."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        row = rows.child(session, Session, event, session_id)
        order = _order(session, event)
        rows.renumber(session, Session, programme.moved(order, row.id, places))
        rows.record(session, event, row, row.titles, actor=actor, act="session.move", now=now, places=places)


def cancel_session(*, actor: Actor, slug: str, session_id: str, now: datetime) -> int:
    """Call a session off: it stays visible, calendars strike it out. Return how many letters wait."""
    return _set_status(actor, slug, session_id, SessionStatus.CANCELLED, now)


def restore_session(*, actor: Actor, slug: str, session_id: str, now: datetime) -> int:
    """Put a called-off session back. Return how many letters wait."""
    return _set_status(actor, slug, session_id, SessionStatus.PLANNED, now)


def delete_session(*, actor: Actor, slug: str, session_id: str, now: datetime) -> None:
    """Remove a session in which nobody has a seat, with its agenda and appointments."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        row = rows.child(session, Session, event, session_id)
        known = reads.find_known(row)
        if known and (seats := rows.count_seats(session, known)):
            raise Conflict("session_has_seats", seats=seats)
        rows.record(session, event, row, row.titles, actor=actor, act="session.delete", now=now)
        named = sa.select(Appointment.person_id).where(Appointment.session_id == row.id).distinct()
        people_of_it = session.scalars(named).all()
        session.delete(row)
        for person_id in people_of_it:
            people.drop_unused(session, person_id)
        rows.renumber(session, Session, [key for key in _order(session, event) if key != row.id])


def _set_status(actor: Actor, slug: str, session_id: str, status: SessionStatus, now: datetime) -> int:
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        row = rows.child(session, Session, event, session_id)
        if row.status is status:
            return 0
        known = reads.find_known(row)
        for one in {row, known or row}:
            before = following.revision_of(one)
            one.status, one.changed_at = status, now
            one.sequence = itip.next_sequence(one.sequence, before, following.revision_of(one))
        act = "session.cancel" if status is SessionStatus.CANCELLED else "session.restore"
        rows.record(session, event, known or row, row.titles, actor=actor, act=act, now=now)
        if known is None:
            return 0
        if status is SessionStatus.PLANNED:
            promotion.fill(session, event.id, [known.id], now)
        return _tell(session, event, now, versions.reach_of(row, event))


def _tell(session: orm.Session, event: Event, now: datetime, only: Reached | None = None) -> int:
    """Draft letters with the present programme; the event counts as changed, so they are new letters."""
    orm.attributes.flag_modified(event, "changed_at")
    session.flush()
    return notices.draft_change(session, event, event_facts.times(event), now=now, only=only)


def _is_news(known: Session, said: itip.Revision, now: datetime) -> bool:
    """Tell whether calendars of guests show another session than they said, and mark it so."""
    present = following.revision_of(known)
    if said == present:
        return False
    known.sequence, known.changed_at = itip.next_sequence(known.sequence, said, present), now
    return True


def _apply_at_once(session: orm.Session, known: Session, command: SessionDetails, now: datetime) -> None:
    """Let guests have at once what no version keeps: seats, link, and who is admitted."""
    kinds = [kind.value for kind in command.admitted_kinds]
    if (known.capacity, known.join_url, known.admitted_kinds) != (command.capacity, command.join_url, kinds):
        known.capacity, known.join_url, known.admitted_kinds = command.capacity, command.join_url, kinds
        known.changed_at = now
        mark_changed(session, known.event, now)


def _apply(session: orm.Session, row: Session, event: Event, command: SessionDetails) -> None:
    row.titles, row.summaries = dict(command.titles), dict(command.summaries)
    row.starts_at, row.ends_at = local_time.moments(command.hours, event.timezone)
    row.capacity, row.room, row.join_url = command.capacity, command.room, command.join_url
    row.languages, row.interpretation = list(command.languages), command.interpretation
    row.admitted_kinds = [kind.value for kind in command.admitted_kinds]
    row.sectors = list(session.scalars(sa.select(Sector).where(Sector.code.in_(command.sectors))))


def _order(session: orm.Session, event: Event) -> list[int]:
    query = sa.select(Session.id).where(Session.event_id == event.id, at_desk(Session))
    return list(session.scalars(query.order_by(Session.position, Session.id)))


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
