"""Events and sessions as calendar entries in somebody's language and time zone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from app import site
from app.domain.calendar_slots import Placement, Slot, status_of_invitation, status_of_seat
from app.domain.calendars import CalendarEntry, Conference, EntryStatus
from app.domain.event_times import HOME_ZONE
from app.domain.events import CALLED_OFF, EventStatus
from app.domain.languages import Translated, in_language
from app.domain.programme import SessionStatus
from app.domain.registrations import SeatState
from app.domain.sites import join_url
from app.i18n import calendars as words
from app.i18n import moments
from app.i18n.punctuation import colon
from app.i18n.wording import label
from app.queries.calendar_rows import EventRow, ItemRow, SessionRow, SiteRow

if TYPE_CHECKING:
    from app.models.invitations import Invitation
    from app.models.registrations import Delegate


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads: his language and zone, how firmly each entry (by uid) stands, whether he may join."""

    language: str
    zone: str | None = None
    status: EntryStatus = EntryStatus.CONFIRMED
    seats: Mapping[str, EntryStatus] = field(default_factory=dict)
    may_join: bool = False
    site: SiteRow | None = None
    """From where he joins."""
    is_guest: bool = False
    """A delegate with a seat, or without one yet."""
    is_organizer: bool = False
    """At the desk: he reads drafts too, and his link leads there."""
    alarm_minutes: int | None = None
    changed: datetime | None = None
    sequences: Mapping[str, int] = field(default_factory=dict)
    """SEQUENCE by uid of what he was told by mail, where that is known."""


@dataclass(frozen=True, slots=True)
class Plan:
    """An event with its programme."""

    event: EventRow
    sessions: Sequence[SessionRow]
    items: Sequence[ItemRow]
    host: Translated = field(default_factory=dict)
    """What the first organizer is called, where somebody has to know."""

    @property
    def zone(self) -> str:
        """The event's zone; that of Viet Nam where only a date is known."""
        return self.event.timezone or HOME_ZONE

    @property
    def slot(self) -> Slot:
        """When the event is to be."""
        return Slot(
            uid=self.event.calendar_uid,
            zone=self.zone,
            day=self.event.date,
            starts=self.event.starts_at,
            ends=self.event.ends_at,
            called_off=self.event.status in CALLED_OFF,
        )

    @property
    def session_slots(self) -> list[Slot]:
        """When the sessions are to be."""
        return [
            Slot(
                uid=session.calendar_uid,
                zone=self.zone,
                starts=session.starts_at,
                ends=session.ends_at,
                called_off=session.status is SessionStatus.CANCELLED,
            )
            for session in self.sessions
        ]

    def by_uid(self, seats: Mapping[int, SeatState]) -> dict[str, SeatState]:
        """Return seats by the uid of their session instead of its number."""
        return {session.calendar_uid: seats[session.id] for session in self.sessions if session.id in seats}


def reader_of_invitation(
    invitation: "Invitation",
    zone: str | None,
    own_site: SiteRow | None,
    *,
    language: str,
    sequences: Mapping[str, int],
) -> Reader:
    """Return the focal point of an institution as reader; he may join once it has accepted."""
    status = status_of_invitation(invitation.state)
    has_accepted = status is EntryStatus.CONFIRMED
    return Reader(
        language=language,
        zone=zone,
        status=status,
        may_join=has_accepted,
        site=own_site if has_accepted else None,
        changed=invitation.answered_at,
        sequences=sequences,
    )


def reader_of_delegate(
    delegate: "Delegate",
    zone: str | None,
    seats: Mapping[str, SeatState],
    joins_from: SiteRow | None,
    *,
    language: str,
    sequences: Mapping[str, int],
    alarm_minutes: int | None = None,
) -> Reader:
    """Return a delegate as reader; he may join where his seat (by uid) is confirmed."""
    return Reader(
        language=language,
        zone=zone,
        status=status_of_seat(delegate.state),
        seats={uid: status_of_seat(delegate.state, state) for uid, state in seats.items()},
        may_join=True,
        site=joins_from,
        is_guest=True,
        alarm_minutes=alarm_minutes,
        changed=delegate.changed_at,
        sequences=sequences,
    )


def entry(plan: Plan, placement: Placement, reader: Reader) -> CalendarEntry:
    """Return what the reader's calendar shows at a placement."""
    session = next((s for s in plan.sessions if s.calendar_uid == placement.uid), None)
    status = _status(placement, reader)
    may_join = reader.may_join and status is EntryStatus.CONFIRMED
    join = _join_url(plan.event, session, reader.site) if may_join else ""
    changes = (
        plan.event.changed_at,
        session and session.changed_at,
        reader.changed,
        reader.site and reader.site.changed_at,
    )
    return CalendarEntry(
        uid=placement.uid,
        sequence=max((session or plan.event).sequence, reader.sequences.get(placement.uid, 0)),
        stamp=max(moment for moment in changes if moment),
        created=plan.event.created_at,
        starts=placement.starts,
        ends=placement.ends,
        zone=plan.zone,
        status=status,
        summary=_summary(plan.event, session, placement, reader),
        description=_description(
            plan, session, placement, reader, _ways_in(plan, session, reader, join) if may_join else []
        ),
        location=_location(plan.event, session, reader),
        url=_page(plan.event, reader),
        conference=Conference(url=join, label=words.join_label(reader.language)) if join else None,
        categories=(label(plan.event.kind, reader.language),),
        alarm_minutes=reader.alarm_minutes,
    )


def _page(event: EventRow, reader: Reader) -> str:
    return site.desk_event_url(event.slug) if reader.is_organizer else site.event_url(event.slug)


def _status(placement: Placement, reader: Reader) -> EntryStatus:
    return EntryStatus.CANCELLED if placement.called_off else reader.seats.get(placement.uid, reader.status)


def way_in(plan: Plan, uid: str, joins_from: SiteRow | None) -> str:
    """Return the link by which an entry is joined from a site (None: from anywhere), whoever may know it."""
    session = next((s for s in plan.sessions if s.calendar_uid == uid), None)
    return _join_url(plan.event, session, joins_from)


def _join_url(event: EventRow, session: SessionRow | None, site: SiteRow | None) -> str:
    return join_url(site and site.join_url, session and session.join_url, event.join_url)


def _ways_in(plan: Plan, session: SessionRow | None, reader: Reader, join: str) -> list[str]:
    """Return a line for each way to join: link, what a room's own equipment asks for, links of sessions."""
    own = reader.site
    known = (own.meeting_id, own.passcode, own.dial_address) if own else ("", "", "")
    ways = words.ways_in(reader.language, join, *known)
    if session is None and not (own and own.join_url):
        ways += [
            f"{in_language(s.titles, reader.language)}{colon(reader.language)} {s.join_url}"
            for s in plan.sessions
            if s.join_url and s.join_url != join and s.status is not SessionStatus.CANCELLED
        ]
    return ways


def _summary(event: EventRow, session: SessionRow | None, placement: Placement, reader: Reader) -> str:
    title = in_language(event.titles, reader.language)
    if session:
        title = f"{in_language(session.titles, reader.language)} – {title}"
    if placement.called_off:
        postponed = event.status is EventStatus.POSTPONED
        return words.cancelled_title(title, reader.language, postponed=postponed)
    if reader.is_guest and _status(placement, reader) is EntryStatus.TENTATIVE:
        return words.waiting_title(title, reader.language)
    return title


def _location(event: EventRow, session: SessionRow | None, reader: Reader) -> str:
    own, language = reader.site, reader.language
    at_site = [in_language(text, language) for text in (own.names, own.rooms)] if own else []
    return words.place(
        event.mode,
        platform=(own and own.platform) or event.platform or "",
        venue=", ".join(part for part in at_site if part) or in_language(event.venues, language),
        room=session.room if session else "",
        language=language,
    )


def _description(
    plan: Plan, session: SessionRow | None, placement: Placement, reader: Reader, ways_in: list[str]
) -> str:
    event, language = plan.event, reader.language
    about = in_language(session.summaries, language) if session else ""
    contact = (event.contact_name, event.contact_phone, event.contact_email)
    return words.describe(
        language,
        note=in_language(event.public_notes, language),
        when=_when(plan, session, placement, reader),
        purpose=about or in_language(event.purposes, language),
        programme=_programme(plan, session, language),
        ways_in=ways_in,
        page=_page(event, reader),
        contact=", ".join(part for part in contact if part),
    )


def _when(plan: Plan, session: SessionRow | None, placement: Placement, reader: Reader) -> str:
    """Return the hours in the host's zone and the reader's; an end that was only assumed is not printed."""
    if not isinstance(placement.starts, datetime):
        return moments.format_day(placement.starts, plan.event.part_of_day, reader.language)
    ends = (session or plan.event).ends_at
    return str(moments.format_moment(placement.starts, ends, plan.zone, reader.language, reader.zone))


def _programme(plan: Plan, session: SessionRow | None, language: str) -> list[str]:
    sessions = (
        []
        if session
        else [
            _line(s.starts_at, in_language(s.titles, language), plan.zone)
            for s in plan.sessions
            if s.status is not SessionStatus.CANCELLED
        ]
    )
    items = (item for item in plan.items if item.session_id == (session.id if session else None))
    return sessions + [
        _line(item.starts_at, in_language(item.titles, language) or label(item.kind, language), plan.zone)
        for item in items
    ]


def _line(starts: datetime | None, title: str, zone: str) -> str:
    return f"{moments.format_clock(starts, None, zone)} {title}" if starts else title
