"""Reads of invitations: the guest list with what became of each, its counts, one invitation."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, defer, joinedload, selectinload

from app.db import db
from app.domain.directory import OrganizationKind
from app.domain.errors import NotFound
from app.domain.invitations import Constituency, GuestFilters, InvitationState, Party, constituency
from app.domain.languages import in_language
from app.domain.mail import MessageKind, MessageState
from app.domain.policy import Actor
from app.models.directory import Organization
from app.models.events import Event, Side
from app.models.invitations import Invitation, InvitationAnswer
from app.models.mail import OutboxMessage
from app.queries import directory, scope

PER_PAGE = 200


@dataclass(frozen=True)
class Guest:
    """One line of the guest list: the invitation, its last answer, its last letter."""

    invitation: Invitation
    answer: InvitationAnswer | None
    message: OutboxMessage | None


@dataclass(frozen=True)
class Draft:
    """A letter that waits for release."""

    message: OutboxMessage
    invitation: Invitation


def list_guests(event: Event, filters: GuestFilters, *, page: int = 1) -> list[Guest]:
    """Return one page of the guest list in its order; the number of statements does not grow with it."""
    found = db.session.scalars(
        sa.select(Invitation)
        .join(Invitation.organization)
        .where(*_conditions(event, filters))
        .options(contains_eager(Invitation.organization), joinedload(Invitation.side))
        .options(selectinload(Invitation.answers))
        .order_by(Invitation.position, Invitation.id)
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    ).all()
    letters = _last_letters([invitation.id for invitation in found])
    return [
        Guest(invitation, invitation.answers[-1] if invitation.answers else None, letters.get(invitation.id))
        for invitation in found
    ]


def count_guests(event: Event, filters: GuestFilters) -> int:
    """Return how many invitations the filters leave."""
    counted = (
        sa.select(sa.func.count(Invitation.id))
        .join(Invitation.organization)
        .where(*_conditions(event, filters))
    )
    return db.session.scalar(counted) or 0


def count_by_state(event: Event) -> dict[InvitationState, int]:
    """Return the number of invitations in each state, also where it is none."""
    counted = (
        sa.select(Invitation.state, sa.func.count())
        .where(Invitation.event_id == event.id)
        .group_by(Invitation.state)
    )
    found = dict(db.session.execute(counted).all())
    return {state: found.get(state, 0) for state in InvitationState}


def count_by_side(event: Event) -> dict[Side | None, Counter[InvitationState]]:
    """Return for each side of the event, in order, its invitations by state; None stands for no side."""
    counted = (
        sa.select(Invitation.side_id, Invitation.state, sa.func.count())
        .where(Invitation.event_id == event.id)
        .group_by(Invitation.side_id, Invitation.state)
    )
    figures: dict[int | None, Counter[InvitationState]] = {}
    for side_id, state, number in db.session.execute(counted):
        figures.setdefault(side_id, Counter())[state] = number
    sides: dict[int | None, Side | None] = {**{side.id: side for side in event.sides}, None: None}
    return {side: figures[number] for number, side in sides.items() if number in figures}


def count_parties(
    event: Event, states: Collection[InvitationState] = frozenset(InvitationState)
) -> list[Party]:
    """Return the institutions by kind and country, in list order: "18 Vietnamese localities, …" (A21)."""
    counted = (
        sa.select(Organization.kind, Organization.country, sa.func.count())
        .join(Invitation, Invitation.organization_id == Organization.id)
        .where(Invitation.event_id == event.id, Invitation.state.in_(states))
        .group_by(Organization.kind, Organization.country)
        .order_by(sa.func.min(Invitation.position))
    )
    return [Party(*row) for row in db.session.execute(counted)]


def count_by_constituency(event: Event) -> dict[Constituency | None, Counter[InvitationState]]:
    """Return the invitations of the groups of "kết nối tay ba" by state (B09); None: in none of them."""
    counted = (
        sa.select(Organization.kind, Organization.country, Invitation.state, sa.func.count())
        .join(Invitation, Invitation.organization_id == Organization.id)
        .where(Invitation.event_id == event.id)
        .group_by(Organization.kind, Organization.country, Invitation.state)
    )
    figures: dict[Constituency | None, Counter[InvitationState]] = {}
    for kind, country, state, number in db.session.execute(counted):
        figures.setdefault(constituency(kind, country), Counter())[state] += number
    order: list[Constituency | None] = [*Constituency, None]
    return {group: figures[group] for group in order if group in figures}


def name_sides(event: Event, language: str) -> dict[str, str]:
    """Return the names of the event's sides by public id: what a form offers."""
    return {side.public_id: in_language(side.names, language) for side in event.sides}


def list_kinds(event: Event) -> Sequence[OrganizationKind]:
    """Return the kinds of organisation on the guest list."""
    return db.session.scalars(
        sa.select(Organization.kind)
        .join(Invitation, Invitation.organization_id == Organization.id)
        .where(Invitation.event_id == event.id)
        .group_by(Organization.kind)
        .order_by(sa.func.min(Invitation.position))
    ).all()


def get(slug: str, public_id: str, actor: Actor) -> Invitation:
    """Return one invitation of an event that the actor may see."""
    event_ids = scope.events(actor).where(Event.slug == slug).with_only_columns(Event.id)
    found = db.session.scalar(
        sa.select(Invitation)
        .where(Invitation.public_id == public_id, Invitation.event_id.in_(event_ids))
        .options(
            joinedload(Invitation.event), joinedload(Invitation.organization), joinedload(Invitation.side)
        )
        .options(selectinload(Invitation.answers).joinedload(InvitationAnswer.recorded_by))
    )
    if found is None:
        raise NotFound("not_found")
    return found


def list_chosen(event: Event, public_ids: Collection[str]) -> Sequence[Invitation]:
    """Return the chosen invitations of the event in list order; unknown ids are left out."""
    return db.session.scalars(
        sa.select(Invitation)
        .where(Invitation.event_id == event.id, Invitation.public_id.in_(public_ids))
        .options(joinedload(Invitation.organization))
        .order_by(Invitation.position)
    ).all()


def list_drafts(event: Event) -> list[Draft]:
    """Return the letters that wait for release, in list order."""
    found = db.session.execute(
        sa.select(OutboxMessage, Invitation)
        .join(Invitation, Invitation.id == OutboxMessage.invitation_id)
        .where(*_waiting(event))
        .options(joinedload(Invitation.organization))
        .order_by(Invitation.position)
    )
    return [Draft(message, invitation) for message, invitation in found]


def get_draft(event: Event, public_id: str) -> OutboxMessage:
    """Return one letter that waits for release."""
    found = db.session.scalar(
        sa.select(OutboxMessage).where(*_waiting(event), OutboxMessage.public_id == public_id)
    )
    if found is None:
        raise NotFound("not_found")
    return found


def list_letters(invitation: Invitation) -> Sequence[OutboxMessage]:
    """Return what was mailed to an institution about its invitation, the latest first."""
    return db.session.scalars(
        sa.select(OutboxMessage)
        .where(OutboxMessage.invitation_id == invitation.id, OutboxMessage.delegate_id.is_(None))
        .options(defer(OutboxMessage.sealed))
        .order_by(OutboxMessage.id.desc())
    ).all()


def count_letters(event: Event) -> dict[MessageState, int]:
    """Return the letters of invitation by state: how far sending has come."""
    counted = (
        sa.select(OutboxMessage.state, sa.func.count())
        .where(OutboxMessage.event_id == event.id, OutboxMessage.kind == MessageKind.INVITATION)
        .group_by(OutboxMessage.state)
    )
    return dict(db.session.execute(counted).all())


def list_unsent(event: Event) -> Sequence[Invitation]:
    """Return the invitations that were not sent yet, in list order."""
    return db.session.scalars(
        sa.select(Invitation)
        .where(Invitation.event_id == event.id, Invitation.state == InvitationState.DRAFT)
        .options(joinedload(Invitation.organization))
        .order_by(Invitation.position)
    ).all()


def _conditions(event: Event, filters: GuestFilters) -> list[sa.ColumnElement[bool]]:
    found = [Invitation.event_id == event.id, directory.matching(filters.words)]
    if filters.state is not None:
        found.append(Invitation.state == filters.state)
    if filters.side is not None:
        found.append(Invitation.side_id.in_(sa.select(Side.id).where(Side.public_id == filters.side)))
    if filters.kind is not None:
        found.append(Organization.kind == filters.kind)
    return found


def _waiting(event: Event) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        OutboxMessage.event_id == event.id,
        OutboxMessage.kind == MessageKind.INVITATION,
        OutboxMessage.state == MessageState.DRAFT,
    )


def _last_letters(numbers: Collection[int]) -> Mapping[int, OutboxMessage]:
    """Return the latest letter per invitation, without its sealed content."""
    latest = (
        sa.select(sa.func.max(OutboxMessage.id))
        .where(OutboxMessage.invitation_id.in_(numbers), OutboxMessage.kind == MessageKind.INVITATION)
        .group_by(OutboxMessage.invitation_id)
    )
    found = db.session.scalars(
        sa.select(OutboxMessage).where(OutboxMessage.id.in_(latest)).options(defer(OutboxMessage.sealed))
    )
    return {message.invitation_id: message for message in found if message.invitation_id}


def get_of_organization(event: Event, organization: Organization) -> Invitation:
    """Return the invitation of an organisation to the event."""
    found = db.session.scalar(
        sa.select(Invitation).where(
            Invitation.event_id == event.id, Invitation.organization_id == organization.id
        )
    )
    if found is None:
        raise NotFound("not_found")
    return found


def list_sent(event: Event) -> Sequence[Invitation]:
    """Return the invitations that left the house, with their organisations, in their order."""
    return db.session.scalars(
        sa.select(Invitation)
        .where(Invitation.event_id == event.id, Invitation.sent_at.is_not(None))
        .order_by(Invitation.position)
        .options(joinedload(Invitation.organization))
    ).all()
