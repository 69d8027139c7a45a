"""The site as configured: its settings, and the addresses of its pages, built from the base URL alone."""

from typing import Literal, Protocol

from flask import current_app

from app.domain import tokens
from config import Settings

ReplyPurpose = Literal["invitation-reply", "delegate-reply"]


class Linked(Protocol):
    """What a secret link can belong to."""

    public_id: str
    generation: int


class Subscribable(Protocol):
    """What has a calendar feed with a link of its own."""

    public_id: str
    feed_generation: int


class Approved(Linked, Protocol):
    """Whose delegates somebody approves by a link of his own."""

    approver_generation: int


class Gathering(Protocol):
    """What has a sub-link for its members."""

    public_id: str
    member_generation: int


def settings() -> Settings:
    """Return the settings of the running application."""
    found: Settings = current_app.extensions["bantron"]
    return found


def url(path: str) -> str:
    """Return the absolute address of a path of the site ("/events/…")."""
    return settings().base_url + path


def event_url(slug: str) -> str:
    """Return the public page of an event."""
    return url(f"/events/{slug}")


def event_file_url(slug: str) -> str:
    """Return the calendar file of an event."""
    return f"{event_url(slug)}.ics"


def session_file_url(slug: str, number: int) -> str:
    """Return the calendar file of a session, by its place in the programme."""
    return f"{event_url(slug)}/sessions/{number}.ics"


def invitation_url(invitation: Linked) -> str:
    """Return the secret link of an institution."""
    return url(f"/i/{_token('invitation', invitation.public_id, invitation.generation)}")


def invitation_feed_url(invitation: Linked) -> str:
    """Return the calendar feed of an institution."""
    return f"{invitation_url(invitation)}.ics"


def opened_feed_url(token: str) -> str:
    """Return the calendar feed of an institution by the link that was opened: its own, or a focal point's."""
    return url(f"/i/{token}.ics")


def focal_point_url(focal_point: Linked) -> str:
    """Return the link of one of several focal points: it leads to the pages of the institution."""
    return url(f"/i/{_token('focal-point', focal_point.public_id, focal_point.generation)}")


def member_url(invitation: Gathering) -> str:
    """Return the sub-link by which the members of an institution register themselves."""
    return url(f"/m/{_token('member', invitation.public_id, invitation.member_generation)}")


def approval_url(invitation: Approved) -> str:
    """Return the link by which the head of an institution approves its delegates."""
    return url(f"/a/{_token('approval', invitation.public_id, invitation.approver_generation)}")


def delegate_url(delegate: Linked) -> str:
    """Return the page of a delegate."""
    return url(f"/d/{_token('delegate', delegate.public_id, delegate.generation)}")


def delegate_file_url(delegate: Linked) -> str:
    """Return the calendar file of a delegate."""
    return f"{delegate_url(delegate)}.ics"


def delegate_feed_url(delegate: Subscribable) -> str:
    """Return the subscription address of a delegate's calendar."""
    return url(f"/feeds/{_token('delegate-feed', delegate.public_id, delegate.feed_generation)}.ics")


def desk_feed_url(account: Subscribable) -> str:
    """Return the subscription address of an account's calendar of every event."""
    return url(f"/feeds/desk/{_token('desk-feed', account.public_id, account.feed_generation)}.ics")


def desk_event_url(slug: str) -> str:
    """Return the page of an event at the desk."""
    return url(f"/organizer/events/{slug}")


def reply_address(purpose: ReplyPurpose, public_id: str, generation: int) -> str:
    """Return where calendars send the answers of a guest: ORGANIZER of what he is sent."""
    return settings().reply_pattern.replace("{token}", _token(purpose, public_id, generation))


def _token(purpose: tokens.Purpose, public_id: str, generation: int) -> str:
    return tokens.derive(settings().secret_key, purpose, public_id, generation)
