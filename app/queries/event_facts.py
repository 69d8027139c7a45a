"""What an event says of itself, as its form and the rules of the domain ask for it."""

from zoneinfo import ZoneInfo

from app.domain.event_facts import EventFacts, OccasionFacts, OtherTitleFacts, RelationLevel
from app.domain.event_times import HOME_ZONE, Times, schedule_of
from app.domain.events import Missing, OrganizerRole, missing_for_publishing
from app.domain.languages import in_language
from app.models.directory import Organization
from app.models.events import Event

SAME_NAME = (
    "titles", "purposes", "taglines", "public_notes", "kind", "is_archive", "mode", "venues", "platform",
    "join_url", "series", "admits_open_registration", "capacity", "default_quota", "approval", "offer_hours",
    "contact_name", "contact_phone", "contact_email", "protocol_order", "order_language", "order_letter",
    "interpretation",
)  # fmt: skip
"""Columns that are called like the fact they hold."""


def times(event: Event) -> Times:
    """Return when the event is."""
    return Times(
        day=event.date,
        part_of_day=event.part_of_day,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        timezone=event.timezone,
    )


def missing(event: Event) -> tuple[Missing, ...]:
    """Return what the event lacks before it can be published."""
    return missing_for_publishing(
        titles=event.titles,
        day=event.date,
        mode=event.mode,
        organizers=sum(1 for carrier in event.organizers if carrier.role is OrganizerRole.ORGANIZER),
        is_archive=event.is_archive,
    )


def facts_of(event: Event, language: str) -> EventFacts:
    """Return everything the form asks for; organisations as "Name [CODE]" in the reader's language."""
    deadline = event.registration_deadline
    local = deadline.astimezone(ZoneInfo(event.timezone or HOME_ZONE)) if deadline else None
    return EventFacts(
        schedule=schedule_of(times(event)),
        other_titles=tuple(OtherTitleFacts(language=o.language, title=o.title) for o in event.other_titles),
        languages=tuple(event.languages),
        organizers=_carriers(event, OrganizerRole.ORGANIZER, language),
        co_organizers=_carriers(event, OrganizerRole.CO_ORGANIZER, language),
        occasions=_occasions(event),
        sectors=tuple(sector.code for sector in event.sectors),
        parent=event.parent.slug if event.parent else None,
        deadline_date=local.date() if local else None,
        deadline_clock=local.time() if local else None,
        **{name: getattr(event, name) for name in SAME_NAME},
    )


def shown_name(organization: Organization, language: str) -> str:
    """Return how an organisation is offered and typed: "Name [CODE]"."""
    return f"{in_language(organization.names, language)} [{organization.code}]"


def _carriers(event: Event, role: OrganizerRole, language: str) -> tuple[str, ...]:
    return tuple(shown_name(c.organization, language) for c in event.organizers if c.role is role)


def _occasions(event: Event) -> tuple[OccasionFacts, ...]:
    return tuple(
        OccasionFacts(
            labels=occasion.labels,
            years=occasion.years,
            relation_level=RelationLevel(occasion.relation_level) if occasion.relation_level else None,
            date_from=occasion.date_from,
            date_to=occasion.date_to,
            countries=tuple(occasion.countries),
        )
        for occasion in event.occasions
    )
