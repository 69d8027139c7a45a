"""Mail that comes back: what it can be, and what is done with it."""

from enum import StrEnum


class Door(StrEnum):
    """By which way a mail came in."""

    MAILBOX = "mailbox"
    LISTENER = "listener"
    WEBHOOK = "webhook"
    COMMAND = "command"


class Result(StrEnum):
    """What became of a mail.

    Applied: it changed what it may change. Held: an organiser decides. Ignored: it asks for nothing.
    Rejected: it could not be read within the limits.
    """

    APPLY = "apply"
    HOLD = "hold"
    IGNORE = "ignore"
    REJECT = "reject"


class HoldDecision(StrEnum):
    """What an organiser decided about a mail that was held."""

    APPLIED = "applied"
    DISMISSED = "dismissed"
    COUNTER_DECLINED = "counter_declined"
