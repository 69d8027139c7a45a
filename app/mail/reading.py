"""Read a message of the outbox as its recipient will."""

from email import message_from_bytes
from email.policy import default

from app.mail import outbox
from app.models.mail import OutboxMessage


def plain_text(message: OutboxMessage) -> str:
    """Return the text part."""
    return _part(message, "plain")


def html(message: OutboxMessage) -> str:
    """Return the HTML part; it is to be shown in a sandbox."""
    return _part(message, "html")


def _part(message: OutboxMessage, kind: str) -> str:
    body = message_from_bytes(outbox.content(message), policy=default).get_body((kind,))
    return str(body.get_content()) if body is not None else ""
