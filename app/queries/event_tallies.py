"""Events in numbers: invitations and their answers, delegates, sessions, letters that wait."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from app.db import db
from app.domain.events import Advice, Mode
from app.domain.invitations import ANSWERED, InvitationState
from app.domain.mail import MessageKind, MessageState
from app.domain.registrations import SeatState
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.models.programme import Session, at_desk
from app.models.registrations import Delegate


@dataclass(frozen=True, slots=True)
class Tally:
    """An event in numbers."""

    invitations: Mapping[InvitationState, int]
    delegates: Mapping[SeatState, int]
    sessions: int
    drafts: int
    """Letters that wait for their release."""
    unwritten: int
    """Guests with an address for whom no letter of invitation was prepared."""
    unaddressed: int
    """Guests who were not written to and cannot be: they have no address."""

    @property
    def invited(self) -> int:
        """Return how many invitations there are."""
        return sum(self.invitations.values())

    @property
    def sent(self) -> int:
        """Return how many of them left."""
        return self.invited - self.invitations.get(InvitationState.DRAFT, 0)

    @property
    def nominated(self) -> int:
        """Return how many delegates were named and have not withdrawn."""
        return sum(count for state, count in self.delegates.items() if state is not SeatState.WITHDRAWN)

    @property
    def answered(self) -> int:
        """Return how many were answered."""
        return sum(self.invitations.get(state, 0) for state in ANSWERED)


def tally(event: Event) -> Tally:
    """Return the event in numbers."""
    prepared = sa.exists().where(
        OutboxMessage.invitation_id == Invitation.id,
        OutboxMessage.kind == MessageKind.INVITATION,
        OutboxMessage.state == MessageState.DRAFT,
    )
    invitations = (
        sa.select(
            Invitation.state,
            sa.func.count(),
            sa.func.count().filter(Invitation.email.is_not(None), ~prepared),
            sa.func.count().filter(Invitation.email.is_(None)),
        )
        .where(Invitation.event_id == event.id)
        .group_by(Invitation.state)
    )
    delegates = sa.select(Delegate.state, sa.func.count()).where(Delegate.event_id == event.id)
    sessions = sa.select(sa.func.count(Session.id)).where(Session.event_id == event.id, at_desk(Session))
    drafts = sa.select(sa.func.count(OutboxMessage.id)).where(
        OutboxMessage.event_id == event.id, OutboxMessage.state == MessageState.DRAFT
    )
    guests = db.session.execute(invitations).all()
    return Tally(
        invitations={state: count for state, count, *_ in guests},
        delegates=dict(db.session.execute(delegates.group_by(Delegate.state)).all()),
        sessions=db.session.scalar(sessions) or 0,
        drafts=db.session.scalar(drafts) or 0,
        unwritten=sum(count for state, _, count, _ in guests if state is InvitationState.DRAFT),
        unaddressed=sum(count for state, *_, count in guests if state is InvitationState.DRAFT),
    )


def count_answers(events: Sequence[Event]) -> Mapping[int, tuple[int, int]]:
    """Return per event id how many invitations left and how many were answered."""
    query = (
        sa.select(
            Invitation.event_id,
            sa.func.count(),
            sa.func.count().filter(Invitation.state.in_(ANSWERED)),
        )
        .where(Invitation.event_id.in_([event.id for event in events]))
        .where(Invitation.state != InvitationState.DRAFT)
        .group_by(Invitation.event_id)
    )
    return {event_id: (sent, answered) for event_id, sent, answered in db.session.execute(query)}


def advice(event: Event, numbers: Tally) -> tuple[Advice, ...]:
    """Return what the event should have before it is published; nothing for a record of the past."""
    if event.is_archive:
        return ()
    online = event.mode in {Mode.ONLINE, Mode.HYBRID}
    is_placed = bool(event.platform and event.join_url) if online else bool(event.venues)
    there = {
        Advice.HOURS: event.starts_at is not None and event.ends_at is not None,
        Advice.JOINING: is_placed,
        Advice.DEADLINE: event.registration_deadline is not None,
        Advice.CONTACT: bool(event.contact_email or event.contact_phone),
        Advice.TRANSLATION: bool(event.titles.get("en")),
        Advice.PROGRAMME: numbers.sessions > 0,
        Advice.GUESTS: numbers.invited > 0,
    }
    return tuple(counsel for counsel, is_there in there.items() if not is_there)
