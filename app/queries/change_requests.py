"""Reads of change requests."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import db
from app.domain.change_requests import ChangeState
from app.domain.errors import NotFound
from app.models.change_requests import ChangeRequest
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.people import Person
from app.models.registrations import Delegate


def list_of_event(event: Event) -> Sequence[ChangeRequest]:
    """Return the requests of an event: those that wait first, then the latest."""
    return db.session.scalars(
        _whole()
        .where(ChangeRequest.event_id == event.id)
        .order_by(ChangeRequest.state != ChangeState.OPEN, ChangeRequest.id.desc())
    ).all()


def get_of_event(event: Event, public_id: str) -> ChangeRequest:
    """Return a request of this event."""
    found = db.session.scalar(
        _whole().where(ChangeRequest.event_id == event.id, ChangeRequest.public_id == public_id)
    )
    if found is None:
        raise NotFound("not_found")
    return found


def list_of_delegate(delegate: Delegate) -> Sequence[ChangeRequest]:
    """Return what was asked for about a delegate, the latest first."""
    of_him = sa.select(ChangeRequest).where(ChangeRequest.delegate_id == delegate.id)
    return db.session.scalars(of_him.order_by(ChangeRequest.id.desc())).all()


def count_open(event_ids: Sequence[int]) -> dict[int, int]:
    """Return per event how many requests wait."""
    waiting = sa.select(ChangeRequest.event_id, sa.func.count()).where(
        ChangeRequest.event_id.in_(event_ids), ChangeRequest.state == ChangeState.OPEN
    )
    return dict(db.session.execute(waiting.group_by(ChangeRequest.event_id)).all())


def _whole() -> sa.Select[ChangeRequest]:
    return sa.select(ChangeRequest).options(
        orm.joinedload(ChangeRequest.delegate, innerjoin=True).options(
            orm.joinedload(Delegate.person, innerjoin=True).joinedload(Person.organization),
            orm.joinedload(Delegate.invitation).joinedload(Invitation.organization),
        ),
        orm.joinedload(ChangeRequest.decided_by),
    )
