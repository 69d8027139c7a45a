"""What mail servers say about mail of ours: delivery status notifications (RFC 3464)."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from typing import Final

from app.domain.text import clean_line
from app.mail.incoming import Incoming, content_of, inner_parts

_MOST_GROUPS: Final = 50
_HEADERS: Final = frozenset(
    {"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"}
)
_LENGTH: Final = 500


@dataclass(frozen=True, slots=True)
class Notification:
    """`action` is the gravest of all recipients; `message_ids` are those of the mail it returns."""

    action: str
    words: str
    message_ids: tuple[str, ...]


def read(incoming: Incoming) -> Notification | None:
    """Return what a report says; None when it reports nothing about delivery."""
    if not incoming.is_report:
        return None
    kinds = {part.get_content_type(): part for part in reversed(inner_parts(incoming.message))}
    status = kinds.get("message/delivery-status") or kinds.get("message/global-delivery-status")
    if status is None:
        return None
    groups = list(_groups(status))[:_MOST_GROUPS]
    actions = {_field(group, "Action").casefold(): group for group in reversed(groups)}
    action = next((one for one in ("failed", "delayed") if one in actions), next(iter(actions), ""))
    returned = next((kinds[kind] for kind in kinds if kind in _HEADERS), None)
    ids = tuple(_message_ids(returned)) if returned is not None else ()
    return Notification(action, _words(actions[action]) if action in actions else "", ids)


def referred_to(incoming: Incoming) -> tuple[str, ...]:
    """Return the Message-IDs that a mail answers."""
    headers = (incoming.message.get(name, "") for name in ("In-Reply-To", "References"))
    return tuple(word for header in headers for word in str(header)[: _LENGTH * 4].split())[:_MOST_GROUPS]


def _groups(status: Message) -> Iterator[Message]:
    """Yield the groups of fields; the first is about the message, each other about one recipient."""
    return (group for group in inner_parts(status) if "Action" in group)


def _field(group: Message, name: str) -> str:
    return clean_line(str(group.get(name, ""))[:_LENGTH])


def _words(group: Message) -> str:
    """Return what the server said: its own words, else the status code."""
    said = _field(group, "Diagnostic-Code").partition(";")[2].strip()
    return " ".join(word for word in (_field(group, "Status"), said) if word)[:_LENGTH]


def _message_ids(returned: Message) -> Iterator[str]:
    written = content_of(returned)[: _LENGTH * 100]
    for head in inner_parts(returned)[:1] or [message_from_bytes(written)]:
        if found := str(head.get("Message-ID", ""))[:_LENGTH].strip():
            yield found
