"""Ask the head of an institution to approve its delegates, by a link of his own."""

from datetime import datetime

from app.domain.approvals import AskHead
from app.domain.errors import Conflict
from app.domain.languages import in_language
from app.domain.policy import Actor
from app.domain.registrations import require_changeable
from app.models.invitations import Invitation
from app.queries import approvals
from app.services import audit
from app.services.registrations import letters, places
from app.services.transaction import unit_of_work


def ask_head(*, actor: Actor, invitation: Invitation, command: AskHead, now: datetime) -> int:
    """Send the head his link and say about how many delegates he is asked.

    A link that went to another address before is void: only the one whom the focal point names last decides.
    Raises Conflict("nobody_awaits_head").
    """
    number = invitation.id
    with unit_of_work() as session:
        held = places.lock_invitation(session, number)
        require_changeable(held.event.status)
        waiting = approvals.list_awaiting_head(held)
        if not waiting:
            raise Conflict("nobody_awaits_head")
        if held.approver_email not in {None, command.email}:
            held.approver_generation += 1
        held.approver_name, held.approver_email = command.name, command.email
        audit.record(
            actor=actor,
            act="invitation.ask_head",
            subject=held,
            name=in_language(held.organization.names, "vi"),
            now=now,
            event_id=held.event_id,
            source="link",
            head=command.name,
            email=command.email,
            delegates=len(waiting),
        )
        letters.ask_head(held, waiting, now)
        return len(waiting)
