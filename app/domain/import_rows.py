"""Judge the rows of a table: new, changed, the same, or why a row cannot be taken. Pure, in one pass."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from app.domain.errors import Conflict, DomainError, InvalidInput
from app.domain.import_words import admitted, read_language, read_role, read_sessions
from app.domain.imports import (
    LENGTHS,
    STUCK,
    ImportField,
    Judged,
    KnownDelegate,
    OfferedSession,
    Party,
    Row,
    RowState,
    Scene,
    Wanted,
)
from app.domain.mail import is_address
from app.domain.people import PersonDetails
from app.domain.registrations import DelegateRole, is_counted, is_same_person
from app.domain.text import fold

T = TypeVar("T")
_F = ImportField
_PLAIN = {
    _F.FULL_NAME: "full_name",
    _F.NATIVE_NAME: "native_name",
    _F.FORM_OF_ADDRESS: "form_of_address",
    _F.EMAIL: "email",
    _F.PHONE: "phone",
}
_TRANSLATED = {_F.RANK: "ranks", _F.POST: "posts"}


def judge(rows: Iterable[Row], scene: Scene) -> list[Judged]:
    """Return what becomes of each row, in their order: the first come take what is left of a quota."""
    ledgers: dict[str, _Ledger] = {}
    return [_judge(row, scene, ledgers) for row in rows]


def count_states(judged: Iterable[Judged]) -> Counter[RowState]:
    """Return how many rows stand in each state."""
    return Counter(one.state for one in judged)


def require_ready(judged: Sequence[Judged]) -> None:
    """Raise Conflict unless every row is left out or can be taken, and one of them changes something."""
    counts = count_states(judged)
    if stuck := sum(counts[state] for state in STUCK):
        raise Conflict("import_stuck", n=stuck)
    if not counts[RowState.NEW] + counts[RowState.CHANGED]:
        raise Conflict("import_empty")


@dataclass
class _Ledger:
    """What is taken of one institution so far: by those registered, then row by row."""

    party: Party
    left: int = 0
    heads: dict[str, str] = field(default_factory=dict)
    """Names of heads, by the public id of who is registered or the line of a row."""
    known: dict[str, list[KnownDelegate]] = field(default_factory=lambda: defaultdict(list))
    seen: dict[str, list[tuple[str, str | None, int]]] = field(default_factory=lambda: defaultdict(list))
    matched: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.left = self.party.left
        for delegate in self.party.known:
            self.known[fold(delegate.person.full_name)].append(delegate)
            if delegate.role is DelegateRole.HEAD_OF_DELEGATION:
                self.heads[delegate.public_id] = delegate.person.full_name

    def find_known(self, name: str, email: str | None) -> KnownDelegate | None:
        """Return who is registered as this person: an address that one side lacks tells nobody apart."""
        close = [(one, one.person.full_name, one.person.email) for one in self.known[fold(name)]]
        return _find(close, name, email)

    def find_earlier(self, name: str, email: str | None) -> int | None:
        """Return the line of the row that has this person already."""
        close = [(line, said, address) for said, address, line in self.seen[fold(name)]]
        return _find(close, name, email)


def _find(close: Sequence[tuple[T, str, str | None]], name: str, email: str | None) -> T | None:
    for one, other, address in close:
        if is_same_person((other, address), (name, email)):
            return one
    alike = [
        one
        for one, other, address in close
        if other.casefold() == name.casefold() and not (email and address)
    ]
    return alike[0] if len(alike) == 1 else None


def _judge(row: Row, scene: Scene, ledgers: dict[str, _Ledger]) -> Judged:
    party = None
    try:
        party = _find_party(row, scene)
        if not row.is_wanted:
            return Judged(row=row, state=RowState.LEFT_OUT, party=party)
        ledger = ledgers.setdefault(party.public_id, _Ledger(party))
        return _judge_in(row, scene, ledger)
    except DomainError as reason:
        state = RowState.OVER_QUOTA if reason.code == "quota_full" else RowState.ERROR
        return Judged(
            row=row, state=state if row.is_wanted else RowState.LEFT_OUT, party=party, reason=reason
        )


def _judge_in(row: Row, scene: Scene, ledger: _Ledger) -> Judged:
    _require_cells(row.cells)
    name, email = row.cells[_F.FULL_NAME], row.cells.get(_F.EMAIL)
    earlier = ledger.find_earlier(name, email)
    known = ledger.find_known(name, email)
    if known is not None:
        earlier = ledger.matched.get(known.public_id, earlier)
    if earlier is not None:
        raise Conflict("row_doubled", field=_F.FULL_NAME, line=earlier)
    wanted = _merge(row.cells, known, scene, ledger.party)
    key = known.public_id if known else str(row.line)
    _require_one_head(wanted.role, key, ledger)
    was_counted = known is not None and is_counted(known.role)
    if is_counted(wanted.role) and not was_counted:
        if ledger.left <= 0:
            raise Conflict("quota_full", field=_F.ROLE, quota=ledger.party.quota)
        ledger.left -= 1
    _note(ledger, row, wanted, key)
    if known is None:
        return Judged(row=row, state=RowState.NEW, party=ledger.party, wanted=wanted)
    ledger.matched[known.public_id] = row.line
    changes = _changes(wanted, known, scene)
    return Judged(
        row=row,
        state=RowState.CHANGED if changes else RowState.SAME,
        party=ledger.party,
        delegate=known.public_id,
        changes=changes,
        wanted=wanted,
    )


def _require_one_head(role: DelegateRole, key: str, ledger: _Ledger) -> None:
    others = [name for holder, name in ledger.heads.items() if holder != key]
    if role is DelegateRole.HEAD_OF_DELEGATION and others:
        raise Conflict("head_exists", field=_F.ROLE, name=others[0])


def _note(ledger: _Ledger, row: Row, wanted: Wanted, key: str) -> None:
    name = row.cells[_F.FULL_NAME]
    ledger.seen[fold(name)].append((name, row.cells.get(_F.EMAIL), row.line))
    ledger.heads.pop(key, None)
    if wanted.role is DelegateRole.HEAD_OF_DELEGATION:
        ledger.heads[key] = name


def _find_party(row: Row, scene: Scene) -> Party:
    if scene.only is not None:
        return scene.parties[scene.only]
    called = row.cells.get(_F.INSTITUTION, "")
    if not called:
        raise InvalidInput("institution_missing", field=_F.INSTITUTION)
    found = scene.names.get(fold(called), ())
    if len(found) > 1:
        raise Conflict("organization_ambiguous", field=_F.INSTITUTION, typed=called)
    if not found:
        code = "institution_uninvited" if fold(called) in scene.uninvited else "institution_unknown"
        raise InvalidInput(code, field=_F.INSTITUTION, typed=called)
    return scene.parties[found[0]]


def _require_cells(cells: Mapping[ImportField, str]) -> None:
    if not cells.get(_F.FULL_NAME):
        raise InvalidInput("name_missing", field=_F.FULL_NAME)
    for at, text in cells.items():
        if len(text) > LENGTHS[at]:
            raise InvalidInput("too_long", field=at, length=LENGTHS[at])
    if (email := cells.get(_F.EMAIL)) and not is_address(email):
        raise InvalidInput("email_invalid", field=_F.EMAIL)


def _merge(
    cells: Mapping[ImportField, str], known: KnownDelegate | None, scene: Scene, party: Party
) -> Wanted:
    """Return the person as registered with what the row says: an empty cell takes nothing away."""
    person = known.person if known else PersonDetails(full_name=cells[_F.FULL_NAME], language=party.language)
    given: dict[str, Any] = {name: cells[at] for at, name in _PLAIN.items() if at in cells}
    for at, name in _TRANSLATED.items():
        if at in cells:
            given[name] = {**getattr(person, name), scene.language: cells[at]}
    if _F.LANGUAGE in cells:
        given["language"] = read_language(cells[_F.LANGUAGE])
    role = known.role if known else DelegateRole.DELEGATE
    return Wanted(
        person=replace(person, **given),
        role=read_role(cells[_F.ROLE]) if _F.ROLE in cells else role,
        sessions=_choose_sessions(cells, known, scene, party),
    )


def _choose_sessions(
    cells: Mapping[ImportField, str], known: KnownDelegate | None, scene: Scene, party: Party
) -> tuple[str, ...]:
    if _F.SESSIONS in cells:
        return read_sessions(cells[_F.SESSIONS], scene.sessions, party)
    if known is None:
        return admitted(scene.default_sessions, scene.sessions, party)
    return tuple(sorted(known.sessions & _offered(scene.sessions)))


def _offered(sessions: Sequence[OfferedSession]) -> set[str]:
    return {session.public_id for session in sessions}


def _changes(wanted: Wanted, known: KnownDelegate, scene: Scene) -> tuple[ImportField, ...]:
    now, then, language = wanted.person, known.person, scene.language
    pairs: dict[ImportField, tuple[object, object]] = {
        at: (getattr(now, name) or "", getattr(then, name) or "") for at, name in _PLAIN.items()
    }
    for at, name in _TRANSLATED.items():
        pairs[at] = (getattr(now, name).get(language), getattr(then, name).get(language))
    pairs[_F.LANGUAGE] = (now.language, then.language)
    pairs[_F.ROLE] = (wanted.role, known.role)
    pairs[_F.SESSIONS] = (set(wanted.sessions), known.sessions & _offered(scene.sessions))
    return tuple(at for at, (new, old) in pairs.items() if new != old)
