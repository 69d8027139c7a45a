"""Secret links of institutions: revoked by the organiser, sent again on request to the address on file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app import site
from app.domain.events import EventStatus
from app.domain.identifiers import new_public_id
from app.domain.invitations import effective_deadline
from app.domain.languages import in_language
from app.domain.mail import MessageKind
from app.domain.policy import PUBLIC, Actor, Permission, require
from app.mail import outbox
from app.mail.mime import Recipient
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.services import audit
from app.services.invitations import rows
from app.services.transaction import unit_of_work


def revoke(*, actor: Actor, slug: str, invitation: str, now: datetime) -> None:
    """Make every link of this invitation void that was given out so far; a new one can be copied or sent."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        rows.lock_event(session, slug, actor)
        found = rows.lock_invitation(session, invitation, slug=slug)
        found.generation += 1
        found.approver_generation += 1
        rows.drop_drafts(session, [found.id])
        audit.record(
            actor=actor,
            act="invitation.revoke_link",
            subject=found,
            name=in_language(found.organization.names, "vi"),
            now=now,
            event_id=found.event_id,
        )


def request_new(*, email: str, language: str, now: datetime) -> None:
    """Mail the links of all open invitations to this address if it is on file, at most once an hour.

    Whether it is must not be told, neither by words nor by time: a letter is written in every case, and
    thrown away where nobody may have it.
    """
    with unit_of_work() as session:
        found = session.scalars(_open_invitations(email, now)).all()
        key = f"new_link:{email.casefold()}:{now:%Y-%m-%dT%H}"
        is_repeated = session.scalar(sa.select(OutboxMessage.id).where(OutboxMessage.dedupe_key == key))
        first = found[0] if found else None
        has_one = first is not None and not is_repeated
        to = Recipient(email, "", language)
        if first is not None:
            to = Recipient(first.email or email, first.addressee, first.language)
        with session.begin_nested() as attempt:
            outbox.enqueue(
                kind=MessageKind.NEW_LINK,
                to=to,
                context={"links": [_link(invitation) for invitation in found] or [_NOBODYS]},
                now=now,
                invitation=first,
                dedupe_key=key if has_one else new_public_id(),
            )
            if not has_one:
                attempt.rollback()
        audit.record(
            actor=PUBLIC,
            act="link.request",
            subject=_Request(),
            name="",
            now=now,
            source="web",
            invitations=[invitation.public_id for invitation in found],
        )


@dataclass
class _Request:
    """What the history of such a request belongs to: nobody's object."""

    public_id: str = field(default_factory=new_public_id)


_NOBODYS = {"organization": {"vi": "–"}, "title": {"vi": "–"}, "deadline": None, "zone": "UTC", "link": "–"}


def _link(invitation: Invitation) -> Mapping[str, object]:
    return {
        "organization": invitation.organization.names,
        "title": invitation.event.titles,
        "deadline": effective_deadline(invitation.deadline, invitation.event),
        "zone": invitation.event.timezone or "UTC",
        "link": site.invitation_url(invitation),
    }


def _open_invitations(email: str, now: datetime) -> sa.Select[Invitation]:
    """Select what was sent to this address for events still to come; drafts are nobody's business."""
    return (
        sa.select(Invitation)
        .join(Invitation.event)
        .where(
            sa.func.lower(Invitation.email) == email.casefold(),
            Invitation.sent_at.is_not(None),
            Event.status == EventStatus.PUBLISHED,
            sa.or_(Event.starts_at.is_(None), Event.starts_at > now),
        )
        .options(contains_eager(Invitation.event), joinedload(Invitation.organization))
        .order_by(Event.starts_at, Invitation.id)
    )
