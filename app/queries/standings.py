"""Where an institution stands with its invitation: what it answered, what it may still do."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.db import db
from app.domain.invitations import effective_deadline, is_open
from app.domain.registrations import SeatState
from app.models.invitations import Invitation, InvitationAnswer
from app.models.registrations import Delegate


@dataclass(frozen=True)
class Standing:
    """Its answers, the latest first; how many people it registered; until when it may answer."""

    answers: Sequence[InvitationAnswer]
    delegates: int
    deadline: datetime | None
    is_open: bool

    @property
    def last(self) -> InvitationAnswer | None:
        """Return the answer that counts."""
        return self.answers[0] if self.answers else None


def get(invitation: Invitation, *, now: datetime) -> Standing:
    """Return where the institution stands."""
    deadline = effective_deadline(invitation.deadline, invitation.event)
    answers = db.session.scalars(
        sa.select(InvitationAnswer)
        .where(InvitationAnswer.invitation_id == invitation.id)
        .options(joinedload(InvitationAnswer.recorded_by))
        .order_by(InvitationAnswer.id.desc())
    ).all()
    return Standing(
        answers=answers,
        delegates=count_delegates(invitation),
        deadline=deadline,
        is_open=is_open(invitation.event.status, deadline, now),
    )


def list_last(invitations: Collection[int]) -> Mapping[int, InvitationAnswer]:
    """Return the answer that counts of each of these invitations, by the invitation's number."""
    latest = (
        sa.select(sa.func.max(InvitationAnswer.id))
        .where(InvitationAnswer.invitation_id.in_(invitations))
        .group_by(InvitationAnswer.invitation_id)
    )
    found = db.session.scalars(sa.select(InvitationAnswer).where(InvitationAnswer.id.in_(latest)))
    return {answer.invitation_id: answer for answer in found}


def count_delegates(invitation: Invitation) -> int:
    """Return how many people of this institution are registered."""
    registered = sa.select(sa.func.count(Delegate.id)).where(
        Delegate.invitation_id == invitation.id, Delegate.state != SeatState.WITHDRAWN
    )
    return db.session.scalar(registered) or 0
