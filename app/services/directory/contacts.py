"""Use-cases of contacts: whom the office writes to at an organisation, and who of them is the focal point."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import orm

from app.db import db
from app.domain.contacts import ContactDetails
from app.domain.directory import changes
from app.domain.errors import Conflict
from app.domain.policy import Actor, Permission, require
from app.domain.text import searched
from app.models.directory import Contact, Organization
from app.queries import organization_use
from app.queries import organizations as lookup
from app.services import audit
from app.services.transaction import unit_of_work


def add_contact(*, actor: Actor, organization: str, details: ContactDetails, now: datetime) -> str:
    """Add a contact and return its public id; a new focal point takes the place of the present one."""
    require(actor, Permission.MANAGE_DIRECTORY)
    with unit_of_work() as session:
        contact = put(session, lookup.get(organization), None, details)
        session.flush()
        _record(actor, "add", contact, now)
        return contact.public_id


def edit_contact(
    *,
    actor: Actor,
    organization: str,
    contact: str,
    details: ContactDetails,
    revision: int,
    now: datetime,
) -> str:
    """Change a contact of this organisation; raise Conflict("changed_meanwhile") where it is not as shown."""
    require(actor, Permission.MANAGE_DIRECTORY)
    with unit_of_work() as session:
        row = lookup.get_contact(lookup.get(organization), contact)
        if row.revision != revision:
            raise Conflict("changed_meanwhile")
        before = _values(row)
        put(session, row.organization, row, details)
        if differing := changes(before, _values(row)):
            _record(actor, "edit", row, now, changes=differing)
        return row.public_id


def archive_contact(*, actor: Actor, organization: str, contact: str, now: datetime) -> None:
    """Put a contact aside: nobody writes to it any more, its history stays."""
    require(actor, Permission.MANAGE_DIRECTORY)
    with unit_of_work():
        row = lookup.get_contact(lookup.get(organization), contact)
        if row.archived_at is None:
            row.archived_at, row.is_focal_point = now, False
            _record(actor, "archive", row, now)


def restore_contact(*, actor: Actor, organization: str, contact: str, now: datetime) -> None:
    """Take a contact back; it is not the focal point until somebody says so."""
    require(actor, Permission.MANAGE_DIRECTORY)
    with unit_of_work():
        row = lookup.get_contact(lookup.get(organization), contact)
        if row.archived_at is not None:
            row.archived_at = None
            _record(actor, "restore", row, now)


def remove_contact(*, actor: Actor, organization: str, contact: str, now: datetime) -> None:
    """Delete a contact that no invitation went to; whoever was written to is put aside instead."""
    require(actor, Permission.MANAGE_DIRECTORY)
    with unit_of_work() as session:
        row = lookup.get_contact(lookup.get(organization), contact)
        if organization_use.count_contact_use(row):
            raise Conflict("contact_used")
        _record(actor, "remove", row, now)
        session.delete(row)


def put(
    session: orm.Session,
    organization: Organization,
    contact: Contact | None,
    details: ContactDetails,
    *,
    is_first: bool = False,
) -> Contact:
    """Write a contact, or a new one, in the caller's transaction; there is one focal point at a time.

    `is_first`: the organisation is known to have no other.
    """
    if details.is_focal_point and not is_first and not (contact and contact.is_focal_point):
        _relieve(lookup.find_focal_point(organization))
    row = contact or Contact(organization_id=organization.id)
    for name, value in _json(details).items():
        setattr(row, name, value)
    index(row)
    session.add(row)
    return row


def index(contact: Contact) -> None:
    """Bring the words for search up to date."""
    contact.search = searched(contact.full_name, contact.post, contact.email)


def _relieve(present: Contact | None) -> None:
    """Relieve the present focal point first: the database allows one at a time."""
    if present is not None:
        present.is_focal_point = False
        db.session.flush()


def _json(details: ContactDetails) -> dict[str, Any]:
    return asdict(details) | {"phones": list(details.phones)}


def _values(contact: Contact) -> dict[str, Any]:
    return {name: getattr(contact, name) for name in ContactDetails.__dataclass_fields__}


def _record(actor: Actor, verb: str, contact: Contact, now: datetime, **details: Any) -> None:
    audit.record(
        actor=actor,
        act=f"contact.{verb}",
        subject=contact.organization,
        name=contact.full_name or contact.email or contact.post,
        now=now,
        contact=contact.public_id,
        **details,
    )
