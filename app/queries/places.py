"""The arithmetic of places, of event, sides and sessions: how many are held, kept, waited for, free."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.db import db
from app.domain.languages import Translated
from app.domain.programme import SessionStatus
from app.domain.registrations import SERVING, SeatState, free_places
from app.models.events import Event, Side
from app.models.invitations import Invitation
from app.models.registrations import Delegate, Seat

_COUNTED = Delegate.role.not_in(SERVING)
_States = Mapping[SeatState, int]


@dataclass(frozen=True, slots=True)
class Places:
    """Places in numbers; `names` are None for the event as a whole, `capacity` where there is no limit.

    Held are those of people who await approval or were offered one, and those kept for institutions.
    """

    names: Translated | None
    capacity: int | None
    confirmed: int
    held: int
    waiting: int

    @property
    def free(self) -> int | None:
        """Return how many are left; None where there is no limit."""
        return free_places(self.capacity, self.confirmed + self.held)


def kept(*of: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    """Return the number of places kept for institutions that have not filled them."""
    return (
        sa.select(sa.func.coalesce(sa.func.sum(Invitation.reserved - Invitation.seated), 0))
        # Written out, so that SQLite sees that its small index holds all of them.
        .where(Invitation.reserved > sa.literal_column("0"), Invitation.reserved > Invitation.seated, *of)
        .scalar_subquery()
    )


KEPT_IN_EVENT = kept(Invitation.event_id == Event.id).correlate(Event)
KEPT_FOR_SIDE = kept(Invitation.event_id == Side.event_id, Invitation.side_id == Side.id).correlate(Side)


def count_kept(event_id: int | None) -> int:
    """Return how many places of an event are kept for institutions."""
    return db.session.scalar(sa.select(kept(Invitation.event_id == event_id))) or 0


def count_kept_for(side: Side) -> int:
    """Return how many places of a side are kept for its institutions."""
    return db.session.scalar(sa.select(KEPT_FOR_SIDE).where(Side.id == side.id)) or 0


def tabulate(event: Event) -> list[Places]:
    """Return the places of the event, of sides that have a limit, and of the sessions on the programme."""
    lines = [_line(None, event.capacity, _of_event(event), count_kept(event.id))]
    by_side, kept_by_side = _by_side(event), _kept_by_side(event)
    for side in event.sides:
        if side.capacity is not None:
            states = by_side.get(side.id, {})
            lines.append(_line(side.names, side.capacity, states, kept_by_side.get(side.id, 0)))
    by_session = _by_session(event)
    for planned in event.sessions:
        if planned.status is SessionStatus.PLANNED:
            lines.append(_line(planned.titles, planned.capacity, by_session.get(planned.id, {}), 0))
    return lines


def _line(names: Translated | None, capacity: int | None, states: _States, kept: int) -> Places:
    held = states.get(SeatState.PENDING, 0) + states.get(SeatState.OFFERED, 0) + kept
    return Places(names, capacity, states.get(SeatState.CONFIRMED, 0), held, states.get(SeatState.WAITING, 0))


def _of_event(event: Event) -> _States:
    counts = sa.select(Delegate.state, sa.func.count()).where(Delegate.event_id == event.id, _COUNTED)
    return dict(db.session.execute(counts.group_by(Delegate.state)).all())


def _by_side(event: Event) -> Mapping[int, _States]:
    counts = (
        sa.select(Invitation.side_id, Delegate.state, sa.func.count())
        .join(Delegate.invitation)
        .where(Delegate.event_id == event.id, _COUNTED)
        .group_by(Invitation.side_id, Delegate.state)
    )
    return _nested(db.session.execute(counts))


def _by_session(event: Event) -> Mapping[int, _States]:
    counts = (
        sa.select(Seat.session_id, Seat.state, sa.func.count())
        .join(Seat.delegate)
        .where(Delegate.event_id == event.id, _COUNTED)
        .group_by(Seat.session_id, Seat.state)
    )
    return _nested(db.session.execute(counts))


def _kept_by_side(event: Event) -> Mapping[int, int]:
    counts = sa.select(Side.id, KEPT_FOR_SIDE).where(Side.event_id == event.id)
    return dict(db.session.execute(counts).all())


def _nested(rows: Iterable[sa.Row[Any, SeatState, int]]) -> Mapping[int, _States]:
    found: dict[int, dict[SeatState, int]] = {}
    for number, state, count in rows:
        if number is not None:
            found.setdefault(number, {})[state] = count
    return found
