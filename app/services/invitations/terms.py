"""Terms of invitations: quota, deadline, language, letter, side, address; and the order of the list."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.domain.errors import Conflict, NotFound
from app.domain.invitations import CommonTerms, Terms, require_quota
from app.domain.languages import in_language
from app.domain.policy import Actor, Permission, require
from app.models.events import Event
from app.models.invitations import Invitation
from app.services import audit
from app.services.invitations import rows
from app.services.registrations import places, promotion, reservations
from app.services.transaction import unit_of_work


def change(*, actor: Actor, slug: str, invitation: str, revision: int, command: Terms, now: datetime) -> bool:
    """Set the terms of one invitation; a letter that waits for release is dropped, for it says the old ones.

    Raises Conflict("changed_meanwhile") unless `revision` is the present one, and "quota_below_taken".
    """
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.lock_event(session, slug, actor)
        found = rows.lock_invitation(session, invitation, slug=slug)
        if found.revision != revision:
            raise Conflict("changed_meanwhile")
        require_quota(command.quota, found.taken, command.reserved)
        values = {**vars(command), "side_id": rows.side_id(session, event, command.side)}
        del values["side"]
        _apply(session, actor, found, values, now)
        _settle_places(session, event, now)
        rows.drop_drafts(session, [found.id])
        return True


def change_many(
    *, actor: Actor, slug: str, invitations: Collection[str], command: CommonTerms, now: datetime
) -> int:
    """Set those terms that are given for several invitations; return how many were chosen."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.lock_event(session, slug, actor)
        chosen = rows.lock_chosen(session, event, invitations)
        values = {name: value for name, value in vars(command).items() if value is not None}
        if "side" in values:
            values["side_id"] = rows.side_id(session, event, values.pop("side"))
        for found in chosen:
            reserved = values.get("reserved", found.reserved)
            require_quota(values.get("quota", found.quota), found.taken, reserved)
            _apply(session, actor, found, values, now)
        _settle_places(session, event, now)
        rows.drop_drafts(session, [found.id for found in chosen])
        return len(chosen)


def reorder(*, actor: Actor, slug: str, invitations: Sequence[str], now: datetime) -> None:
    """Put the list in this order; invitations that are not named follow in the order they had (A16)."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.lock_event(session, slug, actor)
        present = _order(session, event)
        named = [public_id for public_id in dict.fromkeys(invitations) if public_id in present]
        rest = [public_id for public_id in present if public_id not in set(named)]
        _number(session, event, [present[public_id] for public_id in (*named, *rest)])
        _tell_order(actor, event, now)


def move(*, actor: Actor, slug: str, invitation: str, place: int, now: datetime) -> None:
    """Put one institution at a place of the list, counted from 1; the others keep their order."""
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.lock_event(session, slug, actor)
        present = _order(session, event)
        if invitation not in present:
            raise NotFound("not_found")
        moved = present.pop(invitation)
        numbers = list(present.values())
        numbers.insert(min(max(place - 1, 0), len(numbers)), moved)
        _number(session, event, numbers)
        _tell_order(actor, event, now)


def _order(session: Session, event: Event) -> dict[str, int]:
    """Return public id and number of the invitations in list order."""
    found = session.execute(
        sa.select(Invitation.public_id, Invitation.id)
        .where(Invitation.event_id == event.id)
        .order_by(Invitation.position, Invitation.id)
    )
    return dict(found.all())


def _number(session: Session, event: Event, order: Sequence[int]) -> None:
    if order:
        places = {number: place for place, number in enumerate(order, 1)}
        session.execute(
            sa.update(Invitation)
            .where(Invitation.event_id == event.id)
            .values(position=sa.case(places, value=Invitation.id))
            .execution_options(synchronize_session=False)
        )


def _tell_order(actor: Actor, event: Event, now: datetime) -> None:
    audit.record(
        actor=actor,
        act="event.reorder_guests",
        subject=event,
        name=in_language(event.titles, "vi"),
        now=now,
        event_id=event.id,
    )


def _settle_places(session: Session, event: Event, now: datetime) -> None:
    """See that nothing is promised twice, and give those who wait what became free."""
    reservations.require_room(session, event.id)
    promotion.fill(session, event.id, (), now)


def _apply(
    session: Session, actor: Actor, invitation: Invitation, values: dict[str, Any], now: datetime
) -> None:
    changed = {name: value for name, value in values.items() if getattr(invitation, name) != value}
    if not changed:
        return
    if "side_id" in changed:
        places.change_side(session, invitation, changed["side_id"])
    for name, value in changed.items():
        setattr(invitation, name, value)
    audit.record(
        actor=actor,
        act="invitation.change_terms",
        subject=invitation,
        name=in_language(invitation.organization.names, "vi"),
        now=now,
        event_id=invitation.event_id,
        changed=sorted(changed),
    )
