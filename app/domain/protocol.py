"""Protocol order: one rule for pages, lists, name plates and exports, with a manual override above it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from app.domain.collation import collation_key
from app.domain.events import ProtocolOrder
from app.domain.languages import Translated, in_language
from app.domain.registrations import DelegateRole

T = TypeVar("T")
_LAST = 10_000
_NEVER = datetime.max.replace(tzinfo=UTC)
_ROLES = {role: place for place, role in enumerate(DelegateRole)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How the delegations of an event are ordered; `letter` is the one that was drawn."""

    order: ProtocolOrder = ProtocolOrder.AS_INVITED
    language: str = "vi"
    letter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation(Generic[T]):
    """What the order of a delegation depends on; `of` is whose it is.

    `side` is the place of its side, None for those on no side: the hosts, who come first. `precedence` is
    the class of its head of mission (Vienna Convention, Articles 14 and 16), `credentials_at` orders within
    it; `manual` is the place that the protocol officer gave it among all of them, from 1.
    """

    of: T
    side: int | None
    invited: int
    names: Translated
    precedence: int | None = None
    credentials_at: datetime | None = None
    manual: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Generic[T]):
    """What the order within a delegation depends on."""

    of: T
    role: DelegateRole
    precedence: int | None
    position: int
    sort_name: str


def order_delegations(delegations: Iterable[Delegation[T]], rule: Rule) -> list[T]:
    """Return whose delegations they are in protocol order: side by side, by the rule, override last."""
    every = list(delegations)
    key = _keys(rule)
    placed = sorted(
        (delegation for delegation in every if delegation.manual is None),
        key=lambda delegation: (_place(delegation.side, first=-1), key(delegation), delegation.invited),
    )
    moved = [delegation for delegation in every if delegation.manual is not None]
    moved.sort(key=lambda delegation: delegation.invited)
    by_hand = {delegation.of: delegation.manual or 1 for delegation in moved}
    return put_by_hand([delegation.of for delegation in placed], by_hand)


def put_by_hand(placed: Iterable[T], by_hand: Mapping[T, int]) -> list[T]:
    """Return those whom the rule has placed with those who have places by hand (from 1), as invited."""
    ordered = list(placed)
    for one in sorted(by_hand, key=lambda one: by_hand[one]):
        ordered.insert(max(by_hand[one] - 1, 0), one)
    return ordered


def places_after_move(ordered: Sequence[T], by_hand: Collection[T], moved: T, place: int) -> dict[T, int]:
    """Return the places by hand after `moved` was put at `place` (from 1) of the present order.

    Those that have places by hand keep to where they then stand; all others go on following the rule.
    """
    others = [thing for thing in ordered if thing != moved]
    others.insert(max(place - 1, 0), moved)
    places = number_of(others)
    return {thing: places[thing] for thing in (*by_hand, moved)}


def order_members(members: Iterable[Member[T]]) -> list[T]:
    """Return whose they are: the head, then by precedence, role and the order of the institution."""
    ordered = sorted(
        members,
        key=lambda member: (
            member.role is not DelegateRole.HEAD_OF_DELEGATION,
            _place(member.precedence, first=_LAST),
            _ROLES[member.role],
            member.position,
            collation_key(member.sort_name),
        ),
    )
    return [member.of for member in ordered]


def number_of(ordered: Sequence[T]) -> dict[T, int]:
    """Return the place of each, counted from 1."""
    return {thing: place for place, thing in enumerate(ordered, 1)}


def _keys(rule: Rule) -> Callable[[Delegation[Any]], tuple[object, ...]]:
    def by_precedence(delegation: Delegation[Any]) -> tuple[object, ...]:
        return (_place(delegation.precedence, first=_LAST), delegation.credentials_at or _NEVER)

    def by_name(delegation: Delegation[Any]) -> tuple[object, ...]:
        return (_name_key(delegation, rule),)

    def by_drawn_letter(delegation: Delegation[Any]) -> tuple[object, ...]:
        key = _name_key(delegation, rule)
        return (_letter(key) < _letter(collation_key(rule.letter or "", rule.language)), key)

    return {
        ProtocolOrder.PRECEDENCE: by_precedence,
        ProtocolOrder.ALPHABETICAL: by_name,
        ProtocolOrder.DRAWN_LETTER: by_drawn_letter,
        ProtocolOrder.AS_INVITED: lambda _: (),
    }[rule.order]


def _name_key(delegation: Delegation[Any], rule: Rule) -> str:
    return collation_key(in_language(delegation.names, rule.language), rule.language)


def _letter(key: str) -> str:
    """Return the first letter of a collation key: two of its characters."""
    return key[:2]


def _place(place: int | None, *, first: int) -> int:
    return first if place is None else place
