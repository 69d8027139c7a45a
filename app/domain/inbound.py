"""Mail that comes back: what it can be, what is done with it, and why."""

from enum import StrEnum
from typing import Final

MAX_BYTES: Final = 2 * 1024 * 1024
"""A larger mail is not looked at; no calendar writes one."""
KEPT_RAW_DAYS: Final = 90
KEPT_IGNORED_DAYS: Final = 30
MOST_OF_STRANGERS: Final = 100
"""So many mails of strangers wait for the organiser of an event: the uid of its entry is public."""
MOST_OF_ONE_STRANGER: Final = 5
"""So many of one sender are held within a day."""
MOST_IN_ONE_NAME: Final = 20
"""So many that claim to be of one guest, and do not prove it, are held within a day."""


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


class Reason(StrEnum):
    """Why a mail was applied, held, ignored or rejected: stable, for programs; words are in app.i18n."""

    # applied
    ANSWERED = "answered"
    REFRESH = "refresh"
    BOUNCED = "bounced"
    # applied where it is newer, else ignored
    SAME_ANSWER = "same_answer"
    # held: who it is from
    SENDER_NOT_PROVEN = "sender_not_proven"
    SEVERAL_SENDERS = "several_senders"
    SEVERAL_GUESTS = "several_guests"
    LINK_REVOKED = "link_revoked"
    PARTY_CRASHER = "party_crasher"
    SEVERAL_ATTENDEES = "several_attendees"
    ATTENDEE_MISSING = "attendee_missing"
    SENT_BY = "sent_by"
    DELEGATED_FROM = "delegated_from"
    # held: what it says
    WRITTEN_BY_HAND = "written_by_hand"
    WINMAIL_DAT = "winmail_dat"
    CALENDAR_UNREADABLE = "calendar_unreadable"
    PARTS_DISAGREE = "parts_disagree"
    METHOD_UNKNOWN = "method_unknown"
    SEVERAL_ENTRIES = "several_entries"
    RECURRENCE = "recurrence"
    DELEGATED = "delegated"
    COUNTER = "counter"
    PARTSTAT_UNKNOWN = "partstat_unknown"
    OLDER_VERSION = "older_version"
    NEWER_VERSION = "newer_version"
    # held: what is so meanwhile
    ENTRY_CANCELLED = "entry_cancelled"
    DELEGATE_WITHDRAWN = "delegate_withdrawn"
    SEAT_GIVEN_BACK = "seat_given_back"
    DELEGATE_ATTENDED = "delegate_attended"
    DELEGATES_REGISTERED = "delegates_registered"
    EVENT_CALLED_OFF = "event_called_off"
    EVENT_OVER = "event_over"
    EVENT_NOT_OPEN = "event_not_open"
    DEADLINE_PASSED = "deadline_passed"
    NOT_POSSIBLE = "not_possible"
    FAILED = "failed"
    # held where the guest or the event is known, else ignored
    UNKNOWN_ENTRY = "unknown_entry"
    # ignored
    SAME_MAIL = "same_mail"
    OLDER_ANSWER = "older_answer"
    OUT_OF_OFFICE = "out_of_office"
    AUTOMATIC = "automatic"
    NOT_FROM_GUESTS = "not_from_guests"
    NO_CALENDAR = "no_calendar"
    REFRESHED_LATELY = "refreshed_lately"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    MESSAGE_UNKNOWN = "message_unknown"
    TOO_MANY_ALIKE = "too_many_alike"
    # rejected
    TOO_LARGE = "too_large"
    TOO_COMPLEX = "too_complex"
    UNREADABLE = "unreadable"


APPLICABLE: Final = frozenset(
    {
        Reason.SENDER_NOT_PROVEN,
        Reason.LINK_REVOKED,
        Reason.SENT_BY,
        Reason.RECURRENCE,
        Reason.OLDER_VERSION,
        Reason.NEWER_VERSION,
        Reason.ENTRY_CANCELLED,
        Reason.DELEGATES_REGISTERED,
        Reason.EVENT_OVER,
        Reason.EVENT_NOT_OPEN,
        Reason.EVENT_CALLED_OFF,
        Reason.DEADLINE_PASSED,
        Reason.NOT_POSSIBLE,
    }
)
"""Held for these reasons, the answer is the guest's own: the organiser can let it count as it stands."""
