"""Judge the rows of a table of organisations: new, changed, the same, alike, or an error. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from app.domain.directory import Period
from app.domain.directory_cells import list_changes, read_contact, read_details, read_kind
from app.domain.directory_imports import (
    AS_NEW,
    CONTACT,
    LEAVE_OUT,
    NAMES,
    EntryField,
    EntryRow,
    EntryScene,
    EntryState,
    JudgedEntry,
    KnownEntry,
)
from app.domain.errors import DomainError, InvalidInput
from app.domain.likeness import facts_of
from app.domain.organizations import Details, require_code
from app.domain.text import words

_F = EntryField
_CONTACT_COLUMNS = tuple(at for at in EntryField if at in CONTACT)


def judge(rows: Iterable[EntryRow], scene: EntryScene) -> list[JudgedEntry]:
    """Return what becomes of each row, given those above it."""
    ledger = _Ledger(scene)
    return [ledger.judge(row) for row in rows]


class _Ledger:
    """The directory as it is after the rows read so far."""

    def __init__(self, scene: EntryScene) -> None:
        self._scene = scene
        self._known = dict(scene.known)
        self._named: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for entry in self._known.values():
            self._note_names(entry)

    def judge(self, row: EntryRow) -> JudgedEntry:
        """Return what becomes of a row."""
        decision = self._scene.decisions.get(row.line)
        if decision == LEAVE_OUT:
            return JudgedEntry(row=row, state=EntryState.LEFT_OUT)
        try:
            return self._judge(row, decision)
        except DomainError as reason:
            return JudgedEntry(row=row, state=EntryState.ERROR, reason=reason)

    def _judge(self, row: EntryRow, decision: str | None) -> JudgedEntry:
        found = self._find(row, decision)
        if found is None:
            fresh = read_details(row, None, self._scene, self._code_of)
            like = () if decision == AS_NEW else self._like(fresh)
            if like:
                return JudgedEntry(row=row, state=EntryState.ALIKE, like=like, details=fresh)
            return self._add(row, fresh)
        return self._change(row, found)

    def _find(self, row: EntryRow, decision: str | None) -> KnownEntry | None:
        """Return the organisation that a row surely means: by its code, by decision, by its exact name."""
        if code := row.cells.get(_F.CODE):
            require_code(code)
            return self._known.get(code)
        if decision is not None:
            return self._known.get(decision)
        names = [row.cells[at] for at in NAMES if at in row.cells]
        if not names:
            raise InvalidInput("organization_name_missing", field=_F.NAME_VI)
        kind = read_kind(row, self._scene)
        keys = set.intersection(*(self._named.get(tuple(words(name)), set()) for name in names))
        found = [self._known[key] for key in sorted(keys)]
        found = [one for one in found if one.period.includes(self._scene.on)] or found
        found = [one for one in found if kind in (None, one.details.kind)]
        return found[0] if len(found) == 1 else None

    def _like(self, details: Details) -> tuple[tuple[str, str], ...]:
        found = self._scene.index.like(self._scene.profile(facts_of(details, "")))
        entries = [self._known[profile.facts.key] for profile, _ in found if profile.facts.key in self._known]
        return tuple((one.key, one.name) for one in entries if one.period.includes(self._scene.on))

    def _add(self, row: EntryRow, details: Details) -> JudgedEntry:
        key = row.cells.get(_F.CODE) or f"line {row.line}"
        contact = read_contact(row, {}, details.country)[1]
        name = next(text for text in details.names.values() if text)
        period = Period(details.valid_from, details.valid_to)
        contacts = {f"line {row.line}": contact} if contact else {}
        self._note(KnownEntry(key=key, name=name, details=details, period=period, contacts=contacts))
        self._scene.index.add(self._scene.profile(facts_of(details, key)))
        return JudgedEntry(row=row, state=EntryState.NEW, key=key, details=details, contact=contact)

    def _change(self, row: EntryRow, known: KnownEntry) -> JudgedEntry:
        details = read_details(row, known.details, self._scene, self._code_of)
        contact_key, contact = read_contact(row, known.contacts, details.country)
        before = known.contacts.get(contact_key) if contact_key else None
        changes = list_changes(known.details, details)
        if contact != before:
            changes += tuple(at for at in _CONTACT_COLUMNS if at in row.cells)
        contacts = (
            {**known.contacts, contact_key or f"line {row.line}": contact} if contact else known.contacts
        )
        self._note(replace(known, details=details, contacts=contacts))
        return JudgedEntry(
            row=row,
            state=EntryState.CHANGED if changes else EntryState.SAME,
            key=known.key,
            details=details,
            contact_key=contact_key,
            contact=contact if contact != before else None,
            changes=changes,
        )

    def _note(self, entry: KnownEntry) -> None:
        self._known[entry.key] = entry
        self._note_names(entry)

    def _note_names(self, entry: KnownEntry) -> None:
        details = entry.details
        names = (
            *details.names.values(),
            *details.short_names.values(),
            details.abbreviation,
            *details.aliases,
        )
        for name in names:
            if name:
                self._named[tuple(words(name))].add(entry.key)

    def _code_of(self, cell: str, at: EntryField) -> str:
        if cell in self._scene.known:
            return cell
        found = [key for key in self._named.get(tuple(words(cell)), ()) if key in self._scene.known]
        if len(found) != 1:
            code = "organization_ambiguous" if found else "organization_unknown"
            raise InvalidInput(code, field=at, typed=cell)
        return found[0]
