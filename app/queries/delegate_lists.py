"""The delegates of an event as a list in protocol order, and the part of it that one wants to see."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.collation import collation_key
from app.domain.protocol import Member, number_of, order_members
from app.domain.registrations import DelegateFilters, SeatState
from app.domain.text import fold
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.registrations import Delegate
from app.queries import protocol, registrations


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
    rank = protocol.rank(event)
    ordered = [*_in_order(present, rank), *_in_order(withdrawn, rank)]
    return [Line(number, delegate) for delegate, number in number_of(ordered).items()]


def list_delegations(event: Event) -> list[Invitation]:
    """Return the invited institutions in protocol order, also those that named nobody yet."""
    invited = {row.id: row for row in registrations.list_institutions(event)}
    return [invited[number] for number in protocol.rank(event)]


def select(lines: Iterable[Line], filters: DelegateFilters) -> list[Line]:
    """Return the lines that meet the filters; numbers stay those of the whole list."""
    return [line for line in lines if _meets(line.delegate, filters)]


def count_states(lines: Iterable[Line]) -> Mapping[str, int]:
    """Return how many are confirmed, wait (for the event or one session), withdrew, and how many attended."""
    delegates = [line.delegate for line in lines]
    counts = Counter(delegate.state.value for delegate in delegates)
    counts["waiting"] = sum(map(_waits, delegates))
    counts["attended"] = sum(delegate.attended is True for delegate in delegates)
    return counts


def _waits(delegate: Delegate) -> bool:
    return SeatState.WAITING in {delegate.state, *(seat.state for seat in delegate.seats)}


def _in_order(delegates: Sequence[Delegate], rank: Sequence[int]) -> list[Delegate]:
    """Sort by delegation, those who came alone after all of them by name; within it by the person."""
    places = number_of(rank)
    groups: dict[int, list[Delegate]] = {}
    for delegate in delegates:
        # Who came alone is a delegation of one: negative numbers cannot be those of invitations.
        groups.setdefault(delegate.invitation_id or -delegate.id, []).append(delegate)
    ordered = sorted(groups, key=lambda key: (places.get(key, len(places) + 1), _alone_key(groups[key][0])))
    return [delegate for key in ordered for delegate in order_members(map(_member, groups[key]))]


def _alone_key(delegate: Delegate) -> str:
    person = delegate.person
    return "" if delegate.invitation_id else collation_key(person.organization_name or person.sort_name)


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
