"""What all pages behind the link of an institution share."""

from datetime import datetime
from typing import TYPE_CHECKING

from flask import g, render_template, request

from app.domain import change_requests, clock
from app.domain.events import is_over
from app.domain.focal_points import acting_name
from app.domain.invitations import effective_deadline, is_open
from app.domain.languages import in_language
from app.domain.policy import Actor

if TYPE_CHECKING:
    from app.models.invitations import Invitation


def render(page: str, invitation: "Invitation", **known: object) -> str:
    """Render a page of the delegation, with the deadline and whether it is still open."""
    deadline = effective_deadline(invitation.deadline, invitation.event)
    now = clock.now()
    return render_template(
        f"delegate/registrations/{page}.html",
        invitation=invitation,
        event=invitation.event,
        token=token(),
        deadline=deadline,
        is_open=is_open(invitation.event.status, deadline, now),
        may_ask=may_ask(invitation, now),
        **known,
    )


def is_late(invitation: "Invitation") -> bool:
    """Tell whether the institution may not change anything itself any more."""
    deadline = effective_deadline(invitation.deadline, invitation.event)
    return not is_open(invitation.event.status, deadline, clock.now())


def may_ask(invitation: "Invitation", now: datetime) -> bool:
    """Tell whether changes have to be asked for: the deadline has passed, the event is still to come."""
    event = invitation.event
    deadline = effective_deadline(invitation.deadline, event)
    return change_requests.may_ask(
        event.status,
        is_open=is_open(event.status, deadline, now),
        is_over=is_over(event.date, event.starts_at, event.ends_at, now=now),
    )


def actor(invitation: "Invitation") -> Actor:
    """Return who acts by this link: one of several focal points is named in the history."""
    institution = in_language(invitation.organization.names, "vi")
    named = g.get("focal_point")
    return Actor("institution", acting_name(institution, named.name if named else None))


def focal_point() -> str | None:
    """Return the public id of the focal point who came by a link of his own."""
    named = g.get("focal_point")
    return named.public_id if named else None


def token() -> str:
    """Return the secret that opened this page."""
    return str((request.view_args or {})["token"])
