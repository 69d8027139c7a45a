"""Until when an institution may answer and name its people, as letters say it."""

from app.domain.invitations import effective_deadline
from app.i18n import moments
from app.models.invitations import Invitation


def say_deadline(invitation: Invitation, language: str) -> str:
    """Return the moment in words, in the event's zone and the institution's; "" where nothing was set."""
    deadline = effective_deadline(invitation.deadline, invitation.event)
    if deadline is None:
        return ""
    zones = invitation.event.timezone or "UTC", language, invitation.organization.timezone
    return str(moments.format_moment(deadline, None, *zones))
