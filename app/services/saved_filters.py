"""Keep a filter of a list for oneself, rename it, let go of it: personal, so no history tells of it."""

from datetime import datetime

from app.domain.errors import Conflict
from app.domain.policy import Actor, Permission, require
from app.domain.saved_filters import OF_EVENTS, SaveFilter, require_room
from app.models.accounts import Account
from app.models.saved_filters import SavedFilter
from app.queries import events, saved_filters
from app.services.transaction import unit_of_work


def save(*, actor: Actor, command: SaveFilter, now: datetime) -> str:
    """Keep a filter and return its public id; the same sent twice is kept once.

    Raises Conflict("filter_exists") where the list offers another of this name, Conflict("filters_full").
    """
    require(actor, Permission.READ)
    with unit_of_work() as session:
        session.get_one(Account, actor.account_id, with_for_update=True)  # they are counted
        of_event = command.shown_on in OF_EVENTS
        event = events.get(command.slug or "", actor) if of_event else None
        row = SavedFilter(
            account_id=actor.account_id,
            shown_on=command.shown_on,
            event_id=None if event is None or command.is_everywhere else event.id,
            name=command.name,
            query=command.query,
            created_at=now,
        )
        if present := saved_filters.find_named(actor, command.shown_on, event, command.name):
            if (present.query, present.event_id) == (row.query, row.event_id):
                return present.public_id
            raise Conflict("filter_exists", field="name", name=command.name)
        require_room(saved_filters.count(actor))
        session.add(row)
        session.flush()
        return row.public_id


def rename(*, actor: Actor, saved: str, name: str) -> str:
    """Give one's own filter another name, and return the name.

    Raises Conflict("filter_exists") where it would stand on a list beside another of this name.
    """
    require(actor, Permission.READ)
    with unit_of_work() as session:
        session.get_one(Account, actor.account_id, with_for_update=True)  # no name is taken meanwhile
        row = saved_filters.get(actor, saved)
        if saved_filters.has_namesake(actor, row, name):
            raise Conflict("filter_exists", field="name", name=name)
        row.name = name
        return name


def delete(*, actor: Actor, saved: str) -> None:
    """Let go of one's own filter."""
    require(actor, Permission.READ)
    with unit_of_work() as session:
        session.delete(saved_filters.get(actor, saved))
