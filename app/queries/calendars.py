"""Calendar files: what the public, an institution and a delegate may put into their calendars."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app import site
from app.domain.calendar_slots import (
    Placement,
    place_chosen,
    place_event,
    place_session,
    place_whole,
    status_of_invitation,
)
from app.domain.calendars import CalendarEntry, CalendarFile, EntryStatus, Feed
from app.domain.errors import InvalidInput, NotFound
from app.domain.event_times import HOME_ZONE
from app.domain.events import EventStatus, entry_status
from app.domain.languages import in_language
from app.i18n import calendars as words
from app.queries import calendar_rows as rows
from app.queries.calendar_entries import Plan, Reader, entry, reader_of_delegate, reader_of_invitation

if TYPE_CHECKING:
    from app.models.accounts import Account
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


def get_invitation_feed(
    invitation: "Invitation", *, language: str | None = None, source_url: str | None = None
) -> CalendarFile:
    """Return the feed of an institution: the event as one entry, the link to join once it has accepted.

    Its focal point is invited to the same entry by mail. Without a language it is that of the invitation;
    `source_url` is the address asked for: one of several focal points must not learn the institution's own.
    """
    addressee, event = rows.get_invited(invitation.id)
    plan = _plan(event)
    has_accepted = status_of_invitation(invitation.state) is EntryStatus.CONFIRMED
    own_site = rows.find_own_site(invitation.id) if has_accepted else None
    told = rows.sequences_of_invitation(invitation.id)
    reader = reader_of_invitation(
        invitation, addressee.zone, own_site, language=language or addressee.language, sequences=told
    )
    placement = place_whole(plan.slot, plan.session_slots)
    placements = (placement,) if placement else ()
    return _feed(plan, placements, reader, source_url=source_url or site.invitation_feed_url(invitation))


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


def get_desk_feed(account: "Account", *, language: str | None = None) -> CalendarFile:
    """Return the feed of every event as one entry each, drafts as tentative, by default in his language."""
    language = language or account.language
    entries = [made for plan in _plans() if (made := _desk_entry(plan, language))]
    return CalendarFile(
        title=words.desk_title(language),
        entries=tuple(entries),
        language=language,
        changed=max([account.created_at, *(made.stamp for made in entries)]),
        feed=Feed(zone=HOME_ZONE, source_url=site.desk_feed_url(account)),
    )


def _desk_entry(plan: Plan, language: str) -> CalendarEntry | None:
    place = place_whole(plan.slot, plan.session_slots)
    is_draft = plan.event.status is EventStatus.DRAFT
    status = EntryStatus.TENTATIVE if is_draft else entry_status(plan.event.status)
    reader = Reader(language=language, status=status, may_join=True, is_organizer=True)
    return entry(plan, place, reader) if place else None


def _plan(event: rows.EventRow) -> Plan:
    return Plan(event, rows.list_sessions(event.id), rows.list_items(event.id))


def _plans() -> Sequence[Plan]:
    sessions, items = rows.sessions_by_event(), rows.items_by_event()
    return [Plan(event, sessions[event.id], items[event.id]) for event in rows.list_events()]


def _guest(
    delegate: "Delegate", language: str | None, alarm_minutes: int | None = None
) -> tuple[Plan, Sequence[Placement], Reader]:
    addressee, event, joins_from = rows.get_registered(delegate.id)
    plan = _plan(event)
    seats = plan.by_uid(rows.seats_of(delegate.id))
    reader = reader_of_delegate(
        delegate,
        addressee.zone,
        seats,
        joins_from,
        language=language or addressee.language,
        alarm_minutes=alarm_minutes,
        sequences=rows.sequences_of_delegate(delegate.id),
    )
    return plan, place_chosen(plan.slot, plan.session_slots, seats), reader


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
