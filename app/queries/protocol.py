"""The protocol order of an event's delegations: every page, list, plate and file asks here."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from app.db import db
from app.domain.collation import collation_key
from app.domain.events import ProtocolOrder
from app.domain.protocol import Delegation, Rule, order_delegations, put_by_hand
from app.models.directory import Organization
from app.models.events import Event, Side
from app.models.invitations import Invitation
from app.models.registrations import Delegate
from app.queries import registrations


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
            names={**row.names, **row.short_names},
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
    The database alone sorts, and cuts where nobody was placed by hand, unless names go by another language
    than that of the keys which are kept.
    """
    everybody = _EVERYBODY.where(Invitation.event_id == event.id)
    found = everybody if chosen is None else chosen
    by_hand = _list_places_by_hand(event)
    if not by_hand and (page := _sort(found, event)) is not None:
        return db.session.scalars(page.limit(limit).offset(offset), params).all()
    others = _sort(everybody.where(Invitation.protocol_position.is_(None)), event)
    ranked = rank(event) if others is None else put_by_hand(db.session.scalars(others), by_hand)
    wanted = set(db.session.scalars(found, params))
    ranked = [number for number in ranked if number in wanted]
    return ranked[offset : None if limit is None else offset + limit]


def _list_places_by_hand(event: Event) -> dict[int, int]:
    """Return the places by hand by number of the invitation, as invited."""
    placed = sa.select(Invitation.id, Invitation.protocol_position).where(
        Invitation.event_id == event.id, Invitation.protocol_position.is_not(None)
    )
    return {row.id: row.protocol_position for row in db.session.execute(placed.order_by(Invitation.position))}


def _sort(found: sa.Select[Any], event: Event) -> sa.Select[Any] | None:
    """Return the selection sorted by the database; None where it keeps no keys of the language."""
    order, name = event.protocol_order, Organization.sort_key
    keys: tuple[sa.ColumnElement[Any], ...] = ()
    if order is ProtocolOrder.PRECEDENCE:
        best = registrations.BEST_PRECEDENCES.where(Delegate.event_id == event.id).subquery("best")
        found = found.outerjoin(best, best.c.invitation_id == Invitation.id)
        ranks = sa.func.coalesce(Organization.precedence, best.c.precedence)
        keys = (ranks.asc().nulls_last(), Organization.credentials_at.asc().nulls_last())
    elif order is not ProtocolOrder.AS_INVITED:
        if event.order_language != "vi":
            return None
        drawn = collation_key(event.order_letter or "")[:2] if order is ProtocolOrder.DRAWN_LETTER else ""
        keys = (sa.case((sa.func.substr(name, 1, 2) < drawn, 1), else_=0), name.asc())
    return found.order_by(Side.position.nulls_first(), *keys, Invitation.position, Invitation.id)


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
