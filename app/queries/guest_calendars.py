"""What stands in the calendar of each guest: the entries that scheduling messages bring there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app import site
from app.db import db
from app.domain.calendar_slots import Placement, place_chosen, place_whole
from app.domain.calendars import CalendarEntry, EntryStatus, Organizer, ParticipationRole, PartStat
from app.domain.invitations import InvitationState
from app.domain.itip import Revision
from app.domain.languages import INTERFACE, in_language
from app.domain.people import printed_name
from app.domain.registrations import DelegateRole, SeatState
from app.models.calendars import CalendarCopy
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.people import Person
from app.models.registrations import Delegate
from app.queries import calendar_rows as rows
from app.queries.calendar_entries import (
    Plan,
    Reader,
    entry,
    reader_of_delegate,
    reader_of_invitation,
    way_in,
)

Key = tuple[Literal["invitation", "delegate"], int]
_PORTION = 500
_INVITATIONS = sa.select(Invitation).options(joinedload(Invitation.organization))
_DELEGATES = sa.select(Delegate).options(
    joinedload(Delegate.person).joinedload(Person.organization),
    joinedload(Delegate.site),
    selectinload(Delegate.seats),
)
_ANSWERS = {
    InvitationState.ACCEPTED: PartStat.ACCEPTED,
    InvitationState.TENTATIVE: PartStat.TENTATIVE,
    InvitationState.DECLINED: PartStat.DECLINED,
}


@dataclass(frozen=True, slots=True)
class GuestEntry:
    """An entry as the guest's calendar is to show it, and what of it asks him again when it changes."""

    entry: CalendarEntry
    revision: Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """An institution or a delegate as the one guest of his messages; `email` None: out of reach."""

    purpose: site.ReplyPurpose
    holder: Invitation | Delegate
    email: str | None
    name: str
    language: str
    host: str
    role: ParticipationRole
    answer: PartStat
    """What is known of his mind."""
    entries: tuple[GuestEntry, ...]
    copies: tuple[CalendarCopy, ...]
    """What his calendar holds."""
    plan: Plan
    reader: Reader

    def organizer(self, generation: int) -> Organizer:
        """Return the organiser as this guest knows him: the host by name, an address of the guest's own."""
        return Organizer(
            name=self.host, address=site.reply_address(self.purpose, self.holder.public_id, generation)
        )


def get_institution(invitation: Invitation, *, email: str | None = None) -> Guest:
    """Return an institution as guest; `email` is where it is written to, if not at that of its invitation."""
    own_site = rows.find_own_site(invitation.id)
    copies = db.session.scalars(_copies(CalendarCopy.invitation_id == invitation.id)).all()
    return _institution(_plan(invitation.event), invitation, email or invitation.email, copies, own_site)


def get_delegate(delegate: Delegate) -> Guest:
    """Return a delegate as guest."""
    copies = db.session.scalars(_copies(CalendarCopy.delegate_id == delegate.id)).all()
    return _delegate(_plan(delegate.event), delegate, copies)


def get_guest(holder: Invitation | Delegate) -> Guest:
    """Return an institution or a delegate as guest."""
    return get_institution(holder) if isinstance(holder, Invitation) else get_delegate(holder)


def list_guests(event: Event, written_to: Mapping[Key, str]) -> Iterator[tuple[Key, Guest]]:
    """Yield many guests of an event by key, written to at these addresses; few statements, little memory."""
    plan, own_sites = _plan(event), rows.own_sites(event.id)
    keys = list(written_to)
    for start in range(0, len(keys), _PORTION):
        portion = keys[start : start + _PORTION]
        invitations = [number for kind, number in portion if kind == "invitation"]
        delegates = [number for kind, number in portion if kind == "delegate"]
        copies = _copies_by_key(invitations, delegates)
        for asked in db.session.scalars(_INVITATIONS.where(Invitation.id.in_(invitations))):
            key: Key = ("invitation", asked.id)
            own_site = own_sites.get(asked.id)
            yield key, _institution(plan, asked, written_to[key], copies.get(key, ()), own_site)
        for registered in db.session.scalars(_DELEGATES.where(Delegate.id.in_(delegates))):
            key = ("delegate", registered.id)
            yield key, _delegate(plan, registered, copies.get(key, ()))


def _plan(event: Event) -> Plan:
    row, sessions = rows.rows_of(event)
    host, items = rows.host_and_items(event.id)
    return Plan(row, sessions, items, host)


def _copies(of: sa.ColumnElement[bool]) -> sa.Select[CalendarCopy]:
    return sa.select(CalendarCopy).where(of).order_by(CalendarCopy.id)


def _copies_by_key(invitations: Sequence[int], delegates: Sequence[int]) -> dict[Key, list[CalendarCopy]]:
    theirs = sa.or_(CalendarCopy.invitation_id.in_(invitations), CalendarCopy.delegate_id.in_(delegates))
    found: dict[Key, list[CalendarCopy]] = {}
    for copy in db.session.scalars(_copies(theirs)):
        key: Key = (
            ("invitation", copy.invitation_id) if copy.invitation_id else ("delegate", copy.delegate_id or 0)
        )
        found.setdefault(key, []).append(copy)
    return found


def _institution(
    plan: Plan,
    invitation: Invitation,
    email: str | None,
    copies: Sequence[CalendarCopy],
    own_site: rows.SiteRow | None,
) -> Guest:
    """It has the event as one entry, unless that was called off."""
    language, organization = _spoken(invitation.language), invitation.organization
    reader = reader_of_invitation(
        invitation, organization.timezone, own_site, language=language, sequences=_sequences(copies)
    )
    placement = place_whole(plan.slot, plan.session_slots)
    return Guest(
        purpose="invitation-reply",
        holder=invitation,
        email=email,
        name=invitation.addressee or in_language(organization.names, language),
        language=language,
        host=_host(plan, language),
        role=ParticipationRole.REQUIRED,
        answer=_ANSWERS.get(invitation.state, PartStat.NEEDS_ACTION),
        entries=_entries(plan, reader, [placement] if placement else [], own_site),
        copies=tuple(copies),
        plan=plan,
        reader=reader,
    )


def _delegate(plan: Plan, delegate: Delegate, copies: Sequence[CalendarCopy]) -> Guest:
    """He has the sessions in which his seat is confirmed."""
    person, language = delegate.person, _spoken(delegate.person.language)
    seats = plan.by_uid({seat.session_id: seat.state for seat in delegate.seats})
    joins_from = rows.site_of(delegate)
    zone = person.timezone or (person.organization.timezone if person.organization else None)
    reader = reader_of_delegate(
        delegate, zone, seats, joins_from, language=language, sequences=_sequences(copies)
    )
    is_observer = delegate.role is DelegateRole.OBSERVER
    return Guest(
        purpose="delegate-reply",
        holder=delegate,
        email=person.email,
        name=printed_name(person.full_name, person.native_name, language),
        language=language,
        host=_host(plan, language),
        role=ParticipationRole.OPTIONAL if is_observer else ParticipationRole.REQUIRED,
        answer=PartStat.NEEDS_ACTION,
        entries=_entries(plan, reader, _own_places(plan, delegate, seats), joins_from),
        copies=tuple(copies),
        plan=plan,
        reader=reader,
    )


def entry_for(guest: Guest, uid: str) -> CalendarEntry | None:
    """Return what a calendar would show under a uid of the event, whether it is the guest's or not."""
    whole = place_whole(guest.plan.slot, guest.plan.session_slots)
    slots = [slot.uid for slot in guest.plan.session_slots]
    placed = place_chosen(guest.plan.slot, guest.plan.session_slots, slots)
    found = next((place for place in (whole, *placed) if place and place.uid == uid), None)
    return entry(guest.plan, found, guest.reader) if found else None


def title_of(guest: Guest) -> str:
    """Return the title of the event: all that is left of an entry whose session is gone."""
    return in_language(guest.plan.event.titles, guest.language)


def _own_places(plan: Plan, delegate: Delegate, seats: Mapping[str, SeatState]) -> list[Placement]:
    if delegate.state is not SeatState.CONFIRMED:
        return []
    confirmed = {uid for uid, state in seats.items() if state is SeatState.CONFIRMED}
    if seats and not confirmed:
        return []
    return list(place_chosen(plan.slot, plan.session_slots, confirmed))


def _entries(
    plan: Plan, reader: Reader, placements: Sequence[Placement], joins_from: rows.SiteRow | None
) -> tuple[GuestEntry, ...]:
    """Return the entries of what takes place: what is called off is no entry to bring."""
    return tuple(
        GuestEntry(
            entry(plan, place, reader),
            Revision(
                starts=place.starts,
                ends=place.ends,
                status=EntryStatus.CONFIRMED,
                link=way_in(plan, place.uid, joins_from),
            ),
        )
        for place in placements
        if not place.called_off
    )


def _sequences(copies: Sequence[CalendarCopy]) -> dict[str, int]:
    return {copy.uid: copy.sequence for copy in copies}


def _spoken(language: str) -> str:
    return language if language in INTERFACE else "en"


def _host(plan: Plan, language: str) -> str:
    return in_language(plan.host, language) if plan.host else site.settings().office
