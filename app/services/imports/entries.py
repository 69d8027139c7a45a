"""What an import did to one delegate: as he was, as it left him, and how to put it back."""

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm.attributes import flag_modified

from app.domain.imports import Wanted
from app.domain.registrations import DelegateRole, SeatState, is_counted
from app.models.imports import Import, ImportEntry
from app.models.people import Person
from app.models.programme import Session
from app.models.registrations import Delegate
from app.services import people
from app.services.registrations import particulars, seating

Before = dict[str, Any]
Touched = tuple[Delegate, Before | None, Collection[int]]
"""Whom, how he was (None: not there), in which sessions he has seats now."""
_WRITTEN = (
    "full_name", "native_name", "form_of_address", "ranks", "posts", "language", "email", "phone",
)  # fmt: skip


def add(session: orm.Session, made: Import, touched: Iterable[Touched]) -> None:
    """Add an entry for each of those who stand as the import wants them."""
    session.flush()
    rows = [
        {
            "import_id": made.id,
            "delegate_id": delegate.id,
            "before": before,
            "fingerprint": fingerprint(delegate, sessions),
            "is_undone": False,
        }
        for delegate, before, sessions in touched
    ]
    session.execute(sa.insert(ImportEntry), rows)


def describe(delegate: Delegate, sessions: Collection[int]) -> Before:
    """Return what an import may change of a delegate, as JSON knows it; he has seats in `sessions`."""
    person = {name: getattr(delegate.person, name) for name in _WRITTEN}
    return {**person, "role": delegate.role.value, "sessions": sorted(sessions)}


def fingerprint(delegate: Delegate, sessions: Collection[int]) -> str:
    """Return what tells whether anybody changed him since: 40 characters. Moving up changes nobody."""
    told = json.dumps(describe(delegate, sessions), sort_keys=True, ensure_ascii=False)
    return sha256(told.encode()).hexdigest()[:40]


def put(session: orm.Session, delegate: Delegate, wanted: Wanted, now: datetime) -> list[int]:
    """Change a delegate as a row wants him; return the sessions in which a place became free."""
    particulars.write(delegate.person, wanted.person)
    kind = particulars.kind_of(delegate)
    chosen = [row for row in delegate.event.sessions if row.public_id in wanted.sessions]
    chosen += particulars.list_held_unoffered(delegate, kind)
    return _seat(session, delegate, wanted.role, chosen, now)


def put_back(session: orm.Session, delegate: Delegate, before: Before, now: datetime) -> list[int]:
    """Make a delegate what he was before an import; return the sessions in which a place became free."""
    _write(delegate.person, before)
    chosen = [row for row in delegate.event.sessions if row.id in before["sessions"]]
    return _seat(session, delegate, DelegateRole(before["role"]), chosen, now)


def _write(person: Person, before: Before) -> None:
    for name in _WRITTEN:
        setattr(person, name, before[name])
    people.index(person)


def _seat(
    session: orm.Session, delegate: Delegate, role: DelegateRole, chosen: list[Session], now: datetime
) -> list[int]:
    was_counted, delegate.role = is_counted(delegate.role), role
    delegate.changed_at = now
    flag_modified(delegate, "changed_at")
    free = seating.change_role(session, delegate, was_counted=was_counted, now=now)
    return free + seating.choose(session, delegate, chosen, now)


def list_held(delegate: Delegate) -> list[int]:
    """Return the sessions in which he has a seat or waits for one."""
    return [seat.session_id for seat in delegate.seats if seat.state is not SeatState.WITHDRAWN]
