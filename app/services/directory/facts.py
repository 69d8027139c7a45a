"""Facts about an organisation, between values and rows."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from app.domain.collation import collation_key
from app.domain.directory import HOME, OrganizationKind
from app.domain.languages import INTERFACE, in_language
from app.domain.organizations import Details
from app.domain.text import fold, words
from app.i18n.countries import country_name
from app.models.directory import Alias, Organization

LINKS = frozenset({"parent", "successor"})
"""Fields that name another organisation by its code."""


def stored(organization: Organization, names: frozenset[str]) -> dict[str, Any]:
    """Return the present values of these fields, as JSON knows them."""
    return {name: _plain(organization, name) for name in names}


def put(organization: Organization, values: Mapping[str, Any]) -> None:
    """Write values (as JSON knows them, links excepted) into the row, and what follows from them."""
    for name, value in values.items():
        if name == "aliases":
            _put_aliases(organization, value)
        elif name in {"valid_from", "valid_to"}:
            setattr(organization, name, date.fromisoformat(value) if value else None)
        elif name == "kind":
            organization.kind = OrganizationKind(value)
        elif name not in LINKS:
            setattr(organization, name, value)
    index(organization)


def index(organization: Organization) -> None:
    """Bring the sort key and the words for search up to date."""
    short = organization.short_names or {}
    organization.sort_key = collation_key(in_language({**organization.names, **short}, "vi"))
    texts = [
        organization.code,
        organization.abbreviation or "",
        *(alias.name for alias in organization.aliases),
    ]
    for translated in (organization.names, short, organization.city or {}):
        texts += translated.values()
    for country in {organization.country, organization.host_country} - {None, HOME}:
        texts += [country_name(country or "", language) for language in INTERFACE]
    forms = [form for text in texts if text for form in (fold(text), " ".join(words(text)))]
    organization.search = f" {' / '.join(dict.fromkeys(forms))} "


def names_of(details: type[Details]) -> frozenset[str]:
    """Return the names of the fields that these details have."""
    return frozenset(entry.name for entry in fields(details))


def _plain(organization: Organization, name: str) -> Any:
    value = getattr(organization, name)
    if name in LINKS:
        return value.code if value else None
    if name == "aliases":
        return sorted(alias.name for alias in value)
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, OrganizationKind) else value


def _put_aliases(organization: Organization, names: list[str]) -> None:
    wanted = list(dict.fromkeys(names))
    present = {alias.name: alias for alias in organization.aliases}
    organization.aliases = [present.get(name) or Alias(name=name) for name in wanted]
