"""Who may change a delegation now, and that nobody overwrites what he has not seen."""

from datetime import datetime

from app.domain import invitations
from app.domain.approvals import Approver, first_approver
from app.domain.errors import Conflict
from app.domain.policy import Actor, Permission, require
from app.domain.registrations import SeatState, require_changeable
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.registrations import Delegate


def require_may_change(invitation: Invitation, actor: Actor, now: datetime) -> None:
    """Raise unless the delegation may change: by link until the deadline, by the desk also later."""
    event = invitation.event
    if actor.kind == "account":
        require(actor, Permission.MANAGE_EVENTS)
    if actor.kind in {"account", "system"}:
        require_changeable(event.status)
        return
    deadline = invitations.effective_deadline(invitation.deadline, event)
    invitations.require_open(event.status, deadline, now)


def require_may_change_delegate(delegate: Delegate, actor: Actor, now: datetime) -> None:
    """Raise unless this delegate may change; who came alone has no deadline but the event's end."""
    if delegate.invitation is not None:
        require_may_change(delegate.invitation, actor, now)
    else:
        require_changeable(delegate.event.status)


def missing_word(event: Event, actor: Actor, *, has_institution: bool) -> Approver | None:
    """Return whose approval a registration by this actor needs; what the desk enters is approved by that."""
    if actor.kind in {"account", "system"}:
        return None
    return first_approver(event.approval, has_institution=has_institution)


def require_unchanged(delegate: Delegate, revision: int) -> None:
    """Raise when he has left, or is another than the page showed."""
    if delegate.state is SeatState.WITHDRAWN:
        raise Conflict("delegate_withdrawn")
    if delegate.revision != revision:
        raise Conflict("changed_meanwhile")
