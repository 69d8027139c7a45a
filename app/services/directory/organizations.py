"""Use-cases of organisations: create, edit, close with a successor, open again."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import orm

from app.domain.directory import changes
from app.domain.errors import Conflict
from app.domain.languages import in_language
from app.domain.organizations import (
    Details,
    as_json,
    new_code,
    require_code,
    require_no_circle,
    require_order,
)
from app.domain.policy import Actor, Permission, require
from app.models.directory import Organization
from app.queries import directory, references
from app.queries import organizations as lookup
from app.queries.organizations import get_named
from app.services import audit
from app.services.directory.facts import LINKS, names_of, put, stored
from app.services.transaction import unit_of_work

_FIELDS = names_of(Details)


def create(*, actor: Actor, code: str | None, details: Details, now: datetime) -> str:
    """Add an organisation and return its public id; without a code it gets one made from its name."""
    require(actor, Permission.MANAGE_DIRECTORY)
    with unit_of_work() as session:
        organization = add(session, Codes(), code, details)
        session.flush()
        _record(actor, "create", organization, now)
        return organization.public_id


class Codes:
    """The codes that are taken, read once."""

    def __init__(self) -> None:
        self._taken = set(directory.list_codes())
        self._next: dict[str, int] = {}

    def choose(self, code: str | None, details: Details) -> str:
        """Return the code if it is free, without one a new one made from the name."""
        free = code or self._make(details)
        require_code(free)
        if free in self._taken:
            raise Conflict("code_taken", field="code", taken=free)
        self._taken.add(free)
        return free

    def _make(self, details: Details) -> str:
        stem = new_code(details.abbreviation or in_language(details.names, "en"))
        number = self._next.get(stem, 1)
        while (free := stem if number == 1 else f"{stem}-{number}") in self._taken:
            number += 1
        self._next[stem] = number + 1
        return free


def add(session: orm.Session, codes: Codes, code: str | None, details: Details) -> Organization:
    """Add an organisation in the caller's transaction; it is written with the next flush."""
    organization = Organization(code=codes.choose(code, details))
    write(organization, details)
    session.add(organization)
    return organization


def edit(*, actor: Actor, organization: str, details: Details, revision: int, now: datetime) -> str:
    """Change an organisation, found by public id; what changed stands in its history."""
    require(actor, Permission.MANAGE_DIRECTORY)
    with unit_of_work():
        row = _get(organization, revision)
        before = stored(row, _FIELDS)
        write(row, details)
        differing = changes(before, stored(row, _FIELDS))
        if differing:
            _record(actor, "edit", row, now, changes=differing)
        return row.public_id


def close(
    *, actor: Actor, organization: str, last_day: date, successor: str | None, revision: int, now: datetime
) -> str:
    """End an organisation after `last_day`; `successor` is the code or name of the one that follows it."""
    require(actor, Permission.MANAGE_DIRECTORY)
    with unit_of_work():
        row = _get(organization, revision)
        require_order(row.valid_from, last_day, "last_day")
        row.successor = get_named(successor, field="successor") if successor else None
        row.valid_to = last_day
        _require_no_circle(row, "successor")
        follower = row.successor.code if row.successor else None
        _record(actor, "close", row, now, last_day=last_day.isoformat(), successor=follower)
        return row.public_id


def reopen(*, actor: Actor, organization: str, revision: int, now: datetime) -> str:
    """Take back that an organisation was closed."""
    require(actor, Permission.MANAGE_DIRECTORY)
    with unit_of_work():
        row = _get(organization, revision)
        row.valid_to = row.successor = None
        _record(actor, "reopen", row, now)
        return row.public_id


def remove(*, actor: Actor, organization: str, revision: int, now: datetime) -> None:
    """Delete an organisation that nothing uses, with its contacts; whatever was used is closed instead."""
    require(actor, Permission.MANAGE_DIRECTORY)
    with unit_of_work() as session:
        row = _get(organization, revision)
        if references.count_uses(row).keys() - {"contacts"}:
            raise Conflict("organization_used")
        _record(actor, "remove", row, now, code=row.code)
        for contact in row.contacts:
            session.delete(contact)
        session.flush()
        session.delete(row)


def _get(public_id: str, revision: int) -> Organization:
    row = lookup.get(public_id)
    if row.revision != revision:
        raise Conflict("changed_meanwhile")
    return row


def write(row: Organization, details: Details) -> None:
    """Put what people said into the row, links included."""
    values = as_json(details)
    region = get_named(values["region"], field="region").code if values["region"] else None
    put(row, {**values, "region": region})
    for link in sorted(LINKS):
        if values[link]:
            setattr(row, link, get_named(values[link], field=link))
        elif getattr(row, link) is not None:  # nothing set to nothing is a change to the flush
            setattr(row, link, None)
        _require_no_circle(row, link)


def _require_no_circle(row: Organization, link: str) -> None:
    """Follow one link (parent, successor) from the row; it must not come back."""
    line: dict[str, str | None] = {}
    here: Organization | None = row
    while here is not None and here.code not in line:
        above: Organization | None = getattr(here, link)
        line[here.code] = above.code if above else None
        here = above
    require_no_circle(line, link)


def _record(actor: Actor, verb: str, row: Organization, now: datetime, **details: Any) -> None:
    audit.record(
        actor=actor,
        act=f"organization.{verb}",
        subject=row,
        name=in_language(row.names, "vi"),
        now=now,
        **details,
    )
