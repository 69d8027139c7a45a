"""Hand an invitation on to the person in charge, to one more person, and take a link back."""

from datetime import datetime

from app import site
from app.domain.errors import Conflict
from app.domain.focal_points import HandOver
from app.domain.languages import INTERFACE, in_language
from app.domain.mail import MessageKind
from app.domain.policy import Actor, Permission, require
from app.mail import outbox
from app.mail.mime import CalendarPart, Recipient
from app.models.focal_points import FocalPoint
from app.models.invitations import Invitation
from app.queries import focal_points
from app.services import audit
from app.services.calendars import mailing, scheduling
from app.services.deadlines import say_deadline
from app.services.registrations import access, places
from app.services.transaction import unit_of_work

_MOST = 10
"""Links of one institution at a time."""


def hand_over(
    *, actor: Actor, invitation: Invitation, by: str | None, command: HandOver, now: datetime
) -> str:
    """Mail somebody a link of his own, return his public id; `by` is the focal point who asks, if he is one.

    Who leaves loses the link he came by; the office writes to the new person from then on. The same address
    twice gets the same link again. Raises Conflict("focal_points_full").
    """
    number = invitation.id
    with unit_of_work() as session:
        held = places.lock_invitation(session, number)
        access.require_may_change(held, actor, now)
        present = focal_points.list_present(held)
        found = next((one for one in present if one.email.casefold() == command.email.casefold()), None)
        if found is None:
            if len(present) >= _MOST:
                raise Conflict("focal_points_full", n=_MOST)
            found = FocalPoint(
                invitation_id=number,
                name=command.name,
                email=command.email,
                named_by=actor.name[:200],
                named_at=now,
            )
            session.add(found)
        session.flush()
        if command.leaves:
            _leave(held, by, found, now)
        takes_over = (held.email or "").casefold() == found.email.casefold()
        news = scheduling.of_invitation(held, now) if takes_over else []
        part, others = mailing.split(news, found.email)
        _tell(held, found, actor, now, calendar=part)
        mailing.mail_alone(others, held, now)
        _record(held, "invitation.hand_over", actor, now, to=command.name, leaves=command.leaves)
        return found.public_id


def revoke(*, actor: Actor, invitation: Invitation, focal_point: str, now: datetime) -> str:
    """Make the link of a focal point void, by his institution or at the desk; return his name."""
    if actor.kind == "account":
        require(actor, Permission.MANAGE_EVENTS)
    number = invitation.id
    with unit_of_work() as session:
        held = places.lock_invitation(session, number)
        found = focal_points.get(held, focal_point)
        found.revoked_at = now
        _record(held, "invitation.revoke_focal_point", actor, now, of=found.name)
        return found.name


def _leave(invitation: Invitation, by: str | None, heir: FocalPoint, now: datetime) -> None:
    if by is None:
        invitation.generation += 1
        invitation.addressee, invitation.email = heir.name, heir.email
    elif by != heir.public_id:
        focal_points.get(invitation, by).revoked_at = now


def _tell(
    invitation: Invitation, heir: FocalPoint, actor: Actor, now: datetime, *, calendar: CalendarPart | None
) -> None:
    language = invitation.language if invitation.language in INTERFACE else "en"
    outbox.enqueue(
        kind=MessageKind.HAND_OVER,
        to=Recipient(heir.email, heir.name, language),
        context={
            "event": invitation.event,
            "organization": invitation.organization,
            "name": heir.name,
            "named_by": actor.name,
            "deadline": say_deadline(invitation, language),
            "link": site.focal_point_url(heir),
        },
        now=now,
        event=invitation.event,
        invitation=invitation,
        calendar=calendar,
    )


def _record(invitation: Invitation, act: str, actor: Actor, now: datetime, **details: object) -> None:
    audit.record(
        actor=actor,
        act=act,
        subject=invitation,
        name=in_language(invitation.organization.names, "vi"),
        now=now,
        event_id=invitation.event_id,
        source="web" if actor.kind == "account" else "link",
        **details,
    )
