"""The mail server refused an invitation for good."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.invitations import InvitationState
from app.domain.languages import in_language
from app.domain.policy import SYSTEM
from app.models.invitations import Invitation
from app.services import audit


def mark(session: Session, invitation_id: int, *, reason: str, now: datetime) -> None:
    """Mark the invitation undeliverable in the caller's transaction, unless it was answered meanwhile."""
    invitation = session.get_one(Invitation, invitation_id)
    if invitation.state is not InvitationState.SENT:
        return
    invitation.state = InvitationState.UNDELIVERABLE
    audit.record(
        actor=SYSTEM,
        act="invitation.undeliverable",
        subject=invitation,
        name=in_language(invitation.organization.names, "vi"),
        now=now,
        event_id=invitation.event_id,
        source="system",
        reason=reason,
    )


def unmark(session: Session, invitation_id: int) -> None:
    """Let the invitation wait for its answer again: its letter is sent once more."""
    invitation = session.get_one(Invitation, invitation_id)
    if invitation.state is InvitationState.UNDELIVERABLE:
        invitation.state = InvitationState.SENT
