"""Organisations: their kinds, generations in time, and the groups that are resolved when used."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.languages import Translated, in_language


class OrganizationKind(StrEnum):
    """What an organisation is; the words are those of the glossary."""

    MINISTRY = "ministry"
    DEPARTMENT_MINISTRY = "department_ministry"
    FOREIGN_AFFAIRS_DEPARTMENT = "foreign_affairs_department"
    LOCALITY = "locality"
    FOREIGN_LOCALITY = "foreign_locality"
    EMBASSY = "embassy"
    CONSULATE_GENERAL = "consulate_general"
    PERMANENT_MISSION = "permanent_mission"
    OFFICE = "office"
    FOREIGN_BUSINESS_ASSOCIATION = "foreign_business_association"
    BUSINESS_ASSOCIATION = "business_association"
    TRADE_PROMOTION_AGENCY = "trade_promotion_agency"
    CORPORATION = "corporation"
    ENTERPRISE = "enterprise"
    INTERNATIONAL_ORGANIZATION = "international_organization"
    OTHER = "other"


MISSIONS = frozenset(
    {
        OrganizationKind.EMBASSY,
        OrganizationKind.CONSULATE_GENERAL,
        OrganizationKind.PERMANENT_MISSION,
        OrganizationKind.OFFICE,
    }
)
HOME = "VN"


@dataclass(frozen=True)
class Period:
    """The days on which an organisation exists: from `first` (None: always) to `last`, both included."""

    first: date | None
    last: date | None

    def includes(self, day: date) -> bool:
        """Tell whether the organisation exists on `day`."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Criteria:
    """What a group asks of an organisation; empty means "any"."""

    kinds: frozenset[OrganizationKind] = frozenset()
    country: str | None = None
    host_country: str | None = None
    abroad: bool = False
    foreign: bool = False
    region: str | None = None


class GroupCode(StrEnum):
    """The name of a group in links."""

    LOCALITIES = "localities"
    MISSIONS_ABROAD = "missions_abroad"
    DIPLOMATIC_CORPS_HANOI = "diplomatic_corps_hanoi"
    CONSULATES_IN_VIETNAM = "consulates_in_vietnam"
    DELEGATIONS_IN_VIETNAM = "delegations_in_vietnam"
    FOREIGN_ASSOCIATIONS = "foreign_associations"
    BUSINESS_ASSOCIATIONS = "business_associations"
    FEDERAL_SUBJECTS = "federal_subjects"
    ENTERPRISES = "enterprises"


@dataclass(frozen=True)
class Group:
    """A group by rule: the members are whoever meets the criteria on the day it is used."""

    code: GroupCode
    criteria: Criteria


GROUPS: tuple[Group, ...] = (
    Group(GroupCode.LOCALITIES, Criteria(frozenset({OrganizationKind.LOCALITY}), country=HOME)),
    Group(GroupCode.MISSIONS_ABROAD, Criteria(MISSIONS, country=HOME, abroad=True)),
    Group(
        GroupCode.DIPLOMATIC_CORPS_HANOI,
        Criteria(frozenset({OrganizationKind.EMBASSY}), host_country=HOME, foreign=True, region="VN-HN"),
    ),
    Group(
        GroupCode.CONSULATES_IN_VIETNAM,
        Criteria(
            frozenset({OrganizationKind.CONSULATE_GENERAL, OrganizationKind.OFFICE}),
            host_country=HOME,
            foreign=True,
        ),
    ),
    Group(
        GroupCode.DELEGATIONS_IN_VIETNAM,
        Criteria(
            frozenset({OrganizationKind.PERMANENT_MISSION, OrganizationKind.INTERNATIONAL_ORGANIZATION}),
            host_country=HOME,
            foreign=True,
        ),
    ),
    Group(
        GroupCode.FOREIGN_ASSOCIATIONS, Criteria(frozenset({OrganizationKind.FOREIGN_BUSINESS_ASSOCIATION}))
    ),
    Group(
        GroupCode.BUSINESS_ASSOCIATIONS,
        Criteria(frozenset({OrganizationKind.BUSINESS_ASSOCIATION}), country=HOME),
    ),
    Group(GroupCode.FEDERAL_SUBJECTS, Criteria(frozenset({OrganizationKind.FOREIGN_LOCALITY}), country="RU")),
    Group(
        GroupCode.ENTERPRISES,
        Criteria(frozenset({OrganizationKind.CORPORATION, OrganizationKind.ENTERPRISE})),
    ),
)


def find_group(code: str) -> Group | None:
    """Return the group of that code."""
    return next((group for group in GROUPS if group.code == code), None)


@dataclass(frozen=True, kw_only=True)
class DirectoryFilter:
    """What a list asks for; None and "" mean "any"."""

    text: str = ""
    kind: OrganizationKind | None = None
    country: str | None = None
    """Whose organisation it is (B15: the consulate in Nanning is Vietnamese)."""
    place: str | None = None
    """The country where it sits."""
    region: str | None = None
    group: GroupCode | None = None
    on: date | None = None
    """The day on which it exists."""


def short_name(names: Translated, short_names: Translated, language: str) -> str:
    """Return the short name in this language, else the name: never a short name in another language."""
    return short_names.get(language) or in_language(names, language)


def path(names: Iterable[Translated], language: str) -> str:
    """Return "Cục Ngoại vụ, Bộ Ngoại giao" from the names of a unit and of those above it (A10)."""
    return ", ".join(in_language(name, language) for name in names)


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, list[object]]:
    """Return what differs, as [before, after] per field."""
    return {key: [before.get(key), value] for key, value in after.items() if before.get(key) != value}
