"""Seat many people of one institution at once where all have room; let many of an event leave at once."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain.registrations import OCCUPYING, SeatState, is_counted
from app.models.invitations import Invitation
from app.models.programme import Session
from app.models.registrations import Delegate, Seat
from app.services.registrations import places, seating

Entrant = tuple[Delegate, Sequence[Session]]


def enter(
    session: orm.Session,
    invitation: Invitation,
    entrants: Sequence[Entrant],
    now: datetime,
    granted: SeatState,
) -> None:
    """Store new delegates of one institution with their places, the first first, in the state `granted`.

    Raises Conflict("quota_full") where the quota has not room for all who are counted.
    """
    counted = [entrant for entrant in entrants if is_counted(entrant[0].role)]
    at_once: list[Delegate] = []
    if counted:
        places.take_quota(session, invitation, len(counted))
        if _want_the_same(counted) and places.take(session, counted[0][0], len(counted)):
            at_once = [delegate for delegate, _ in counted]
    for delegate in at_once:
        delegate.state = granted
    for delegate, chosen in entrants:
        if not (at_once and is_counted(delegate.role)):
            seating.enter(session, delegate, chosen, now, granted, has_quota=True)
    session.add_all([delegate for delegate, _ in entrants])
    session.flush()
    if at_once:
        _seat(session, at_once, [row.id for row in counted[0][1]], now)


def leave(session: orm.Session, delegates: Sequence[Delegate], now: datetime) -> list[int]:
    """Withdraw people of one event; return the sessions in which places became free."""
    counted = [delegate for delegate in delegates if is_counted(delegate.role)]
    by_institution: dict[int | None, list[Delegate]] = defaultdict(list)
    for delegate in counted:
        by_institution[delegate.invitation_id].append(delegate)
    for number, theirs in by_institution.items():
        places.give_back_quota(session, number, len(theirs))
        if seated := sum(delegate.state in OCCUPYING for delegate in theirs):
            places.give_back(session, theirs[0], seated)
    seats = (seat for delegate in counted for seat in delegate.seats)
    free = Counter(seat.session_id for seat in seats if seat.state in OCCUPYING)
    for number, people in sorted(free.items()):
        places.give_back_sessions(session, [number], people)
    for delegate in delegates:
        seating.mark_left(delegate, now)
    return list(free)


def _want_the_same(entrants: Sequence[Entrant]) -> bool:
    return all(list(chosen) == list(entrants[0][1]) for _, chosen in entrants)


def _seat(session: orm.Session, delegates: Sequence[Delegate], sessions: list[int], now: datetime) -> None:
    """Store the seats of people who have places of the event; where a session fills up the last ones wait.

    As rows: making objects of ten thousand people's seats takes longer than all else together.
    """
    roomy = places.take_sessions(session, sessions, len(delegates))
    scarce = sorted(set(sessions) - roomy)
    rows: list[dict[str, Any]] = []
    for delegate in delegates:
        held = roomy | places.take_sessions(session, scarce)
        for number in sorted(sessions):
            state = delegate.state if number in held else SeatState.WAITING
            rows.append({"delegate_id": delegate.id, "session_id": number, "state": state, "created_at": now})
    if rows:
        session.execute(sa.insert(Seat), rows)
