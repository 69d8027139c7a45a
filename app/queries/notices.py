"""Who has to be told when an event is moved or called off."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.db import db
from app.domain.invitations import InvitationState
from app.domain.registrations import SeatState
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.registrations import Delegate


@dataclass(frozen=True, slots=True)
class Audience:
    """How many institutions and delegates a notice reaches, and how many have no address to write to."""

    institutions: int
    delegates: int
    unreachable: int

    @property
    def letters(self) -> int:
        """Return how many mails that makes."""
        return self.institutions + self.delegates


@dataclass(frozen=True, slots=True)
class Reached:
    """Whom a notice is meant for, by row numbers; `organizations` stand for their invitations."""

    delegates: frozenset[int]
    invitations: frozenset[int]
    organizations: frozenset[int]


def list_institutions(event: Event, only: Reached | None = None) -> Sequence[Invitation]:
    """Return the invitations that left, whatever the answer was: who declined may come on another day.

    `only` leaves those whom a notice is meant for.
    """
    query = (
        sa.select(Invitation)
        .where(Invitation.event_id == event.id, Invitation.sent_at.is_not(None))
        .where(Invitation.state.not_in([InvitationState.DRAFT, InvitationState.UNDELIVERABLE]))
        .options(joinedload(Invitation.organization), joinedload(Invitation.contact))
    )
    found = db.session.scalars(query.order_by(Invitation.position)).all()
    if only is None:
        return found
    return [one for one in found if one.id in only.invitations or one.organization_id in only.organizations]


def list_delegates(event: Event, only: Reached | None = None) -> Sequence[Delegate]:
    """Return the delegates with a seat, and those who wait for one; `only` as above."""
    query = (
        sa.select(Delegate)
        .where(Delegate.event_id == event.id, Delegate.state != SeatState.WITHDRAWN)
        .options(joinedload(Delegate.person))
    )
    found = db.session.scalars(query.order_by(Delegate.id)).all()
    return found if only is None else [one for one in found if one.id in only.delegates]


def address_of(invitation: Invitation) -> str | None:
    """Return where letters to the institution go."""
    contact = invitation.contact.email if invitation.contact else None
    return invitation.email or contact or invitation.organization.email


def count_audience(event: Event, only: Reached | None = None) -> Audience:
    """Return how many would be told."""
    institutions = [bool(address_of(invitation)) for invitation in list_institutions(event, only)]
    delegates = [bool(delegate.person.email) for delegate in list_delegates(event, only)]
    return Audience(sum(institutions), sum(delegates), (institutions + delegates).count(False))
