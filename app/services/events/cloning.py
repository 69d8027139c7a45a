"""Make a new draft out of an event: its texts, carriers and programme, but nobody's person or answer."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.domain.event_facts import CopyFacts
from app.domain.event_times import HOME_ZONE, moved
from app.domain.languages import DEFAULT, in_language
from app.domain.policy import Actor
from app.domain.programme import Edition
from app.models.events import Event, EventOrganizer, Occasion, Side
from app.models.programme import AgendaItem, Appointment, Session, at_desk
from app.services import audit
from app.services.events import facts
from app.services.events.access import agenda_of, manageable, planned_sessions_of
from app.services.events.editing import free_slug
from app.services.transaction import unit_of_work

_EVENT = (
    "kind", "parent_id", "series", "series_key", "purposes", "taglines", "mode", "platform", "venues",
    "languages", "part_of_day", "timezone", "admits_open_registration", "capacity", "default_quota",
    "approval", "offer_hours", "protocol_order", "order_language", "order_letter", "contact_name",
    "contact_phone", "contact_email", "interpretation",
)  # fmt: skip
_SESSION = (
    "position",
    "titles",
    "summaries",
    "capacity",
    "languages",
    "interpretation",
    "room",
    "admitted_kinds",
)
_AGENDA = ("position", "kind", "titles", "minutes")
_APPOINTMENT = (
    "position", "role", "organization_id", "labels", "topics", "from_language", "to_language",
)  # fmt: skip
_SIDE = ("code", "names", "position", "capacity")
_OCCASION = ("position", "years", "labels", "relation_level", "date_from", "date_to", "countries")


class _Days:
    """How far the copy lies from its original; without a date of its own it has no hours at all."""

    def __init__(self, event: Event, command: CopyFacts) -> None:
        self._zone = event.timezone or HOME_ZONE
        self._by = command.day - event.date if command.day and event.date else None

    def shift(self, at: datetime | None) -> datetime | None:
        """Return the moment on the day of the copy."""
        if at is None or self._by is None:
            return None
        return moved(at, self._by, zone=self._zone, to_zone=self._zone)


def clone(*, actor: Actor, slug: str, command: CopyFacts, now: datetime) -> str:
    """Copy an event into a new draft and return its slug.

    Join links stay behind, for a new meeting has new ones; invitations, delegates and reports too.
    """
    with unit_of_work() as session:
        original = manageable(actor, slug)
        days = _Days(original, command)
        copy = _copy_event(session, original, command, days, now)
        _copy_programme(session, original, copy, days, now)
        name = in_language(copy.titles, DEFAULT)
        audit.record(
            actor=actor, act="event.clone", subject=copy, name=name, now=now, event_id=copy.id, original=slug
        )
        return copy.slug


def _copy_event(
    session: orm.Session, original: Event, command: CopyFacts, days: _Days, now: datetime
) -> Event:
    copy = Event(
        slug=free_slug(session, in_language(command.titles, DEFAULT)),
        titles=dict(command.titles),
        date=command.day,
        starts_at=days.shift(original.starts_at),
        ends_at=days.shift(original.ends_at),
        registration_deadline=days.shift(original.registration_deadline),
        created_at=now,
        changed_at=now,
        **_values(original, _EVENT),
    )
    copy.organizers = [
        EventOrganizer(organization_id=o.organization_id, role=o.role, position=o.position)
        for o in original.organizers
    ]
    copy.sides = [Side(**_values(side, _SIDE)) for side in original.sides]
    copy.occasions = [Occasion(**_values(occasion, _OCCASION)) for occasion in original.occasions]
    copy.sectors = list(original.sectors)
    copy.search = facts.searched(copy)
    session.add(copy)
    session.flush()
    return copy


def _copy_programme(session: orm.Session, original: Event, copy: Event, days: _Days, now: datetime) -> None:
    sessions = {row.id: _copy_session(row, copy, days, now) for row in planned_sessions_of(session, original)}
    session.add_all(sessions.values())
    session.flush()
    agenda = {
        row.id: AgendaItem(
            event_id=copy.id,
            session_id=sessions[row.session_id].id if row.session_id else None,
            starts_at=days.shift(row.starts_at),
            **_values(row, _AGENDA),
        )
        for row in agenda_of(session, original)
        if row.edition is not Edition.RELEASED
    }
    session.add_all(agenda.values())
    session.flush()
    sides = {old.id: new.id for old, new in zip(original.sides, copy.sides, strict=True)}
    query = sa.select(Appointment).where(Appointment.event_id == original.id, at_desk(Appointment))
    session.add_all(
        Appointment(
            event_id=copy.id,
            session_id=sessions[row.session_id].id if row.session_id else None,
            agenda_item_id=agenda[row.agenda_item_id].id if row.agenda_item_id else None,
            side_id=sides[row.side_id] if row.side_id else None,
            **_values(row, _APPOINTMENT),
        )
        for row in session.scalars(query.order_by(Appointment.id))
    )


def _copy_session(row: Session, copy: Event, days: _Days, now: datetime) -> Session:
    return Session(
        event_id=copy.id,
        starts_at=days.shift(row.starts_at),
        ends_at=days.shift(row.ends_at),
        sectors=list(row.sectors),
        changed_at=now,
        **_values(row, _SESSION),
    )


def _values(row: object, names: tuple[str, ...]) -> dict[str, object]:
    return {name: getattr(row, name) for name in names}
