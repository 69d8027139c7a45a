"""Take an import back: withdraw and restore those whom nobody changed since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import orm

from app.domain.errors import Conflict
from app.domain.mail import DueLetter
from app.domain.policy import Actor, Permission, require
from app.domain.registrations import SeatState, require_changeable
from app.models.events import Event
from app.models.imports import Import, ImportEntry
from app.queries import imports
from app.queries.imports import Holder
from app.services import audit
from app.services.imports import entries
from app.services.registrations import access, notices, places, promotion, together
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
        new = [entry for entry in touched if entry.before is None]
        free = _take_back(session, touched, now, tells=found.tells)
        found.undone_at = now
        _record(found, touched, actor, now)
        promotion.fill(session, event.id, free, now)
        return Undone(len(new), len(touched) - len(new), len(everybody) - len(touched))


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


def _take_back(
    session: orm.Session, touched: Sequence[ImportEntry], now: datetime, *, tells: bool
) -> list[int]:
    """Restore, then withdraw; return the sessions in which a place became free.

    Who is restored finds what there was for him before: what the others leave is for those who wait. Who knew
    of the import already is to hear of this, by the worker; whose letter was not written yet gets none.
    """
    free: list[int] = []
    new = [entry for entry in touched if entry.before is None]
    for entry in touched:
        entry.is_undone = True
        if entry.before is not None:
            _note_letter(entry, DueLetter.REGISTRATION_CHANGED, tells=tells)
            free += entries.put_back(session, entry.delegate, entry.before, now)
    free += together.leave(session, [entry.delegate for entry in new], now)
    for entry in new:  # after they have left: one statement for the row of each
        _note_letter(entry, DueLetter.WITHDRAWAL, tells=tells)
    return free


def _note_letter(entry: ImportEntry, letter: DueLetter, *, tells: bool) -> None:
    delegate = entry.delegate
    due = notices.find_due(delegate)
    if due is None and tells:
        notices.owe(delegate, delegate.event, letter)
    elif entry.before is None or due is not DueLetter.REGISTRATION:  # which is owed to who was there before
        delegate.due_letter = None


def _record(made: Import, undone: Sequence[ImportEntry], actor: Actor, now: datetime) -> None:
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
