"""The groups of the coverage board in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.coverage import NO_SIDE, Part, Region
from app.domain.directory import OrganizationKind
from app.domain.languages import in_language
from app.i18n import parties
from app.i18n.catalogue import N_, gettext
from app.i18n.countries import country_name
from app.i18n.wording import label
from app.queries import coverage
from app.queries.coverage import Tally
from app.web import languages

if TYPE_CHECKING:
    from app.models.events import Event


@dataclass(frozen=True, slots=True)
class Group:
    """A line of counts: its name, the value that filters by it, who is in it in words."""

    name: str
    value: str
    parties: str
    tally: Tally


def named(event: "Event", part: Part, groups: Mapping[str | None, Tally]) -> list[Group]:
    """Return the groups with their names; sides in their order, each with its institutions in words."""
    if part is Part.SIDE:
        return _sides(event, groups)
    name = {Part.KIND: kind_name, Part.REGION: region_name}[part]
    return [Group(name(key), key or "", "", tally) for key, tally in groups.items()]


def added_up(groups: Mapping[str | None, Tally]) -> Tally:
    """Return all groups as one."""
    whole = Tally()
    for tally in groups.values():
        whole.invited += tally.invited
        whole.marks.update(tally.marks)
        whole.outcomes.update(tally.outcomes)
    return whole


def kind_name(value: str | None) -> str:
    """Return the name of a kind of institution; "" for none."""
    return label(OrganizationKind(value), languages.current()) if value else ""


def region_name(value: str | None) -> str:
    """Return the name of a region of Viet Nam or of a country; "" for none."""
    if value in set(Region):
        return label(Region(value), languages.current())
    return country_name(value, languages.current()) if value else ""


def side_name(event: "Event", value: str | None) -> str:
    """Return the name of a side, or the words for those on none."""
    sides = {side.public_id: side.names for side in event.sides}
    if value in sides:
        return in_language(sides[value], languages.current())
    return gettext(languages.current(), N_("On no side"))


def _sides(event: "Event", groups: Mapping[str | None, Tally]) -> list[Group]:
    told = coverage.list_parties(event)
    order = [*(side.public_id for side in event.sides), None]
    return [
        Group(
            side_name(event, key),
            key or NO_SIDE,
            ", ".join(parties.in_words(told.get(key, ()), languages.current())),
            groups[key],
        )
        for key in order
        if key in groups
    ]
