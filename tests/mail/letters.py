"""Letters in the outbox as their readers see them."""

from email import message_from_bytes, policy

from app.mail import outbox
from app.models.mail import OutboxMessage


def text_of(message: OutboxMessage) -> str:
    """Return the plain text of a letter."""
    return _part(message, "plain")


def html_of(message: OutboxMessage) -> str:
    """Return the HTML of a letter."""
    return _part(message, "html")


def _part(message: OutboxMessage, kind: str) -> str:
    body = message_from_bytes(outbox.content(message), policy=policy.default).get_body((kind,))
    return str(body.get_content())
