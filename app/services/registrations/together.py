"""Seat many people of one institution: at once where all have room, else one after the other."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import orm

from app.domain.registrations import SeatState, is_counted
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
    """Give new delegates of one institution their places, the first first, in the state `granted`.

    Raises Conflict("quota_full") where the quota has not room for all who are counted.
    """
    counted = [entrant for entrant in entrants if is_counted(entrant[0].role)]
    if counted:
        delegate, chosen = counted[0]
        places.take_quota(session, invitation, len(counted))
        if _want_the_same(counted) and places.take(session, delegate, len(counted)):
            _seat(session, counted, [row.id for row in chosen], now, granted)
        else:
            for delegate, chosen in counted:
                seating.enter(session, delegate, chosen, now, granted)
    for delegate, chosen in entrants:
        if not is_counted(delegate.role):
            seating.enter(session, delegate, chosen, now, granted)


def _want_the_same(entrants: Sequence[Entrant]) -> bool:
    return all(list(chosen) == list(entrants[0][1]) for _, chosen in entrants)


def _seat(
    session: orm.Session, entrants: Sequence[Entrant], sessions: list[int], now: datetime, granted: SeatState
) -> None:
    """Give all of them, who have places of the event, seats in these sessions, or let the last ones wait."""
    roomy = places.take_sessions(session, sessions, len(entrants))
    scarce = sorted(set(sessions) - roomy)
    for delegate, _ in entrants:
        delegate.state = granted
        held = roomy | places.take_sessions(session, scarce)
        delegate.seats = [
            Seat(session_id=number, state=granted if number in held else SeatState.WAITING, created_at=now)
            for number in sorted(sessions)
        ]
