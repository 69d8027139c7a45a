"""Reads of approvals: who waits for whose word."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import db
from app.domain.approvals import Approver
from app.domain.registrations import DelegateRole, SeatState
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.people import Person
from app.models.registrations import Delegate, Seat

_AWAITS = sa.and_(Delegate.awaits.is_not(None), Delegate.state != SeatState.WITHDRAWN)


def list_awaiting(event: Event, approver: Approver) -> Sequence[Delegate]:
    """Return who waits for this word, by institution as invited, the head of the delegation first."""
    return db.session.scalars(
        _waiting()
        .outerjoin(Delegate.invitation)
        .where(Delegate.event_id == event.id, Delegate.awaits == approver)
        .order_by(Invitation.position, *_IN_DELEGATION)
    ).all()


def list_awaiting_head(invitation: Invitation) -> Sequence[Delegate]:
    """Return the delegates of an institution who wait for the word of its head."""
    return db.session.scalars(
        _waiting()
        .where(Delegate.invitation_id == invitation.id, Delegate.awaits == Approver.HEAD)
        .order_by(*_IN_DELEGATION)
    ).all()


def count_awaiting(event_ids: Sequence[int], approver: Approver) -> dict[int, int]:
    """Return per event how many wait for this word."""
    query = sa.select(Delegate.event_id, sa.func.count()).where(
        Delegate.event_id.in_(event_ids), Delegate.awaits == approver, _AWAITS
    )
    return dict(db.session.execute(query.group_by(Delegate.event_id)).all())


_IN_DELEGATION = (
    Delegate.role != DelegateRole.HEAD_OF_DELEGATION,
    Delegate.position,
    Delegate.id,
)


def _waiting() -> sa.Select[Delegate]:
    return (
        sa.select(Delegate)
        .where(_AWAITS)
        .options(
            orm.joinedload(Delegate.person, innerjoin=True).joinedload(Person.organization),
            orm.joinedload(Delegate.invitation).joinedload(Invitation.organization),
            orm.selectinload(Delegate.seats).joinedload(Seat.session, innerjoin=True),
        )
    )
