"""Take an import back: withdraw and restore those whom nobody changed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import orm

from app.domain.errors import Conflict
from app.domain.policy import Actor, Permission, require
from app.domain.registrations import SeatState, require_changeable
from app.models.events import Event
from app.models.imports import Import, ImportEntry
from app.queries import imports
from app.queries.imports import Holder
from app.services import audit
from app.services.imports import entries
from app.services.registrations import access, notices, places, promotion, seating
from app.services.transaction import unit_of_work


@dataclass(frozen=True, slots=True)
class Undone:
    """How many were withdrawn, restored, and left as they are."""

    withdrawn: int
    restored: int
    left: int


def undo(*, actor: Actor, holder: Holder, made: str, now: datetime) -> Undone:
    """Take an import back, once; raises Conflict("import_undone").

    Somebody who was changed since, or attended, or was withdrawn stays as he is.
    """
    with unit_of_work() as session:
        event = places.lock_event(session, holder.event_id)
        found = imports.get_import(holder, made)
        _require_may_undo(found, event, actor, now)
        everybody = imports.list_entries(found)
        touched = [entry for entry in everybody if _is_untouched(entry)]
        free = [number for entry in touched for number in _take_back(session, entry, now)]
        found.undone_at = now
        _tell_and_record(found, touched, actor, now)
        promotion.fill(session, event.id, free, now)
        withdrawn = sum(entry.before is None for entry in touched)
        return Undone(withdrawn, len(touched) - withdrawn, len(everybody) - len(touched))


def _require_may_undo(made: Import, event: Event, actor: Actor, now: datetime) -> None:
    if made.undone_at is not None:
        raise Conflict("import_undone")
    if made.invitation is not None:
        access.require_may_change(made.invitation, actor, now)
    else:
        require(actor, Permission.MANAGE_EVENTS)
        require_changeable(event.status)


def _is_untouched(entry: ImportEntry) -> bool:
    delegate = entry.delegate
    return (
        delegate.state is not SeatState.WITHDRAWN
        and delegate.attended is None
        and entries.fingerprint(delegate, entries.list_held(delegate)) == entry.fingerprint
    )


def _take_back(session: orm.Session, entry: ImportEntry, now: datetime) -> list[int]:
    entry.is_undone = True
    if entry.before is None:
        return seating.leave(session, entry.delegate, now)
    return entries.put_back(session, entry.delegate, entry.before, now)


def _tell_and_record(made: Import, undone: Sequence[ImportEntry], actor: Actor, now: datetime) -> None:
    """Tell those who knew already; whose letter was not written yet gets none."""
    knew = [entry for entry in undone if made.tells and entry.delegate.due_letter is None]
    for entry in undone:
        entry.delegate.due_letter = None
    notices.tell_withdrawn([entry.delegate for entry in knew if entry.before is None], now)
    notices.tell_changed([entry.delegate for entry in knew if entry.before is not None], now)
    for act, is_new in (("delegate.withdraw", True), ("delegate.edit", False)):
        people = [entry.delegate for entry in undone if (entry.before is None) is is_new]
        audit.record_each(
            actor=actor,
            act=act,
            subjects=((delegate, delegate.person.full_name) for delegate in people),
            now=now,
            event_id=made.event_id,
            source="file",
            undone=made.public_id,
        )
