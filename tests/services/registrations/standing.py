"""How the places of a roundtable stand: read from the rows, and held against the counters."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.db import db
from app.domain.mail import MessageKind
from app.domain.registrations import OCCUPYING, SERVING, SeatState
from app.models.audit import AuditEntry
from app.models.events import Event, Side
from app.models.invitations import Invitation
from app.models.programme import Session
from app.models.registrations import Delegate, Seat

_PERSON = (
    Delegate.id,
    Delegate.invitation_id,
    Delegate.role,
    Delegate.state,
    Delegate.queued_at,
    Delegate.offer_expires_at,
    Delegate.departure,
    Delegate.request_key,
)
_SEAT = (Seat.delegate_id, Seat.session_id, Seat.state, Seat.created_at, Seat.offer_expires_at)


@dataclass(frozen=True)
class Standing:
    """All rows that have to do with places."""

    event: sa.Row
    sides: dict[int, sa.Row]
    sessions: dict[int, sa.Row]
    institutions: dict[int, sa.Row]
    people: Sequence[sa.Row]
    seats: Sequence[sa.Row]
    offers: int

    def require_sound(self) -> None:
        """No limit is passed, counters equal rows, and nobody waits beside a free place."""
        holding = [row for row in self.people if row.state in OCCUPYING and row.role not in SERVING]
        present = [
            row for row in self.people if row.state is not SeatState.WITHDRAWN and row.role not in SERVING
        ]
        self._require_institutions(Counter(r.invitation_id for r in present), holding)
        sides = Counter(self.institutions[row.invitation_id].side_id for row in holding)
        _require_counter(self.event, len(holding), self._kept())
        for number, side in self.sides.items():
            _require_counter(side, sides[number], self._kept(number))
        self._require_sessions()
        for row in self.people:
            assert row.state is not SeatState.WAITING or not self._has_room(row), "a place is free, one waits"
            assert (row.state is SeatState.OFFERED) == (row.offer_expires_at is not None)
            assert (row.state is SeatState.WITHDRAWN) == (row.departure is not None)

    def require_order(self, before: "Standing") -> None:
        """Nobody is passed by somebody behind him who has no other claim than he."""
        was = {row.id for row in before.people if row.state is SeatState.WAITING}
        up = [row for row in self.people if row.id in was and row.state in OCCUPYING]
        stay = [row for row in self.people if row.id in was and row.state is SeatState.WAITING]
        for one in up:
            for other in stay:
                if self._claim(one) == self._claim(other) and one.role not in SERVING:
                    assert _turn(one) < _turn(other), "the turn was not kept"
        self._require_order_in_sessions(before)

    def require_letters(self, letters: Sequence[tuple[str, str]]) -> None:
        """Each offer is told once."""
        told = sum(kind is MessageKind.PLACE_OFFERED for kind, _ in letters)
        assert told == self.offers, "an offer was told twice or not at all"

    def _require_institutions(self, present: Counter[int], holding: Sequence[sa.Row]) -> None:
        seated = Counter(row.invitation_id for row in holding)
        for number, institution in self.institutions.items():
            assert institution.taken == present[number] <= institution.quota
            assert institution.seated == seated[number]

    def _require_sessions(self) -> None:
        people = {row.id: row for row in self.people}
        counted = [seat for seat in self.seats if people[seat.delegate_id].role not in SERVING]
        for number, session in self.sessions.items():
            mine = [seat for seat in counted if seat.session_id == number]
            _require_counter(session, sum(seat.state in OCCUPYING for seat in mine), 0)
            is_full = session.capacity is not None and session.taken >= session.capacity
            waiting = [
                s for s in mine if s.state is SeatState.WAITING and people[s.delegate_id].state in OCCUPYING
            ]
            assert is_full or not waiting, "a seat is free, one waits"
        for seat in self.seats:
            whole = people[seat.delegate_id].state
            assert (seat.state is SeatState.OFFERED) == (seat.offer_expires_at is not None)
            assert whole is not SeatState.WITHDRAWN or seat.state is SeatState.WITHDRAWN
            assert whole is not SeatState.WAITING or seat.state in {SeatState.WAITING, SeatState.WITHDRAWN}

    def _require_order_in_sessions(self, before: "Standing") -> None:
        was = {
            (s.delegate_id, s.session_id, s.created_at) for s in before.seats if s.state is SeatState.WAITING
        }
        holders = {row.id for row in self.people if row.state in OCCUPYING and row.role not in SERVING}
        moved = [s for s in self.seats if (s.delegate_id, s.session_id, s.created_at) in was]
        for up in (s for s in moved if s.state in OCCUPYING and s.delegate_id in holders):
            for stay in (s for s in moved if s.state is SeatState.WAITING and s.delegate_id in holders):
                if up.session_id == stay.session_id:
                    assert (up.created_at, up.delegate_id) < (stay.created_at, stay.delegate_id)

    def _kept(self, side: int | None = None) -> int:
        return sum(
            max(row.reserved - row.seated, 0)
            for row in self.institutions.values()
            if side is None or row.side_id == side
        )

    def _has_room(self, waiting: sa.Row) -> bool:
        institution = self.institutions[waiting.invitation_id]
        is_kept = institution.reserved > institution.seated
        side = self.sides.get(institution.side_id)
        return _is_free(self.event, 0 if is_kept else self._kept()) and (
            side is None or _is_free(side, 0 if is_kept else self._kept(institution.side_id))
        )

    def _claim(self, row: sa.Row) -> object:
        institution = self.institutions[row.invitation_id]
        return institution.id if institution.reserved else institution.side_id


def read(event_id: int) -> Standing:
    """Read it afresh."""
    db.session.rollback()
    run = db.session.execute
    counted = lambda table, *more: (table.id, table.capacity, table.taken, *more)  # noqa: E731  one line says it
    event = run(sa.select(*counted(Event)).where(Event.id == event_id)).one()
    sides = run(sa.select(*counted(Side)).where(Side.event_id == event_id)).all()
    planned = run(sa.select(*counted(Session)).where(Session.event_id == event_id)).all()
    invited = run(
        sa.select(
            Invitation.id,
            Invitation.side_id,
            Invitation.quota,
            Invitation.taken,
            Invitation.reserved,
            Invitation.seated,
        ).where(Invitation.event_id == event_id)
    ).all()
    people = run(sa.select(*_PERSON).where(Delegate.event_id == event_id).order_by(Delegate.id)).all()
    seats = run(sa.select(*_SEAT).order_by(Seat.delegate_id, Seat.session_id)).all()
    offers = db.session.scalar(
        sa.select(sa.func.count()).select_from(AuditEntry).where(AuditEntry.act == "delegate.offer")
    )
    db.session.rollback()
    keyed = [{row.id: row for row in rows} for rows in (sides, planned, invited)]
    return Standing(event, *keyed, people, seats, offers)


def _require_counter(row: sa.Row, holding: int, kept: int) -> None:
    assert row.taken == holding, "a seat was lost or given twice"
    assert row.capacity is None or row.taken + kept <= row.capacity, "oversold"


def _is_free(row: sa.Row, kept: int) -> bool:
    return row.capacity is None or row.taken + kept < row.capacity


def _turn(row: sa.Row) -> tuple[datetime, int]:
    return row.queued_at, row.id
