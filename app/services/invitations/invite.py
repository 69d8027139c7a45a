"""Invite organisations and groups; take invitations back that were not sent."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.domain.errors import Conflict
from app.domain.invitations import (
    InvitationState,
    Invite,
    is_addressed_to_head,
    side_of,
    usual_level,
)
from app.domain.languages import in_language, of_country
from app.domain.policy import Actor, Permission, require
from app.i18n.catalogue import N_, gettext
from app.models.directory import Contact, Organization
from app.models.events import Event
from app.models.invitations import Invitation
from app.queries import candidates
from app.services import audit
from app.services.invitations import rows
from app.services.registrations import promotion
from app.services.transaction import unit_of_work

_HEAD = N_("Head of Mission")


@dataclass(frozen=True)
class Invited:
    """How many institutions were invited by this act, and how many had been before."""

    new: int
    already: int


def invite(*, actor: Actor, slug: str, command: Invite, now: datetime) -> Invited:
    """Make one invitation for each chosen institution that has none yet; a repetition makes nothing.

    Groups are resolved as of the day of the event. The number of statements does not grow with the guests.
    """
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.lock_event(session, slug, actor)
        chosen = candidates.list_chosen(command.organizations, command.groups, day=event.date or now.date())
        present = set(session.scalars(_of(event, Invitation.organization_id)))
        new = [organization for organization in chosen if organization.id not in present]
        made = _make(session, event, new, command, now)
        session.add_all(made)
        session.flush()
        named = zip(made, (_name(organization.names) for organization in new), strict=True)
        audit.record_each(actor=actor, act="invitation.create", subjects=named, now=now, event_id=event.id)
        if made:
            audit.record(
                actor=actor,
                act="event.invite",
                subject=event,
                name=_name(event.titles),
                now=now,
                event_id=event.id,
                new=len(made),
                groups=list(command.groups),
            )
        return Invited(new=len(made), already=len(chosen) - len(made))


def remove(*, actor: Actor, slug: str, invitations: Collection[str], now: datetime) -> int:
    """Remove invitations that were neither sent nor answered; return how many.

    Raises Conflict("invitation_sent") when one of them was: the institution knows of it, so it stays.
    """
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.lock_event(session, slug, actor)
        chosen = rows.lock_chosen(session, event, invitations)
        sent = [row for row in chosen if row.state is not InvitationState.DRAFT or row.sent_at or row.taken]
        if sent:
            raise Conflict("invitation_sent", n=len(sent), name=_name(sent[0].organization.names))
        rows.drop_drafts(session, [row.id for row in chosen])
        named = [(row, _name(row.organization.names)) for row in chosen]
        audit.record_each(actor=actor, act="invitation.remove", subjects=named, now=now, event_id=event.id)
        for row in chosen:
            session.delete(row)
        promotion.fill(session, event.id, (), now)
        return len(chosen)


def _make(
    session: Session, event: Event, new: Sequence[Organization], command: Invite, now: datetime
) -> list[Invitation]:
    contacts = _focal_points(session, new)
    chosen_side = rows.side_id(session, event, command.side)
    last = session.scalar(_of(event, sa.func.max(Invitation.position))) or 0
    made = []
    for position, organization in enumerate(new, last + 1):
        contact = contacts.get(organization.id)
        language = command.language or _language(organization, contact)
        made.append(
            Invitation(
                event_id=event.id,
                organization_id=organization.id,
                side_id=chosen_side or _side_by_rule(organization, event),
                contact_id=contact.id if contact else None,
                position=position,
                addressee=_addressee(organization, contact, language),
                email=(contact.email if contact else None) or organization.email,
                language=language,
                level=command.level or usual_level(organization.kind, organization.country),
                quota=event.default_quota if command.quota is None else command.quota,
                deadline=command.deadline,
                letter_number=command.letter_number,
                letter_date=command.letter_date,
                created_at=now,
            )
        )
    return made


def _of(
    event: Event, column: sa.sql.ColumnElement[int] | sa.orm.InstrumentedAttribute[int]
) -> sa.Select[int]:
    return sa.select(column).where(Invitation.event_id == event.id)


def _focal_points(session: Session, organizations: Iterable[Organization]) -> dict[int, Contact]:
    """Return the focal point of each organisation: the one who was entered first."""
    found = session.scalars(
        sa.select(Contact)
        .where(
            Contact.organization_id.in_([organization.id for organization in organizations]),
            Contact.is_focal_point,
            Contact.archived_at.is_(None),
        )
        .order_by(Contact.id.desc())
    )
    return {contact.organization_id: contact for contact in found}


def _side_by_rule(organization: Organization, event: Event) -> int | None:
    side = side_of(organization.kind, organization.country, event.sides)
    return side.id if side else None


def _language(organization: Organization, contact: Contact | None) -> str:
    return contact.language if contact else of_country(organization.country)


def _addressee(organization: Organization, contact: Contact | None, language: str) -> str:
    if is_addressed_to_head(organization.kind, organization.country):
        return gettext(language, _HEAD)
    if contact is None or not contact.full_name:
        return ""
    person = f"{contact.form_of_address} {contact.full_name}".strip()
    return ", ".join(part for part in (person, contact.post) if part)[:200]


def _name(names: Mapping[str, str]) -> str:
    return in_language(names, "vi")
