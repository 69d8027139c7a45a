"""People from a table: what a column may hold, what becomes of a row, and how much one file may be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from app.domain.directory import OrganizationKind
from app.domain.errors import DomainError
from app.domain.people import PersonDetails
from app.domain.registrations import DelegateRole


class ImportField(StrEnum):
    """What a column of a table may hold."""

    FULL_NAME = "full_name"
    INSTITUTION = "institution"
    ROLE = "role"
    FORM_OF_ADDRESS = "form_of_address"
    RANK = "rank"
    POST = "post"
    EMAIL = "email"
    PHONE = "phone"
    SESSIONS = "sessions"
    NATIVE_NAME = "native_name"
    LANGUAGE = "language"


class RowState(StrEnum):
    """What the import would do with a row, or why it cannot."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ERROR = "error"
    OVER_QUOTA = "over_quota"
    LEFT_OUT = "left_out"


STUCK = frozenset({RowState.ERROR, RowState.OVER_QUOTA})
"""States that keep an import from being confirmed: correct the row, or leave it out."""

MAX_BYTES = 5 * 1024 * 1024
"""Of a file as it is sent."""
MAX_UNPACKED = 64 * 1024 * 1024
"""Of a workbook, which is a zip, by its own table of contents."""
MAX_MEMBERS = 1_000
MAX_ROWS = 10_000
MAX_COLUMNS = 60
READER_MEMORY = 512 * 1024 * 1024
READER_SECONDS = 20
"""What the process may take that reads a workbook; it is another one, and may die of it."""
DRAFT_LIVES = timedelta(days=1)

LENGTHS: Mapping[ImportField, int] = {
    ImportField.FULL_NAME: 200,
    ImportField.INSTITUTION: 400,
    ImportField.ROLE: 200,
    ImportField.FORM_OF_ADDRESS: 60,
    ImportField.RANK: 200,
    ImportField.POST: 200,
    ImportField.EMAIL: 254,
    ImportField.PHONE: 60,
    ImportField.SESSIONS: 400,
    ImportField.NATIVE_NAME: 200,
    ImportField.LANGUAGE: 60,
}
"""Characters of a cell, as the form for one person allows."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of people: `line` as the spreadsheet counts it, clean cells that are not empty."""

    line: int
    cells: Mapping[ImportField, str]
    is_wanted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDelegate:
    """Somebody whom the institution has registered; `sessions` are public ids."""

    public_id: str
    person: PersonDetails
    role: DelegateRole
    sessions: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An institution that a row may belong to: how many places are left, who is registered."""

    public_id: str
    name: str
    kind: OrganizationKind
    language: str
    quota: int
    left: int
    known: tuple[KnownDelegate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedSession:
    """A session on the programme: a row names it by number or by a title."""

    public_id: str
    number: int
    titles: frozenset[str]
    """Folded."""
    admitted_kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What rows are judged against.

    `names` leads from a folded name to the institutions called so, `uninvited` are folded names of others in
    the directory; `only` is set where all rows belong to one institution. Ranks and posts are in `language`.
    """

    parties: Mapping[str, Party]
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    uninvited: frozenset[str] = frozenset()
    only: str | None = None
    sessions: tuple[OfferedSession, ...] = ()
    default_sessions: tuple[str, ...] = ()
    language: str = "vi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The person whom a row asks for, merged with what is registered."""

    person: PersonDetails
    role: DelegateRole
    sessions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A row and what becomes of it; `reason` says why not, and its field where."""

    row: Row
    state: RowState
    party: Party | None = None
    delegate: str | None = None
    """Public id of who is registered already."""
    changes: tuple[ImportField, ...] = ()
    wanted: Wanted | None = None
    reason: DomainError | None = None
