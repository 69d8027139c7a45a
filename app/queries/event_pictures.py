"""What the pictures of an event's overview show: answers over time, and the zones of its guests."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from app.db import db
from app.domain.answer_line import AnswerLine, draw
from app.domain.event_times import HOME_ZONE
from app.domain.invitations import InvitationState, effective_deadline
from app.models.directory import Organization
from app.models.events import Event
from app.models.invitations import Invitation, InvitationAnswer


def draw_answers(event: Event, *, now: datetime) -> AnswerLine | None:
    """Return how answers came in, each institution counted at its first; None before the first letter."""
    first = sa.select(sa.func.min(InvitationAnswer.recorded_at))
    query = sa.select(
        Invitation.sent_at,
        first.where(InvitationAnswer.invitation_id == Invitation.id).scalar_subquery().label("answered_at"),
    ).where(Invitation.event_id == event.id)
    rows = db.session.execute(query).all()
    return draw(
        sent=[row.sent_at for row in rows if row.sent_at],
        answered=[row.answered_at for row in rows if row.answered_at],
        invited=len(rows),
        deadline=effective_deadline(None, event),
        zone=event.timezone or HOME_ZONE,
        now=now,
    )


def count_zones(event: Event) -> Mapping[str | None, int]:
    """Return how many invited institutions sit in each zone, without those that declined; None: not known."""
    query = (
        sa.select(Organization.timezone, sa.func.count())
        .join(Invitation, Invitation.organization_id == Organization.id)
        .where(Invitation.event_id == event.id, Invitation.state != InvitationState.DECLINED)
        .group_by(Organization.timezone)
    )
    return {zone or None: count for zone, count in db.session.execute(query)}
