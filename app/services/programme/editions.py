"""Editions of a programme: guests keep what was released while the desk plans on (decision 14)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain import itip
from app.domain.programme import Edition, SessionStatus
from app.models.events import Event
from app.models.programme import AgendaItem, Appointment, Session
from app.services import people
from app.services.programme import following, rows

_Kind = TypeVar("_Kind", Session, AgendaItem, Appointment)
_SESSION = (
    "position",
    "status",
    "titles",
    "summaries",
    "starts_at",
    "ends_at",
    "languages",
    "interpretation",
    "room",
)
_AT_ONCE = ("capacity", "join_url", "admitted_kinds", "calendar_uid", "sequence", "changed_at")
"""What no version keeps of a session; a new twin begins with it."""
_ITEM = ("position", "kind", "titles", "starts_at", "minutes")
_APPOINTMENT = (
    "position",
    "role",
    "side_id",
    "organization_id",
    "labels",
    "person_id",
    "topics",
    "from_language",
    "to_language",
)


def bring_out(session: orm.Session, event: Event, *, now: datetime) -> None:
    """Let guests know the programme as the desk plans it; from the first time on they keep it."""
    if event.keeps_editions:
        _write(session, event, Edition.PLANNED, Edition.RELEASED, now)
        return
    event.keeps_editions = True
    for kind in (Session, AgendaItem, Appointment):
        session.execute(sa.update(kind).where(kind.event_id == event.id).values(edition=Edition.RELEASED))
    _write(session, event, Edition.RELEASED, Edition.PLANNED, now)


def _write(session: orm.Session, event: Event, source: Edition, to: Edition, now: datetime) -> None:
    """Make the one edition say what the other says; what is not in it any more goes."""
    blocks, gone_blocks = _twins(session, event, Session, source, to, (*_SESSION, *_AT_ONCE))
    for block, known in blocks:
        _write_session(block, known, now)
    items, gone_items = _twins(session, event, AgendaItem, source, to, _ITEM)
    places = _numbers(blocks)
    for item, copy in items:
        _take(copy, item, _ITEM)
        copy.session_id = places[item.session_id] if item.session_id else None
    roles, gone_roles = _twins(session, event, Appointment, source, to, _APPOINTMENT)
    points = _numbers(items)
    held = {twin.person_id for _, twin in roles} | {row.person_id for row in gone_roles}
    for role, held_role in roles:
        _take(held_role, role, _APPOINTMENT)
        held_role.session_id = places[role.session_id] if role.session_id else None
        held_role.agenda_item_id = points[role.agenda_item_id] if role.agenda_item_id else None
    _remove(session, (*gone_roles, *gone_items))
    for block in gone_blocks:
        _remove_session(session, block, len(blocks) + 1, now)
    for person_id in held:
        people.drop_unused(session, person_id)
    session.flush()
    session.expire_all()  # who holds what is read again by the numbers that were written


def _twins(
    session: orm.Session,
    event: Event,
    kind: type[_Kind],
    source: Edition,
    to: Edition,
    facts: Sequence[str],
) -> tuple[Sequence[tuple[_Kind, _Kind]], Sequence[_Kind]]:
    """Return the rows with their twins in the other edition, and the twins that have lost theirs."""
    there = {row.public_id: row for row in _edition(session, event, kind, to)}
    pairs = []
    for row in _edition(session, event, kind, source):
        twin = there.pop(row.public_id, None)
        if twin is None:
            twin = kind(event_id=event.id, public_id=row.public_id, edition=to)
            _take(twin, row, facts)
            session.add(twin)
        pairs.append((row, twin))
    session.flush()
    return pairs, list(there.values())


def _edition(session: orm.Session, event: Event, kind: type[_Kind], edition: Edition) -> Sequence[_Kind]:
    query = sa.select(kind).where(kind.event_id == event.id, kind.edition == edition)
    return session.scalars(
        query.order_by(kind.position, kind.id).execution_options(populate_existing=True)
    ).all()


def _write_session(row: Session, twin: Session, now: datetime) -> None:
    before = following.revision_of(twin)
    is_other = [one.code for one in twin.sectors] != [one.code for one in row.sectors]
    if is_other:
        twin.sectors = list(row.sectors)
    if _take(twin, row, _SESSION) or is_other:
        twin.sequence = itip.next_sequence(twin.sequence, before, following.revision_of(twin))
        twin.changed_at = now


def _take(twin: _Kind, row: _Kind, names: Iterable[str]) -> bool:
    """Let the one say what the other says; tell whether it said something else."""
    others = [name for name in names if getattr(twin, name) != getattr(row, name)]
    for name in others:
        setattr(twin, name, getattr(row, name))
    return bool(others)


def _numbers(pairs: Sequence[tuple[_Kind, _Kind]]) -> Mapping[int, int]:
    return {row.id: twin.id for row, twin in pairs}


def _remove(session: orm.Session, gone: Iterable[AgendaItem | Appointment]) -> None:
    for row in gone:
        session.delete(row)
        session.flush()


def _remove_session(session: orm.Session, block: Session, place: int, now: datetime) -> None:
    """Take a session off; where people have a seat in it by now it is called off, for nobody is dropped."""
    if not rows.count_seats(session, block):
        session.delete(block)
        session.flush()
        return
    before = following.revision_of(block)
    block.status, block.position, block.changed_at = SessionStatus.CANCELLED, place, now
    block.sequence = itip.next_sequence(block.sequence, before, following.revision_of(block))
    planned = Session(event_id=block.event_id, public_id=block.public_id, edition=Edition.PLANNED)
    _take(planned, block, (*_AT_ONCE, *_SESSION))
    planned.sectors = list(block.sectors)
    session.add(planned)
    session.flush()
