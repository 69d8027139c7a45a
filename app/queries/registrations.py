"""Reads of registrations: delegations, delegates and their seats."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import orm

from app.db import db
from app.domain.directory import OrganizationKind
from app.domain.errors import NotFound
from app.domain.programme import SessionStatus
from app.domain.registrations import DelegateRole, SeatState
from app.domain.text import fold
from app.models.directory import Alias, Organization
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.people import Person
from app.models.registrations import Delegate, Seat

_PRESENT = Delegate.state != SeatState.WITHDRAWN
_WORDS: sa.BindParameter[str] = sa.bindparam("words")
# What is asked at every registration, with the event locked, is built once.
_KNOWN = (
    sa.select(Delegate.public_id, Delegate.request_key, Delegate.role, Person.full_name, Person.email)
    .join(Delegate.person)
    .where(_PRESENT)
)
_ALONE = _KNOWN.where(
    Delegate.event_id == sa.bindparam("event_id"),
    Delegate.invitation_id.is_(None),
    sa.or_(Delegate.request_key == sa.bindparam("key"), sa.func.lower(Person.email) == sa.bindparam("email")),
)
_OF_INVITATION = _KNOWN.where(Delegate.invitation_id == sa.bindparam("invitation_id")).order_by(
    Delegate.position, Delegate.id
)
_NAMED = (
    sa.select(
        Organization.id,
        Organization.kind,
        Organization.country,
        Organization.timezone,
        Organization.names,
        Organization.short_names,
        Organization.abbreviation,
        Alias.name,
    )
    .outerjoin(Alias, Alias.organization_id == Organization.id)
    .where(Organization.search.contains(_WORDS, escape="/"), Organization.valid_to.is_(None))
    .order_by(Organization.id)
)


class Known(NamedTuple):
    """Somebody registered: what tells whether a newcomer is the same person, or a second head."""

    public_id: str
    request_key: str
    role: DelegateRole
    full_name: str
    email: str | None


class Origin(NamedTuple):
    """What is taken over from the organisation a person comes from."""

    id: int
    kind: OrganizationKind
    country: str | None
    timezone: str | None


def list_present(invitation_id: int) -> list[Delegate]:
    """Return the delegates of an institution who have not withdrawn, in their order."""
    return list(
        db.session.scalars(
            sa.select(Delegate)
            .join(Delegate.person)
            .where(Delegate.invitation_id == invitation_id, _PRESENT)
            .options(orm.contains_eager(Delegate.person))
            .order_by(Delegate.position, Delegate.id)
        )
    )


def list_known(invitation_id: int) -> list[Known]:
    """Return whom an institution registered, withdrawn people left out, in their order."""
    known = db.session.execute(_OF_INVITATION, {"invitation_id": invitation_id})
    return [Known._make(row) for row in known]


def list_alone(event_id: int, *, key: str, email: str) -> list[Known]:
    """Return who registered alone with this form or from this address, withdrawn people left out."""
    known = db.session.execute(_ALONE, {"event_id": event_id, "key": key, "email": email.lower()})
    return [Known._make(row) for row in known]


def find_origin(name: str) -> Origin | None:
    """Return which organisation of the directory is called just so, in any language or by an alias."""
    wanted = fold(name)
    if not wanted:
        return None
    close = db.session.execute(_NAMED, {"words": re.sub("[/%_]", r"/\g<0>", wanted)})
    for number, kind, country, timezone, names, short_names, abbreviation, alias in close:
        called = (*names.values(), *short_names.values(), abbreviation or "", alias or "")
        if wanted in map(fold, called):
            return Origin(number, kind, country, timezone)
    return None


def list_delegation(invitation: Invitation) -> Sequence[Delegate]:
    """Return everybody an institution registered, with seats: the head first, those who withdrew last."""
    return db.session.scalars(
        _whole()
        .where(Delegate.invitation_id == invitation.id)
        .order_by(
            Delegate.state == SeatState.WITHDRAWN,
            Delegate.role != DelegateRole.HEAD_OF_DELEGATION,
            Delegate.position,
            Delegate.id,
        )
    ).unique().all()  # fmt: skip


def get_of_invitation(invitation: Invitation, public_id: str) -> Delegate:
    """Return a delegate of this institution; anybody else's raises NotFound."""
    return _one(_whole().where(Delegate.invitation_id == invitation.id, Delegate.public_id == public_id))


def get_of_event(event: Event, public_id: str) -> Delegate:
    """Return a delegate of this event."""
    return _one(_whole().where(Delegate.event_id == event.id, Delegate.public_id == public_id))


def get_whole(delegate: Delegate) -> Delegate:
    """Return a delegate with all that his page shows."""
    return _one(_whole().where(Delegate.id == delegate.id))


def list_of_event(event: Event) -> Sequence[Delegate]:
    """Return everybody who was registered, with person, institution, side, seats and sessions."""
    return db.session.scalars(
        sa.select(Delegate)
        .where(Delegate.event_id == event.id)
        .options(
            orm.joinedload(Delegate.person, innerjoin=True).joinedload(Person.organization),
            orm.joinedload(Delegate.invitation).options(
                orm.joinedload(Invitation.organization, innerjoin=True), orm.joinedload(Invitation.side)
            ),
            orm.selectinload(Delegate.seats).joinedload(Seat.session, innerjoin=True),
        )
        .order_by(Delegate.id)
    ).all()


def list_institutions(event: Event) -> Sequence[Invitation]:
    """Return the invited institutions as invited, each with its organisation and side."""
    return db.session.scalars(
        sa.select(Invitation)
        .where(Invitation.event_id == event.id)
        .options(orm.joinedload(Invitation.organization, innerjoin=True), orm.joinedload(Invitation.side))
        .order_by(Invitation.position)
    ).all()


BEST_PRECEDENCES = (
    sa.select(Delegate.invitation_id, sa.func.min(Person.precedence).label("precedence"))
    .join(Delegate.person)
    .where(Delegate.invitation_id.is_not(None), Person.precedence.is_not(None), _PRESENT)
    .group_by(Delegate.invitation_id)
)
"""The highest precedence among the people of each invitation."""


def best_precedences(event: Event) -> dict[int, int]:
    """Return for each invitation the highest precedence among its people."""
    found = db.session.execute(BEST_PRECEDENCES.where(Delegate.event_id == event.id)).all()
    return {number: place for number, place in found if number is not None and place is not None}


def list_confirmed(event: Event) -> Sequence[Delegate]:
    """Return who has a confirmed place in the event."""
    return [delegate for delegate in list_of_event(event) if delegate.state is SeatState.CONFIRMED]


def count_ahead(delegate: Delegate) -> dict[int, int]:
    """Return for each session he waits for how many wait before him."""
    mine = orm.aliased(Seat)
    earlier = sa.or_(
        Seat.created_at < mine.created_at,
        sa.and_(Seat.created_at == mine.created_at, Seat.delegate_id < mine.delegate_id),
    )
    before = sa.and_(Seat.session_id == mine.session_id, Seat.state == SeatState.WAITING, earlier)
    ahead = (
        sa.select(mine.session_id, sa.func.count(Seat.delegate_id))
        .outerjoin(Seat, before)
        .where(mine.delegate_id == delegate.id, mine.state == SeatState.WAITING)
        .group_by(mine.session_id)
    )
    return dict(db.session.execute(ahead).all())


def count_ahead_in_event(delegate: Delegate) -> int:
    """Return how many wait for a place of the event before him."""
    waiting = sa.select(sa.func.count(Delegate.id)).where(
        Delegate.event_id == delegate.event_id,
        Delegate.state == SeatState.WAITING,
        sa.or_(
            Delegate.queued_at < delegate.queued_at,
            sa.and_(Delegate.queued_at == delegate.queued_at, Delegate.id < delegate.id),
        ),
    )
    return db.session.scalar(waiting) or 0


def count_of_event(event: Event) -> dict[SeatState, int]:
    """Return how many delegates stand in each state."""
    counts = sa.select(Delegate.state, sa.func.count(Delegate.id)).where(Delegate.event_id == event.id)
    return dict(db.session.execute(counts.group_by(Delegate.state)).all())


def get_seat(delegate: Delegate, session_id: str) -> Seat:
    """Return his seat in a session (public id)."""
    found = next((seat for seat in delegate.seats if seat.session.public_id == session_id), None)
    if found is None:
        raise NotFound("not_found")
    return found


def list_live_seats(delegate: Delegate) -> list[Seat]:
    """Return the seats in sessions to which he is to come, or for which he waits."""
    return [
        seat
        for seat in delegate.seats
        if seat.state is not SeatState.WITHDRAWN and seat.session.status is SessionStatus.PLANNED
    ]


def _whole() -> sa.Select[Delegate]:
    return sa.select(Delegate).options(
        orm.joinedload(Delegate.person, innerjoin=True).joinedload(Person.organization),
        orm.joinedload(Delegate.seats).joinedload(Seat.session, innerjoin=True),
        orm.joinedload(Delegate.replaces).joinedload(Delegate.person),
        orm.joinedload(Delegate.replaced_by).joinedload(Delegate.person),
    )


def _one(query: sa.Select[Delegate]) -> Delegate:
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotFound("not_found")
    return found
