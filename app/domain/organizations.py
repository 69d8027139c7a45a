"""What is known about an organisation, and what it must satisfy."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from app.domain.directory import OrganizationKind
from app.domain.errors import InvalidInput
from app.domain.local_time import is_zone
from app.domain.text import fold

_CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_LONGEST: Mapping[str, int] = {
    "code": 40, "abbreviation": 60, "country": 2, "host_country": 2, "region": 12, "timezone": 60,
    "address": 400, "fax": 60, "email": 254, "website": 400, "source": 600,
    "names": 400, "short_names": 200, "kind_labels": 100, "city": 200, "aliases": 200, "phones": 60,
}  # fmt: skip
"""Characters of a field, or of each of its texts."""


@dataclass(frozen=True, kw_only=True)
class Details:
    """What people edit about an organisation; `parent` and `successor` name others by code."""

    kind: OrganizationKind
    names: Mapping[str, str]
    short_names: Mapping[str, str] = field(default_factory=dict)
    kind_labels: Mapping[str, str] = field(default_factory=dict)
    abbreviation: str | None = None
    country: str | None = None
    host_country: str | None = None
    city: Mapping[str, str] = field(default_factory=dict)
    region: str | None = None
    timezone: str | None = None
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None
    aliases: tuple[str, ...] = ()
    address: str | None = None
    phones: tuple[str, ...] = ()
    fax: str | None = None
    email: str | None = None
    website: str | None = None

    def __post_init__(self) -> None:
        """Raise InvalidInput at the first field that breaks a rule."""
        if not any(self.names.values()):
            raise InvalidInput("organization_name_missing", field="names")
        for name in ("country", "host_country"):
            _require(_COUNTRY, getattr(self, name), "country_unknown", name)
        _require(_ADDRESS, self.email, "email_invalid", "email")
        if self.timezone and not is_zone(self.timezone):
            raise InvalidInput("timezone_unknown", field="timezone")
        require_order(self.valid_from, self.valid_to, "valid_to")
        if self.successor and not self.valid_to:
            raise InvalidInput("successor_without_end", field="valid_to")
        for name, length in _LONGEST.items():
            if any(len(text) > length for text in _texts(getattr(self, name, None))):
                raise InvalidInput("too_long", field=name, length=length)


@dataclass(frozen=True, kw_only=True)
class Facts(Details):
    """An organisation as a data file states it, under its stable code."""

    code: str
    confidence: str | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        """Raise InvalidInput at the first field that breaks a rule."""
        super().__post_init__()
        require_code(self.code)
        if self.confidence not in {None, "A", "B", "C"}:
            raise InvalidInput("confidence_unknown", field="confidence")


def require_code(code: str) -> None:
    """Raise InvalidInput unless the code is one: capitals, digits and hyphens ("VN34-44")."""
    if len(code) > _LONGEST["code"] or not _CODE.fullmatch(code):
        raise InvalidInput("code_invalid", field="code")


def require_order(first: date | None, last: date | None, at: str) -> None:
    """Raise InvalidInput unless an organisation ends after it begins; `at` is the field to name."""
    if first and last and first > last:
        raise InvalidInput("validity_reversed", field=at)


def new_code(name: str) -> str:
    """Return a code from a name in any script; the service adds a number where it is taken."""
    code = re.sub(r"[^A-Z0-9]+", "-", fold(name).upper()).strip("-")[:30].strip("-")
    return code or "ORGANIZATION"


def as_json(details: Details) -> dict[str, Any]:
    """Return the facts as JSON knows them: to compare, to keep, to record."""
    facts = {entry.name: _plain(getattr(details, entry.name)) for entry in fields(details)}
    return facts | {"aliases": sorted(set(details.aliases))}


def require_no_circle(above: Mapping[str, str | None], at: str) -> None:
    """Raise InvalidInput when somebody stands above himself; `above` names for each code the one above it."""
    for code in above:
        seen = {code}
        higher = above.get(code)
        while higher is not None:
            if higher in seen:
                raise InvalidInput("circle", field=at, organization=code)
            seen.add(higher)
            higher = above.get(higher)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, OrganizationKind):
        return value.value
    if isinstance(value, Mapping):
        return {key: text for key, text in value.items() if text}
    return list(value) if isinstance(value, tuple) else value


def _texts(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return list(value.values())
    return [value] if isinstance(value, str) else list(value or ())


def _require(pattern: re.Pattern[str], value: str | None, code: str, at: str) -> None:
    if value and not pattern.fullmatch(value):
        raise InvalidInput(code, field=at)
