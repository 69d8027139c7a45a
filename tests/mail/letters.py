"""Letters in the outbox as their readers see them."""

from email import message_from_bytes, policy

from app.mail import outbox
from app.models.mail import OutboxMessage


def text_of(message: OutboxMessage) -> str:
    """Return the plain text of a letter."""
    body = message_from_bytes(outbox.content(message), policy=policy.default).get_body(("plain",))
    return str(body.get_content())
