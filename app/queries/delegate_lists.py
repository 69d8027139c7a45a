"""The delegates of an event as a list in protocol order, and the part of it that one wants to see."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.domain.protocol import (
    Delegation,
    Member,
    Rule,
    number_of,
    order_delegations,
    order_members,
)
from app.domain.registrations import DelegateFilters, SeatState
from app.domain.text import fold
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.registrations import Delegate
from app.queries import registrations

T = TypeVar("T")
_AFTER_ALL_SIDES = 10_000


@dataclass(frozen=True, slots=True)
class Line:
    """A delegate with his number in protocol order."""

    number: int
    delegate: Delegate


def list_lines(event: Event) -> list[Line]:
    """Return everybody in protocol order; people who withdrew come last and have no part in the order."""
    delegates = registrations.list_of_event(event)
    present = [delegate for delegate in delegates if delegate.state is not SeatState.WITHDRAWN]
    withdrawn = [delegate for delegate in delegates if delegate.state is SeatState.WITHDRAWN]
    ordered = [*_in_order(present, event), *_in_order(withdrawn, event)]
    return [Line(number, delegate) for delegate, number in number_of(ordered).items()]


def list_delegations(event: Event) -> list[Invitation]:
    """Return the invited institutions in protocol order, also those that named nobody yet."""
    invited = registrations.list_institutions(event)
    best = registrations.best_precedences(event)
    return order_delegations((_place_of(row, best.get(row.id), of=row) for row in invited), _rule(event))


def select(lines: Iterable[Line], filters: DelegateFilters) -> list[Line]:
    """Return the lines that meet the filters; numbers stay those of the whole list."""
    return [line for line in lines if _meets(line.delegate, filters)]


def count_states(lines: Iterable[Line]) -> Mapping[str, int]:
    """Return how many are confirmed, wait, withdrew, and how many attended."""
    delegates = [line.delegate for line in lines]
    counts = Counter(delegate.state.value for delegate in delegates)
    counts["attended"] = sum(delegate.attended is True for delegate in delegates)
    return counts


def _in_order(delegates: Sequence[Delegate], event: Event) -> list[Delegate]:
    groups: dict[int, list[Delegate]] = {}
    for delegate in delegates:
        # Who came alone is a delegation of one: negative numbers cannot be those of invitations.
        groups.setdefault(delegate.invitation_id or -delegate.id, []).append(delegate)
    ordered = order_delegations((_delegation(key, group) for key, group in groups.items()), _rule(event))
    return [delegate for key in ordered for delegate in order_members(map(_member, groups[key]))]


def _delegation(key: int, group: Sequence[Delegate]) -> Delegation[int]:
    invitation = group[0].invitation
    if invitation is None:
        person = group[0].person
        named = {"vi": person.organization_name or person.sort_name}
        return Delegation(of=key, side=_AFTER_ALL_SIDES, invited=-key, names=named)
    known = [found for delegate in group if (found := delegate.person.precedence) is not None]
    return _place_of(invitation, min(known, default=None), of=key)


def _place_of(invitation: Invitation, best: int | None, *, of: T) -> Delegation[T]:
    """Return what the place of an institution depends on; `best` is the highest of its people."""
    organization = invitation.organization
    return Delegation(
        of=of,
        side=invitation.side.position if invitation.side else None,
        invited=invitation.position,
        names=organization.short_names or organization.names,
        precedence=best if organization.precedence is None else organization.precedence,
        credentials_at=organization.credentials_at,
        manual=invitation.protocol_position,
    )


def _rule(event: Event) -> Rule:
    return Rule(order=event.protocol_order, language=event.order_language, letter=event.order_letter)


def _member(delegate: Delegate) -> Member[Delegate]:
    person = delegate.person
    return Member(
        of=delegate,
        role=delegate.role,
        precedence=person.precedence,
        position=delegate.position,
        sort_name=person.sort_name,
    )


def _meets(delegate: Delegate, filters: DelegateFilters) -> bool:
    invitation = delegate.invitation
    sessions = {seat.session.public_id for seat in delegate.seats if seat.state is not SeatState.WITHDRAWN}
    return (
        (filters.state is None or delegate.state is filters.state)
        and (filters.role is None or delegate.role is filters.role)
        and (filters.session is None or filters.session in sessions)
        and (filters.side is None or _side_of(invitation) == filters.side)
        and (filters.institution is None or _public_id(invitation) == filters.institution)
        and all(word in _searched(delegate) for word in fold(filters.words).split())
    )


def _side_of(invitation: Invitation | None) -> str | None:
    return invitation.side.public_id if invitation and invitation.side else None


def _public_id(invitation: Invitation | None) -> str | None:
    return invitation.public_id if invitation else None


def _searched(delegate: Delegate) -> str:
    person = delegate.person
    organization = person.organization
    texts = [
        person.full_name,
        person.native_name or "",
        person.organization_name,
        person.email or "",
        *person.posts.values(),
        *(organization.names.values() if organization else ()),
        (organization.abbreviation or "") if organization else "",
        delegate.public_id,
    ]
    return fold(" ".join(texts))
