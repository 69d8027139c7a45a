"""The protocol order of an event's delegations: every page, list, plate and file asks here."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from app.db import db
from app.domain.events import ProtocolOrder
from app.domain.protocol import Delegation, Rule, order_delegations
from app.models.directory import Organization
from app.models.events import Event, Side
from app.models.invitations import Invitation
from app.queries import registrations

_BY_LIST = (Side.position.nulls_first(), Invitation.position, Invitation.id)
"""The order of an event that follows the list of guests: the hosts, then side by side."""


def rank(event: Event) -> list[int]:
    """Return the numbers of all invitations of the event in protocol order.

    Those that are left out of a list are left out of this: a place by hand counts among all of them.
    """
    best = registrations.best_precedences(event) if event.protocol_order is ProtocolOrder.PRECEDENCE else {}
    everybody = (
        Delegation(
            of=row.id,
            side=row.side,
            invited=row.invited,
            names=row.short_names or row.names,
            precedence=best.get(row.id) if row.precedence is None else row.precedence,
            credentials_at=row.credentials_at,
            manual=row.manual,
        )
        for row in db.session.execute(_WHAT_COUNTS.where(Invitation.event_id == event.id))
    )
    rule = Rule(order=event.protocol_order, language=event.order_language, letter=event.order_letter)
    return order_delegations(everybody, rule)


def rank_page(
    event: Event,
    chosen: sa.Select[Any] | None = None,
    params: Mapping[str, object] | None = None,
    *,
    limit: int | None = None,
    offset: int = 0,
) -> Sequence[int]:
    """Return a page of the chosen invitations (None: of all) in protocol order.

    `chosen` selects their numbers, joined with organisation and side; `params` are what it is executed with.
    The database alone sorts and cuts where the order is that of the list and nobody was placed by hand.
    """
    found = _EVERYBODY.where(Invitation.event_id == event.id) if chosen is None else chosen
    if event.protocol_order is ProtocolOrder.AS_INVITED and not _has_places_by_hand(event):
        page = found.order_by(*_BY_LIST).limit(limit).offset(offset)
        return db.session.scalars(page, params).all()
    wanted = set(db.session.scalars(found, params))
    everybody = [number for number in rank(event) if number in wanted]
    return everybody[offset : None if limit is None else offset + limit]


def _has_places_by_hand(event: Event) -> bool:
    placed = sa.exists().where(Invitation.event_id == event.id, Invitation.protocol_position.is_not(None))
    return bool(db.session.scalar(sa.select(placed)))


_EVERYBODY = sa.select(Invitation.id).join(Invitation.organization).outerjoin(Invitation.side)
_WHAT_COUNTS = (
    sa.select(
        Invitation.id,
        Side.position.label("side"),
        Invitation.position.label("invited"),
        Organization.short_names,
        Organization.names,
        Organization.precedence,
        Organization.credentials_at,
        Invitation.protocol_position.label("manual"),
    )
    .join(Invitation.organization)
    .outerjoin(Invitation.side)
)
