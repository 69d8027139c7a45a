"""Use-cases of telling organisations apart that look alike."""

from datetime import datetime

from app.domain.errors import InvalidInput
from app.domain.languages import in_language
from app.domain.policy import Actor, Permission, require
from app.models.directory import Organization
from app.models.upkeep import Distinction
from app.queries import likeness
from app.queries import organizations as lookup
from app.services import audit
from app.services.transaction import unit_of_work


def tell_apart(*, actor: Actor, one: str, other: str, now: datetime) -> None:
    """Decide that two are not the same: nobody is asked about them again."""
    require(actor, Permission.MANAGE_DIRECTORY)
    with unit_of_work() as session:
        first, second = sorted((lookup.get(one), lookup.get(other)), key=lambda row: row.id)
        if first is second:
            raise InvalidInput("merge_of_itself")
        if likeness.find_distinction(first, second) is None:
            session.add(Distinction(first=first, second=second, decided_at=now, decided_by=actor.name))
            _record(actor, "tell_apart", first, second, now)


def ask_again(*, actor: Actor, one: str, other: str, now: datetime) -> None:
    """Take the decision back."""
    require(actor, Permission.MANAGE_DIRECTORY)
    with unit_of_work() as session:
        first, second = lookup.get(one), lookup.get(other)
        if decision := likeness.find_distinction(first, second):
            session.delete(decision)
            _record(actor, "ask_again", first, second, now)


def _record(actor: Actor, verb: str, first: Organization, second: Organization, now: datetime) -> None:
    for here, there in ((first, second), (second, first)):
        name = in_language(here.names, "vi")
        audit.record(
            actor=actor, act=f"organization.{verb}", subject=here, name=name, now=now, other=there.code
        )
