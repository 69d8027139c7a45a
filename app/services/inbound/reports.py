"""Reports of mail servers about mail of ours: what did not arrive is marked, by its Message-ID alone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.inbound import Reason, Result
from app.domain.mail import ASKING, MessageState
from app.domain.replies import Verdict
from app.mail.bounces import Notification
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.queries import mail, replies
from app.services.inbound.findings import Finding
from app.services.invitations import undeliverable

_LEFT = frozenset({MessageState.SENT, MessageState.IN_DOUBT})
_HARMLESS = {"delayed": Reason.DELAYED}


def examine(finding: Finding, notification: Notification) -> Finding:
    """Judge a report; one about mail that was never ours asks for nothing."""
    finding.comment = notification.words
    message = attribute(finding, notification.message_ids)
    if message is None:
        return finding.ignored(Reason.MESSAGE_UNKNOWN)
    if notification.action != "failed":
        return finding.ignored(_HARMLESS.get(notification.action, Reason.DELIVERED))
    if message.state not in _LEFT:
        was_marked = message.state is MessageState.FAILED
        return finding.ignored(Reason.BOUNCED if was_marked else Reason.MESSAGE_UNKNOWN)
    finding.message_id, finding.verdict = message.id, Verdict(Result.APPLY, Reason.BOUNCED)
    return finding


def attribute(finding: Finding, message_ids: Sequence[str]) -> OutboxMessage | None:
    """Find our message by its Message-ID, and with it whom the mail concerns."""
    message = mail.find_by_message_id(message_ids)
    if message is not None:
        finding.guest = guest = replies.find_recipient(message)
        finding.event_id = guest.event_id if guest else message.event_id
    return message


def apply(session: Session, finding: Finding, now: datetime) -> None:
    """Let the desk see that the message did not arrive; who was asked by it could not be reached."""
    message = session.get_one(OutboxMessage, finding.message_id)
    message.state, message.last_error = MessageState.FAILED, finding.comment
    asked = finding.guest if message.kind in ASKING and isinstance(finding.guest, Invitation) else None
    if asked is not None and (asked.email or "").casefold() == message.recipient.casefold():
        undeliverable.mark(session, asked.id, reason=finding.comment, now=now)
