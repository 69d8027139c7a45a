"""Calendar files: what the public, an institution and a delegate may put into their calendars."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from app import site
from app.domain.calendar_slots import (
    Placement,
    place_chosen,
    place_event,
    place_session,
    status_of_invitation,
    status_of_seat,
)
from app.domain.calendars import CalendarFile, EntryStatus, Feed
from app.domain.errors import InvalidInput, NotFound
from app.domain.languages import in_language
from app.domain.registrations import SeatState
from app.queries import calendar_rows as rows
from app.queries.calendar_entries import Plan, Reader, entry

if TYPE_CHECKING:
    from app.models.invitations import Invitation
    from app.models.registrations import Delegate

_ALARM_MINUTES = 30


def get_event_file(slug: str, *, language: str) -> CalendarFile:
    """Return the calendar file of a published event, without the link to join."""
    plan = _plan(rows.get_public_event(slug))
    return _download(plan, place_event(plan.slot, plan.session_slots), Reader(language=language))


def get_session_file(slug: str, number: int, *, language: str) -> CalendarFile:
    """Return the calendar file of one session of a published event, without the link to join."""
    plan = _plan(rows.get_public_event(slug))
    slots = plan.session_slots
    slot = next((slots[i] for i, session in enumerate(plan.sessions) if session.position == number), None)
    if slot is None:
        raise NotFound("not_found")
    placement = place_session(slot, event=plan.slot, sessions=slots)
    return _download(plan, [placement] if placement else [], Reader(language=language))


def get_invitation_feed(invitation: "Invitation", *, language: str | None = None) -> CalendarFile:
    """Return the feed of an institution: the whole event, the link to join once it has accepted.

    Without a language it is that of the invitation.
    """
    addressee, event = rows.get_invited(invitation.id)
    plan = _plan(event)
    status = status_of_invitation(invitation.state)
    reader = Reader(
        language=language or addressee.language,
        zone=addressee.zone,
        status=status,
        may_join=status is EntryStatus.CONFIRMED,
        site=rows.find_own_site(invitation.id) if status is EntryStatus.CONFIRMED else None,
        changed=invitation.answered_at,
    )
    placements = place_event(plan.slot, plan.session_slots)
    return _feed(plan, placements, reader, source_url=site.invitation_feed_url(invitation))


def get_delegate_file(delegate: "Delegate", *, language: str | None = None) -> CalendarFile:
    """Return the download of a delegate: his sessions, the link to join where his seat is confirmed.

    Without a language it is his own.
    """
    plan, placements, reader = _guest(delegate, language, _ALARM_MINUTES)
    return _download(plan, placements, reader)


def get_delegate_feed(delegate: "Delegate", *, language: str | None = None) -> CalendarFile:
    """Return the subscription of a delegate, by default in his own language."""
    plan, placements, reader = _guest(delegate, language)
    return _feed(plan, placements, reader, source_url=site.delegate_feed_url(delegate))


def get_file_to_mail(delegate: "Delegate", *, language: str) -> CalendarFile:
    """Return the download of a delegate who has just been read with his event, sessions and seats."""
    event, sessions = rows.rows_of(delegate.event)
    plan = Plan(event, sessions, rows.list_items(event.id))
    seats = {seat.session_id: seat.state for seat in delegate.seats}
    addressee = rows.Addressee(language, delegate.person.timezone)
    joins_from = rows.site_of(delegate)
    placements, reader = _guest_of(plan, seats, delegate, addressee, joins_from, language, _ALARM_MINUTES)
    return _download(plan, placements, reader)


def _plan(event: rows.EventRow) -> Plan:
    return Plan(event, rows.list_sessions(event.id), rows.list_items(event.id))


def _guest(
    delegate: "Delegate", language: str | None, alarm_minutes: int | None = None
) -> tuple[Plan, Sequence[Placement], Reader]:
    addressee, event, joins_from = rows.get_registered(delegate.id)
    plan = _plan(event)
    seats = rows.seats_of(delegate.id)
    return plan, *_guest_of(plan, seats, delegate, addressee, joins_from, language, alarm_minutes)


def _guest_of(
    plan: Plan,
    seats_by_session: Mapping[int, SeatState],
    delegate: "Delegate",
    addressee: rows.Addressee,
    joins_from: rows.SiteRow | None,
    language: str | None,
    alarm_minutes: int | None,
) -> tuple[Sequence[Placement], Reader]:
    seats = _seats_by_uid(plan, seats_by_session)
    reader = Reader(
        language=language or addressee.language,
        zone=addressee.zone,
        status=status_of_seat(delegate.state),
        seats={uid: status_of_seat(delegate.state, state) for uid, state in seats.items()},
        may_join=True,
        site=joins_from,
        is_guest=True,
        alarm_minutes=alarm_minutes,
        changed=delegate.changed_at,
    )
    return place_chosen(plan.slot, plan.session_slots, seats), reader


def _seats_by_uid(plan: Plan, seats: Mapping[int, SeatState]) -> dict[str, SeatState]:
    return {session.calendar_uid: seats[session.id] for session in plan.sessions if session.id in seats}


def _download(plan: Plan, placements: Sequence[Placement], reader: Reader) -> CalendarFile:
    if not placements:
        raise InvalidInput("calendar_without_date")
    return _file(plan, placements, reader)


def _feed(plan: Plan, placements: Sequence[Placement], reader: Reader, *, source_url: str) -> CalendarFile:
    return _file(plan, placements, reader, Feed(zone=plan.zone, source_url=source_url))


def _file(
    plan: Plan, placements: Sequence[Placement], reader: Reader, feed: Feed | None = None
) -> CalendarFile:
    entries = tuple(entry(plan, placement, reader) for placement in placements)
    return CalendarFile(
        title=in_language(plan.event.titles, reader.language),
        entries=entries,
        language=reader.language,
        changed=max([plan.event.changed_at, *(e.stamp for e in entries)]),
        feed=feed,
    )
