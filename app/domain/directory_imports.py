"""Organisations and contacts from a table: what a column may hold, and what becomes of a row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.contacts import ContactDetails
from app.domain.directory import OrganizationKind, Period
from app.domain.errors import DomainError
from app.domain.likeness import Facts, Index, Profile
from app.domain.organizations import Details


class EntryField(StrEnum):
    """What a column of a table of organisations may hold."""

    NAME_VI = "name_vi"
    NAME_EN = "name_en"
    NAME_RU = "name_ru"
    NAME_FR = "name_fr"
    CODE = "code"
    ABBREVIATION = "abbreviation"
    ALIASES = "aliases"
    KIND = "kind"
    COUNTRY = "country"
    HOST_COUNTRY = "host_country"
    CITY = "city"
    PARENT = "parent"
    ADDRESS = "address"
    PHONES = "phones"
    FAX = "fax"
    EMAIL = "email"
    WEBSITE = "website"
    VALID_FROM = "valid_from"
    VALID_TO = "valid_to"
    SUCCESSOR = "successor"
    CONTACT_NAME = "contact_name"
    CONTACT_POST = "contact_post"
    CONTACT_EMAIL = "contact_email"
    CONTACT_PHONES = "contact_phones"


NAMES: Mapping[EntryField, str] = {
    EntryField.NAME_VI: "vi",
    EntryField.NAME_EN: "en",
    EntryField.NAME_RU: "ru",
    EntryField.NAME_FR: "fr",
}
AT_ONCE = 500
"""So many rows are brought in, or organisations put back, while somebody waits; the worker does more."""
CONTACT = frozenset(
    {EntryField.CONTACT_NAME, EntryField.CONTACT_POST, EntryField.CONTACT_EMAIL, EntryField.CONTACT_PHONES}
)


class EntryState(StrEnum):
    """What the import would do with a row, or why it does nothing."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ALIKE = "alike"
    ERROR = "error"
    LEFT_OUT = "left_out"


class ImportAct(StrEnum):
    """What the worker does for an import."""

    BRING_IN = "bring_in"
    TAKE_BACK = "take_back"


AS_NEW = "new"
"""What somebody decides about a row that resembles others: it is another one."""
LEAVE_OUT = "out"


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One row: `line` as the spreadsheet counts it, clean cells that are not empty."""

    line: int
    cells: Mapping[EntryField, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEntry:
    """An organisation that a row may mean, with its contacts by public id."""

    key: str
    name: str
    details: Details
    period: Period
    contacts: Mapping[str, ContactDetails] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class EntryScene:
    """What rows are judged against: the directory as of a day, and the words for kinds and countries."""

    known: Mapping[str, KnownEntry]
    index: Index
    profile: Callable[[Facts], Profile]
    kinds: Mapping[str, OrganizationKind]
    """By folded words."""
    countries: Mapping[str, str]
    on: date
    language: str
    decisions: Mapping[int, str] = field(default_factory=dict)
    """By line: the key of the organisation that is meant, AS_NEW or LEAVE_OUT."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedEntry:
    """A row and what becomes of it; `key` is the code of the organisation, or "line 5" of one that is new."""

    row: EntryRow
    state: EntryState
    key: str | None = None
    details: Details | None = None
    contact_key: str | None = None
    contact: ContactDetails | None = None
    changes: tuple[EntryField, ...] = ()
    like: tuple[tuple[str, str], ...] = ()
    """Keys and names of those that are perhaps the same."""
    reason: DomainError | None = None
