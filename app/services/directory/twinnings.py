"""Use-cases of twinnings: two localities, listed on both (B17)."""

from datetime import date, datetime

from app.domain.directory import OrganizationKind
from app.domain.errors import InvalidInput
from app.domain.languages import in_language
from app.domain.policy import Actor, Permission, require
from app.models.directory import Organization, Twinning
from app.queries import organizations as lookup
from app.queries.organizations import get_named
from app.services import audit
from app.services.transaction import unit_of_work

_LOCALITIES = {OrganizationKind.LOCALITY, OrganizationKind.FOREIGN_LOCALITY}


def twin(*, actor: Actor, organization: str, partner: str, since: date | None, now: datetime) -> str:
    """Twin a locality with a partner, found by code or name; done twice it makes nothing twice."""
    require(actor, Permission.MANAGE_DIRECTORY)
    with unit_of_work() as session:
        here, there = lookup.get(organization), get_named(partner, field="partner")
        _require_two_localities(here, there)
        present = next((t for t in lookup.list_twinnings(here) if there in (t.first, t.second)), None)
        if present is not None:
            return present.public_id
        first, second = sorted((here, there), key=lambda row: row.id)
        twinning = Twinning(first=first, second=second, since=since)
        session.add(twinning)
        session.flush()
        _record(actor, "add", twinning, now)
        return twinning.public_id


def untwin(*, actor: Actor, organization: str, twinning: str, now: datetime) -> None:
    """Remove a twinning of this locality."""
    require(actor, Permission.MANAGE_DIRECTORY)
    with unit_of_work() as session:
        row = lookup.get_twinning(lookup.get(organization), twinning)
        _record(actor, "remove", row, now)
        session.delete(row)


def _require_two_localities(here: Organization, there: Organization) -> None:
    if here is there:
        raise InvalidInput("twin_of_itself", field="partner")
    if not {here.kind, there.kind} <= _LOCALITIES:
        raise InvalidInput("twin_not_locality", field="partner")


def _record(actor: Actor, verb: str, twinning: Twinning, now: datetime) -> None:
    """Record in the history of both."""
    for here, there in ((twinning.first, twinning.second), (twinning.second, twinning.first)):
        name = in_language(here.names, "vi")
        audit.record(
            actor=actor, act=f"twinning.{verb}", subject=here, name=name, now=now, partner=there.code
        )
