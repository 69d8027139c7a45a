"""Confirm an import: all rows or none, in one transaction, seated in the order of the table."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain.approvals import granted
from app.domain.errors import NotFound
from app.domain.import_rows import judge, require_ready
from app.domain.imports import Judged, RowState, Wanted
from app.domain.invitations import AnswerSource
from app.domain.mail import DueLetter
from app.domain.policy import Actor, Permission, require
from app.domain.registrations import request_fingerprint, require_changeable
from app.models.events import Event
from app.models.imports import Import, ImportDraft
from app.models.invitations import Invitation
from app.models.registrations import Delegate
from app.queries import imports, registrations, sites
from app.queries.imports import Holder
from app.services import audit
from app.services.imports import entries
from app.services.registrations import acceptance, access, notices, particulars, places, promotion, together
from app.services.registrations.together import Entrant
from app.services.transaction import unit_of_work


def confirm(
    *, actor: Actor, holder: Holder, draft: str, tells: bool, source: AnswerSource, now: datetime
) -> str:
    """Register and change everybody in the table; return the import's public id. Doing it twice does it once.

    Raises Conflict("import_stuck") while rows wait for a correction, also one that became necessary since the
    preview (the quota is counted here, under the lock), and Conflict("import_empty").
    """
    with unit_of_work() as session:
        if done := imports.find_import(holder, draft):
            return done.public_id
        event = places.lock_event(session, holder.event_id)
        found = imports.get_draft(holder, draft, now=now)
        judged = _judge(event, found)
        require_ready(judged)
        invited = _get_invited(event, found, actor, judged, now)
        made = _new_import(found, actor, tells=tells and not event.is_archive, now=now)
        session.add(made)
        session.flush()
        _Confirmation(session, event, invited, made, actor, source, now).carry_out(judged)
        session.delete(found)
        return made.public_id


def _judge(event: Event, draft: ImportDraft) -> list[Judged]:
    table = imports.get_table(draft)
    scene = imports.get_scene(event, table, invitation_id=draft.invitation_id, language=draft.language)
    return judge(table.list_people(), scene)


def _new_import(draft: ImportDraft, actor: Actor, *, tells: bool, now: datetime) -> Import:
    return Import(
        public_id=draft.public_id,
        event_id=draft.event_id,
        invitation_id=draft.invitation_id,
        account_id=draft.account_id,
        made_by=actor.name[:200],
        tells=tells,
        created_at=now,
    )


def _get_invited(
    event: Event, draft: ImportDraft, actor: Actor, judged: Sequence[Judged], now: datetime
) -> Mapping[str, Invitation]:
    """Return the institutions of the rows by public id; raise unless the actor may change each of them."""
    if draft.invitation_id is None:
        require(actor, Permission.MANAGE_EVENTS)
        require_changeable(event.status)
    touched = {one.party.public_id for one in judged if one.party and one.wanted}
    found = imports.list_invited(event, draft.invitation_id)
    invited = {row.public_id: row for row in found if row.public_id in touched}
    if draft.invitation_id is not None:
        for invitation in invited.values():
            access.require_may_change(invitation, actor, now)
    if len(invited) != len(touched):
        raise NotFound("not_found")
    return invited


class _Confirmation:
    """One run through the rows: changes first, since they may free places, then those who are new."""

    def __init__(
        self,
        session: orm.Session,
        event: Event,
        invited: Mapping[str, Invitation],
        made: Import,
        actor: Actor,
        source: AnswerSource,
        now: datetime,
    ) -> None:
        self._session, self._event, self._invited = session, event, invited
        self._made, self._actor, self._source, self._now = made, actor, source, now

    def carry_out(self, judged: Sequence[Judged]) -> None:
        """Register and change; write entries and history."""
        for invitation in self._invited.values():
            acceptance.accept(invitation, actor=self._actor, source=self._source, now=self._now)
        self._change([one for one in judged if one.state is RowState.CHANGED])
        new: dict[str, list[tuple[Wanted, int]]] = defaultdict(list)
        for one in judged:
            if one.state is RowState.NEW and one.party is not None and one.wanted is not None:
                new[one.party.public_id].append((one.wanted, one.row.line))
        for party, people in new.items():
            self._register(self._invited[party], people)

    def _register(self, invitation: Invitation, people: Sequence[tuple[Wanted, int]]) -> None:
        """Register the new people of one institution; ten thousand at once would fill the memory."""
        planned = {row.public_id: row for row in self._event.sessions}
        awaits = access.missing_word(self._event, self._actor, has_institution=True)
        present = len(registrations.list_known(invitation.id))
        home = self._session.scalar(sa.select(sites.select_home(invitation.id)))
        entrants: list[Entrant] = []
        for place, (wanted, line) in enumerate(people, present + 1):
            delegate = self._new_delegate(invitation, wanted, line)
            delegate.position, delegate.awaits = place, awaits
            delegate.site_id = home
            self._owe(delegate, DueLetter.REGISTRATION)
            entrants.append((delegate, [planned[public_id] for public_id in wanted.sessions]))
        together.enter(self._session, invitation, entrants, self._now, granted(awaits))
        self._note(
            "delegate.register",
            [(delegate, None, [row.id for row in chosen]) for delegate, chosen in entrants],
        )

    def _new_delegate(self, invitation: Invitation, wanted: Wanted, line: int) -> Delegate:
        return Delegate(
            event_id=self._event.id,
            invitation_id=invitation.id,
            person=particulars.new_person(self._event, invitation.organization, wanted.person),
            role=wanted.role,
            request_key=request_fingerprint(self._made.public_id, str(line)),
            registered_at=self._now,
            changed_at=self._now,
        )

    def _change(self, judged: Sequence[Judged]) -> None:
        wanted = {one.delegate: one.wanted for one in judged if one.delegate and one.wanted}
        changed: list[entries.Touched] = []
        free: list[int] = []
        for delegate in imports.list_delegates(self._event, list(wanted)):
            before = entries.describe(delegate, entries.list_held(delegate))
            self._owe(delegate, DueLetter.REGISTRATION_CHANGED)
            free += entries.put(self._session, delegate, wanted[delegate.public_id], self._now)
            changed.append((delegate, before, entries.list_held(delegate)))
        if changed:
            self._note("delegate.edit", changed)
            promotion.fill(self._session, self._event.id, free, self._now)

    def _owe(self, delegate: Delegate, letter: DueLetter) -> None:
        if self._made.tells:
            notices.owe(delegate, self._event, letter)

    def _note(self, act: str, touched: Sequence[entries.Touched]) -> None:
        """Write down for each what was done, so that it can be undone and read in the history."""
        entries.add(self._session, self._made, touched)
        audit.record_each(
            actor=self._actor,
            act=act,
            subjects=((delegate, delegate.person.full_name) for delegate, _, _ in touched),
            now=self._now,
            event_id=self._event.id,
            source="file",
            **{"import": self._made.public_id},
        )
