"""An institution that names its people accepts: the answer is recorded with the first of them."""

from datetime import datetime

import sqlalchemy as sa

from app.db import db
from app.domain.invitations import Answer, AnswerSource, InvitationState
from app.domain.mail import MessageKind, MessageState
from app.domain.policy import Actor
from app.models.invitations import Invitation, InvitationAnswer
from app.models.mail import OutboxMessage
from app.services import audit


def accept(invitation: Invitation, *, actor: Actor, source: AnswerSource, now: datetime) -> None:
    """Record the acceptance of an institution unless it has accepted; its letter in draft is dropped."""
    if invitation.state is InvitationState.ACCEPTED:
        return
    invitation.state = InvitationState.ACCEPTED
    invitation.answered_at = now
    db.session.add(
        InvitationAnswer(
            invitation_id=invitation.id,
            answer=Answer.ACCEPTED,
            source=source,
            answered_by="" if actor.kind == "system" else actor.name,
            recorded_by_id=actor.account_id,
            recorded_at=now,
        )
    )
    db.session.execute(
        sa.delete(OutboxMessage).where(
            OutboxMessage.invitation_id == invitation.id,
            OutboxMessage.kind == MessageKind.INVITATION,
            OutboxMessage.state == MessageState.DRAFT,
        )
    )
    audit.record(
        actor=actor,
        act="invitation.answer",
        subject=invitation,
        name=invitation.organization.names.get("vi", invitation.organization.code),
        now=now,
        event_id=invitation.event_id,
        source=source,
        answer=Answer.ACCEPTED,
    )
