"""Read the cells of a row: an organisation and a contact, merged with what is known of them. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.contacts import ContactDetails
from app.domain.directory import HOME, OrganizationKind
from app.domain.directory_imports import CONTACT, NAMES, EntryField, EntryRow, EntryScene
from app.domain.errors import InvalidInput
from app.domain.languages import Translated, in_language, of_country
from app.domain.merging import other_names
from app.domain.naming import read
from app.domain.naming_words import KIND_OF_FAMILY
from app.domain.organizations import Details, as_json
from app.domain.text import fold

_F = EntryField
_PLAIN = {at: at.value for at in (_F.ABBREVIATION, _F.ADDRESS, _F.FAX, _F.EMAIL, _F.WEBSITE)}
_LISTS = {_F.PHONES: "phones", _F.ALIASES: "aliases"}
_PLACES = {_F.COUNTRY: "country", _F.HOST_COUNTRY: "host_country"}
_DAYS = {_F.VALID_FROM: "valid_from", _F.VALID_TO: "valid_to"}
_LINKS = {_F.PARENT: "parent", _F.SUCCESSOR: "successor"}
_SEVERAL = re.compile(r"[|;\n]| / ")
_PRINTED_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_OTHER = OrganizationKind.OTHER
_AT_HOME = frozenset(
    {
        OrganizationKind.LOCALITY,
        OrganizationKind.FOREIGN_AFFAIRS_DEPARTMENT,
        OrganizationKind.BUSINESS_ASSOCIATION,
    }
)
"""Kinds that are Vietnamese where nothing else is said."""
_AT: Mapping[str, EntryField] = {
    "names": _F.NAME_VI,
    **{name: at for table in (_PLAIN, _LISTS, _PLACES, _DAYS, _LINKS) for at, name in table.items()},
}
_CHANGED = {**_AT, "city": _F.CITY, "kind": _F.KIND}

Find = Callable[[str, EntryField], str]
"""Return the code of the organisation that a cell names; raise InvalidInput at the column."""


def read_details(row: EntryRow, known: Details | None, scene: EntryScene, find: Find) -> Details:
    """Return what is known with what the row says: an empty cell takes nothing away."""
    cells = row.cells
    given: dict[str, Any] = {name: cells[at] for at, name in _PLAIN.items() if at in cells}
    given |= {name: _several(cells[at]) for at, name in _LISTS.items() if at in cells}
    given |= {name: _country(cells[at], at, scene) for at, name in _PLACES.items() if at in cells}
    given |= {name: _day(cells[at], at) for at, name in _DAYS.items() if at in cells}
    given |= {name: find(cells[at], at) for at, name in _LINKS.items() if at in cells}
    names = {language: cells[at] for at, language in NAMES.items() if at in cells}
    if not names and known is None:
        raise InvalidInput("organization_name_missing", field=_F.NAME_VI)
    given["names"] = names if known is None else _named(names, known, keeps=_F.CODE not in cells)
    if known is not None and scene.decisions.get(row.line):
        given["aliases"] = (*known.aliases, *other_names(_called(known), names.values(), longest=200))
    if _F.CITY in cells:
        given["city"] = _in_reading(known.city if known else {}, cells[_F.CITY], scene.language)
    if kind := read_kind(row, scene):
        given["kind"] = kind
    try:
        if known is not None:
            return replace(known, **given)
        kind = kind or _kind_by_name(names)
        return Details(**{"country": HOME if kind in _AT_HOME else None, "kind": kind, **given})
    except InvalidInput as refusal:
        raise InvalidInput(refusal.code, field=_AT.get(refusal.field or ""), **refusal.params) from refusal


def read_kind(row: EntryRow, scene: EntryScene) -> OrganizationKind | None:
    """Return the kind that the row names; raise InvalidInput("kind_unlisted")."""
    if not (cell := row.cells.get(_F.KIND)):
        return None
    if kind := scene.kinds.get(fold(cell)):
        return kind
    raise InvalidInput("kind_unlisted", field=_F.KIND, value=cell)


def read_contact(
    row: EntryRow, contacts: Mapping[str, ContactDetails], country: str | None
) -> tuple[str | None, ContactDetails | None]:
    """Return as whom somebody is known, and whom the row names: he is known by his address or his name."""
    if not CONTACT & row.cells.keys():
        return None, None
    name, email = row.cells.get(_F.CONTACT_NAME, ""), row.cells.get(_F.CONTACT_EMAIL, "")
    key = next((k for k, one in contacts.items() if email and _same(one.email, email)), None)
    key = key or next((k for k, one in contacts.items() if name and _same(one.full_name, name)), None)
    phones = _several(row.cells.get(_F.CONTACT_PHONES, ""))
    said = {"full_name": name, "post": row.cells.get(_F.CONTACT_POST), "email": email, "phones": phones}
    given: dict[str, Any] = {field: value for field, value in said.items() if value}
    try:
        if key is not None:
            return key, replace(contacts[key], **given)
        first = not any(one.is_focal_point for one in contacts.values())
        language = of_country(country or HOME)
        return None, ContactDetails(is_focal_point=first, language=language, **given)
    except InvalidInput as refusal:
        at = {"email": _F.CONTACT_EMAIL, "phones": _F.CONTACT_PHONES}.get(refusal.field or "")
        raise InvalidInput(refusal.code, field=at or _F.CONTACT_NAME, **refusal.params) from refusal


def list_changes(before: Details, after: Details) -> tuple[EntryField, ...]:
    """Return the columns in which the two differ."""
    was, is_now = as_json(before), as_json(after)
    found = [_CHANGED[name] for name in _CHANGED if name != "names" and was[name] != is_now[name]]
    named = [
        at for at, language in NAMES.items() if was["names"].get(language) != is_now["names"].get(language)
    ]
    return (*named, *found)


def _named(names: Mapping[str, str], known: Details, *, keeps: bool) -> Mapping[str, str]:
    """Return the names: whoever was found by a name keeps his own, and gets those of other languages."""
    if keeps:
        return {**names, **known.names}
    return {**known.names, **names}


def _called(known: Details) -> tuple[str, ...]:
    names = (*known.names.values(), *known.short_names.values(), known.abbreviation, *known.aliases)
    return tuple(name for name in names if name)


def _kind_by_name(names: Mapping[str, str]) -> OrganizationKind:
    families = [name.family or "" for text in names.values() for name in read(text, None, {})]
    return next((KIND_OF_FAMILY[one] for one in families if one in KIND_OF_FAMILY), _OTHER)


def _country(cell: str, at: EntryField, scene: EntryScene) -> str:
    code = scene.countries.get(fold(cell)) or (cell.upper() if len(cell) == 2 else None)
    if code is None:
        raise InvalidInput("country_unnamed", field=at, value=cell)
    return code


def _several(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for part in _SEVERAL.split(cell) if (text := part.strip())))


def _day(cell: str, at: EntryField) -> date:
    try:
        if printed := _PRINTED_DAY.fullmatch(cell):
            day, month, year = map(int, printed.groups())
            return date(year, month, day)
        return date.fromisoformat(cell[:10])
    except ValueError as error:
        raise InvalidInput("day_unreadable", field=at, value=cell) from error


def _same(one: str | None, other: str) -> bool:
    return one is not None and fold(one) == fold(other)


def _in_reading(known: Translated, cell: str, language: str) -> Translated:
    """Return a text with what the cell says in the language of the table.

    A cell that repeats the words which stood in for a missing language is no text of that language.
    """
    return known if in_language(known, language) == cell else {**known, language: cell}
