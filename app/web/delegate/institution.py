"""What all pages behind the link of an institution share."""

from typing import TYPE_CHECKING

from flask import render_template, request

from app.domain import clock
from app.domain.invitations import effective_deadline, is_open
from app.domain.languages import in_language
from app.domain.policy import Actor

if TYPE_CHECKING:
    from app.models.invitations import Invitation


def render(page: str, invitation: "Invitation", **known: object) -> str:
    """Render a page of the delegation, with the deadline and whether it is still open."""
    deadline = effective_deadline(invitation.deadline, invitation.event)
    return render_template(
        f"delegate/registrations/{page}.html",
        invitation=invitation,
        event=invitation.event,
        token=token(),
        deadline=deadline,
        is_open=is_open(invitation.event.status, deadline, clock.now()),
        **known,
    )


def actor(invitation: "Invitation") -> Actor:
    """Return who acts by this link."""
    return Actor("institution", in_language(invitation.organization.names, "vi"))


def token() -> str:
    """Return the secret that opened this page."""
    return str((request.view_args or {})["token"])
