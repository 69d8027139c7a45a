"""Find organisations that are perhaps the same: by name, kind and place; never by nearness of letters."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations

from app.domain.directory import HOME, OrganizationKind, Period
from app.domain.naming import Countries, Name, agree, read
from app.domain.naming_words import ASSOCIATION, CONSULATE, EMBASSY, FAMILIES, RANKS_AROUND, RANKS_BEFORE
from app.domain.organizations import Details
from app.domain.text import fold

_ALWAYS = Period(None, None)
_RANKS = {fold(word): rank for word, rank in {**RANKS_BEFORE, **RANKS_AROUND}.items()}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known about an organisation when it is compared; `key` tells it from the others."""

    key: str
    kind: OrganizationKind
    names: tuple[str, ...]
    """Names, short names, abbreviation, aliases, in any language."""
    ranks: tuple[str, ...] = ()
    """Finer words for the kind: tỉnh, republic."""
    country: str | None = None
    host_country: str | None = None
    cities: tuple[str, ...] = ()
    parent: str | None = None
    successor: str | None = None
    period: Period = _ALWAYS


@dataclass(frozen=True)
class Agreement:
    """Two names that mean the same, as each writes it."""

    one: str
    other: str


class Profile:
    """An organisation with its names read once."""

    def __init__(self, facts: Facts, countries: Countries) -> None:
        self.facts = facts
        self.family = FAMILIES[facts.kind]
        read_names = chain.from_iterable(read(text, self.family, countries) for text in facts.names)
        self.names = list(dict.fromkeys((*read_names, *_by_seat(facts, self.family))))
        own = {name.rank for name in self.names if name.rank}
        self.ranks = own | {rank for word in facts.ranks if (rank := _RANKS.get(fold(word)))}
        self.cities = _cities(facts)

    @property
    def spellings(self) -> set[str]:
        """Return what an index finds it by."""
        return {name.own for name in self.names} | {name.sound for name in self.names if name.sound}


def facts_of(details: Details, key: str) -> Facts:
    """Return what somebody typed, as it is compared."""
    names = (*details.names.values(), *details.short_names.values(), details.abbreviation, *details.aliases)
    return Facts(
        key=key,
        kind=details.kind,
        names=tuple(name for name in names if name),
        ranks=tuple(details.kind_labels.values()),
        country=details.country,
        host_country=details.host_country,
        cities=tuple(details.city.values()),
        period=Period(details.valid_from, details.valid_to),
    )


def compare(one: Profile, other: Profile) -> Agreement | None:
    """Return by which names two organisations are perhaps the same; the order does not matter."""
    if _told_apart(one, other):
        return None
    agreeing = (Agreement(a.text, b.text) for a in one.names for b in other.names if agree(a, b))
    return next(agreeing, None)


class Index:
    """Many organisations, found by what they are called."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self._found: dict[str, list[Profile]] = defaultdict(list)
        for profile in profiles:
            self.add(profile)

    def add(self, profile: Profile) -> None:
        """Take in one more."""
        for spelling in profile.spellings:
            self._found[spelling].append(profile)

    def like(self, wanted: Profile) -> list[tuple[Profile, Agreement]]:
        """Return those that are perhaps the same as `wanted`, itself left out."""
        near = {p.facts.key: p for spelling in wanted.spellings for p in self._found.get(spelling, ())}
        near.pop(wanted.facts.key, None)
        compared = ((near[key], compare(wanted, near[key])) for key in sorted(near))
        return [(profile, agreement) for profile, agreement in compared if agreement]

    def pairs(self) -> Iterator[tuple[Profile, Profile, Agreement]]:
        """Yield every two that are perhaps the same, once, in the order of their keys."""
        near: dict[tuple[str, str], tuple[Profile, Profile]] = {}
        for found in self._found.values():
            for two in combinations(sorted(found, key=lambda profile: profile.facts.key), 2):
                near[two[0].facts.key, two[1].facts.key] = two
        for keys in sorted(near):
            if agreement := compare(*near[keys]):
                yield (*near[keys], agreement)


def _told_apart(one: Profile, other: Profile) -> bool:
    """Tell whether something known says that they are two: place, rank, time, what stands above."""
    a, b = one.facts, other.facts
    if any(_differ(getattr(a, name), getattr(b, name)) for name in ("country", "host_country", "parent")):
        return True
    if a.successor == b.key or b.successor == a.key or not _overlap(a.period, b.period):
        return True
    if one.ranks and other.ranks and not one.ranks & other.ranks:
        return True
    seated = one.family == other.family and one.family in {CONSULATE, ASSOCIATION}
    return bool(seated and one.cities and other.cities and not one.cities & other.cities)


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _overlap(one: Period, other: Period) -> bool:
    starts = max((p.first for p in (one, other) if p.first), default=None)
    ends = min((p.last for p in (one, other) if p.last), default=None)
    return starts is None or ends is None or starts <= ends


def _by_seat(facts: Facts, family: str | None) -> Iterator[Name]:
    """Yield the names that letters give a mission: who sends it, and where it sits."""
    if not facts.country or family not in {EMBASSY, CONSULATE}:
        return
    sender = f"@{facts.country.lower()}"
    host = f"@{facts.host_country.lower()}" if facts.host_country else ""
    seats = [city.replace(" ", "") for city in _cities(facts)]
    if family == CONSULATE:
        seats += [f"{seat}{host}" for seat in seats if host]
    else:
        seats += [host] if host else []
        seats += [""] if facts.host_country == HOME else []
    own = dict.fromkeys(f"{sender}{seat}" for seat in seats)
    shown = facts.names[0] if facts.names else facts.key
    yield from (Name(shown, family, None, known, known, "") for known in own)


def _cities(facts: Facts) -> set[str]:
    cities = (fold(part) for city in facts.cities for part in city.split("/"))
    return {city.removeprefix("thanh pho ").removesuffix(" city") for city in cities}
