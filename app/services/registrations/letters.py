"""Letters about delegates to those who answer for them: the focal point, the head of the institution."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app import site
from app.domain.approvals import Decision
from app.domain.events import EventStatus
from app.domain.languages import INTERFACE
from app.domain.mail import MessageKind
from app.mail import outbox
from app.mail.mime import Recipient
from app.models.invitations import Invitation
from app.models.registrations import Delegate
from app.services.deadlines import say_deadline

_WRITTEN = frozenset({EventStatus.PUBLISHED, EventStatus.CLOSED})


def ask_head(invitation: Invitation, waiting: Sequence[Delegate], now: datetime) -> None:
    """Ask the head of an institution to approve those who wait, by his own link."""
    if invitation.approver_email:
        to = Recipient(invitation.approver_email, invitation.approver_name, _language(invitation))
        told = {"delegates": waiting, "link": site.approval_url(invitation)}
        _send(MessageKind.APPROVAL_REQUEST, invitation, to, told, now)


def tell_decided(
    invitation: Invitation, delegates: Sequence[Delegate], command: Decision, now: datetime
) -> None:
    """Tell the focal point who was approved or not, and why not."""
    told = {
        "delegates": delegates,
        "approves": command.approves,
        "reason": command.reason,
        "still_awaited": next((one.awaits for one in delegates if one.awaits), None),
    }
    tell_focal_point(MessageKind.APPROVAL_OUTCOME, invitation, told, now)


def tell_focal_point(kind: MessageKind, invitation: Invitation, told: dict[str, Any], now: datetime) -> None:
    """Write to the focal point of an institution, if there is an address."""
    if invitation.email:
        to = Recipient(invitation.email, invitation.addressee, _language(invitation))
        _send(kind, invitation, to, {**told, "link": site.invitation_url(invitation)}, now)


def _send(
    kind: MessageKind, invitation: Invitation, to: Recipient, told: dict[str, Any], now: datetime
) -> None:
    """Enqueue it; drafts and the archive of past events write to nobody."""
    event = invitation.event
    if event.is_archive or event.status not in _WRITTEN:
        return
    outbox.enqueue(
        kind=kind,
        to=to,
        context={
            "event": event,
            "invitation": invitation,
            "organization": invitation.organization,
            "deadline": say_deadline(invitation, to.language),
            **told,
        },
        now=now,
        event=event,
        invitation=invitation,
    )


def _language(invitation: Invitation) -> str:
    return invitation.language if invitation.language in INTERFACE else "en"
