"""Reads of requests to speak."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import db
from app.domain.errors import NotFound
from app.domain.speaking import SpeakingState
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.people import Person
from app.models.registrations import Delegate
from app.models.speaking import SpeakingRequest


def list_of_event(event: Event) -> Sequence[SpeakingRequest]:
    """Return the requests of an event: those that wait first, in the order in which they came."""
    return db.session.scalars(
        _whole()
        .where(SpeakingRequest.event_id == event.id, SpeakingRequest.state != SpeakingState.WITHDRAWN)
        .order_by(SpeakingRequest.state != SpeakingState.OPEN, SpeakingRequest.id)
    ).all()


def get_of_event(event: Event, public_id: str) -> SpeakingRequest:
    """Return a request of this event."""
    of_event = _whole().where(SpeakingRequest.event_id == event.id)
    return _one(of_event.where(SpeakingRequest.public_id == public_id))


def list_of_invitation(invitation: Invitation) -> Sequence[SpeakingRequest]:
    """Return what an institution and its delegates asked for, the latest first."""
    mine = _whole().where(SpeakingRequest.invitation_id == invitation.id)
    return db.session.scalars(mine.order_by(SpeakingRequest.id.desc())).all()


def list_of_delegate(delegate: Delegate) -> Sequence[SpeakingRequest]:
    """Return what was asked for in the name of a delegate, the latest first."""
    mine = _whole().where(SpeakingRequest.delegate_id == delegate.id)
    return db.session.scalars(mine.order_by(SpeakingRequest.id.desc())).all()


def get_of_invitation(invitation: Invitation, public_id: str) -> SpeakingRequest:
    """Return a request of this institution or of one of its delegates."""
    mine = _whole().where(SpeakingRequest.invitation_id == invitation.id)
    return _one(mine.where(SpeakingRequest.public_id == public_id))


def get_of_delegate(delegate: Delegate, public_id: str) -> SpeakingRequest:
    """Return a request in the name of this delegate."""
    mine = _whole().where(SpeakingRequest.delegate_id == delegate.id)
    return _one(mine.where(SpeakingRequest.public_id == public_id))


def count_open(event_ids: Sequence[int]) -> dict[int, int]:
    """Return per event how many requests wait."""
    waiting = sa.select(SpeakingRequest.event_id, sa.func.count()).where(
        SpeakingRequest.event_id.in_(event_ids), SpeakingRequest.state == SpeakingState.OPEN
    )
    return dict(db.session.execute(waiting.group_by(SpeakingRequest.event_id)).all())


def _whole() -> sa.Select[SpeakingRequest]:
    return sa.select(SpeakingRequest).options(
        orm.joinedload(SpeakingRequest.session),
        orm.joinedload(SpeakingRequest.decided_by),
        orm.joinedload(SpeakingRequest.invitation).options(
            orm.joinedload(Invitation.organization), orm.joinedload(Invitation.side)
        ),
        orm.joinedload(SpeakingRequest.delegate).joinedload(Delegate.person).joinedload(Person.organization),
    )


def _one(query: sa.Select[SpeakingRequest]) -> SpeakingRequest:
    found = db.session.scalar(query)
    if found is None:
        raise NotFound("not_found")
    return found
