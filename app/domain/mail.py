"""Outgoing messages: kinds, states, and when to try again."""

import re
from datetime import datetime, timedelta
from enum import StrEnum

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = re.compile(rf"{_LOCAL}(\.{_LOCAL})*@(\w([\w-]*\w)?\.)+[^\W\d_]([\w-]*\w)?")
_LONGEST_ADDRESS = 254


def is_address(text: str) -> bool:
    """Tell whether this is one e-mail address and nothing else: no name beside it, no second one."""
    return len(text) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


class MessageState(StrEnum):
    """A message in the outbox.

    Drafts wait for the organiser. From `transmitting` until the server's word arrives nobody can know whether
    it took the message (RFC 1047); if the process dies just then the message is `in_doubt`, and a person
    decides whether to send it again.
    """

    DRAFT = "draft"
    QUEUED = "queued"
    TRANSMITTING = "transmitting"
    IN_DOUBT = "in_doubt"
    SENT = "sent"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class MessageKind(StrEnum):
    """What a message is for; each is a folder of templates/email."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    ANSWER_RECEIPT = "answer_receipt"
    REGISTRATION = "registration"
    REGISTRATION_CHANGED = "registration_changed"
    APPROVAL_REQUEST = "approval_request"
    APPROVAL_OUTCOME = "approval_outcome"
    PLACE_OFFERED = "place_offered"
    CHANGE_DECIDED = "change_decided"
    SPEAKING_ANSWERED = "speaking_answered"
    WITHDRAWAL = "withdrawal"
    CALENDAR = "calendar"
    NEW_LINK = "new_link"
    HAND_OVER = "hand_over"
    MEMBER_WAITING = "member_waiting"
    MEMBER_DECLINED = "member_declined"
    EVENT_CHANGED = "event_changed"
    EVENT_POSTPONED = "event_postponed"
    EVENT_CANCELLED = "event_cancelled"
    ACCOUNT_LINK = "account_link"
    TEST = "test"


class DueLetter(StrEnum):
    """A letter to a delegate that the courier has still to write."""

    REGISTRATION = "registration"
    REGISTRATION_CHANGED = "registration_changed"
    WITHDRAWAL = "withdrawal"


ASKING = frozenset({MessageKind.INVITATION, MessageKind.REMINDER})
"""Letters that ask an institution for its answer: when one is refused for good, it could not be reached."""


class Outcome(StrEnum):
    """What the mail server said to a message."""

    TAKEN = "taken"
    REFUSED = "refused"
    LATER = "later"


ATTENTION = frozenset({MessageState.FAILED, MessageState.IN_DOUBT})
"""States in which a message waits for a person."""

_GAPS = (10, 30, 60, 300, 900, 1800)
_HOUR = 3600
MAX_ATTEMPTS = len(_GAPS) + 48


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """Return when to try again after `attempts` tries: soon at first, then hourly; None after two days."""
    if attempts >= MAX_ATTEMPTS:
        return None
    return now + timedelta(seconds=_GAPS[attempts - 1] if attempts <= len(_GAPS) else _HOUR)
