"""Rows that the use-cases of invitations work on: read inside the unit of work, locked where they change."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from app.domain.errors import InvalidInput, NotFound
from app.domain.mail import ASKING, MessageKind, MessageState
from app.domain.policy import Actor
from app.models.events import Event, Side
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.queries import events


def lock_event(session: Session, slug: str, actor: Actor) -> Event:
    """Return the event, with its guest list closed to other writers until the end (SQLite: already so)."""
    event = events.get(slug, actor)
    session.execute(sa.select(Event.id).where(Event.id == event.id).with_for_update(key_share=True))
    return event


def lock_event_of(session: Session, invitation: str) -> None:
    """Lock the event of an invitation: everybody locks events before what belongs to them."""
    event_id = sa.select(Invitation.event_id).where(Invitation.public_id == invitation).scalar_subquery()
    session.execute(sa.select(Event.id).where(Event.id == event_id).with_for_update(key_share=True))


def lock_invitation(session: Session, public_id: str, *, slug: str | None = None) -> Invitation:
    """Return one invitation (of the event `slug`) with event and organisation; other writers of it wait."""
    found = session.scalar(
        sa.select(Invitation)
        .where(Invitation.public_id == public_id)
        .options(
            joinedload(Invitation.event, innerjoin=True), joinedload(Invitation.organization, innerjoin=True)
        )
        .with_for_update(of=Invitation, key_share=True)
        .execution_options(populate_existing=True)
    )
    if found is None or (slug is not None and found.event.slug != slug):
        raise NotFound("not_found")
    return found


def lock_chosen(session: Session, event: Event, public_ids: Collection[str]) -> Sequence[Invitation]:
    """Return the chosen invitations of the event in list order; unknown ids are left out."""
    return session.scalars(
        sa.select(Invitation)
        .where(Invitation.event_id == event.id, Invitation.public_id.in_(public_ids))
        .options(joinedload(Invitation.organization, innerjoin=True))
        .order_by(Invitation.position)
        .with_for_update(of=Invitation, key_share=True)
    ).all()


def side_id(session: Session, event: Event, public_id: str | None) -> int | None:
    """Return the number of a side of this event; raise InvalidInput("side_unknown") for any other."""
    if public_id is None:
        return None
    found = session.scalar(sa.select(Side.id).where(Side.event_id == event.id, Side.public_id == public_id))
    if found is None:
        raise InvalidInput("side_unknown", field="side")
    return found


def drop_drafts(session: Session, invitations: Collection[int]) -> None:
    """Remove letters and reminders that wait for release: what they say has changed."""
    session.execute(
        sa.delete(OutboxMessage).where(
            OutboxMessage.invitation_id.in_(invitations),
            OutboxMessage.kind.in_(ASKING),
            OutboxMessage.state == MessageState.DRAFT,
        )
    )


def withdraw_reminders(session: Session, invitations: Collection[int]) -> None:
    """Stop reminders that have not left: whoever answered gets none."""
    session.execute(
        sa.update(OutboxMessage)
        .where(
            OutboxMessage.invitation_id.in_(invitations),
            OutboxMessage.kind == MessageKind.REMINDER,
            OutboxMessage.state.in_([MessageState.DRAFT, MessageState.QUEUED]),
        )
        .values(state=MessageState.WITHDRAWN)
        .execution_options(synchronize_session=False)
    )
