"""Put what the organiser said of an event into its row."""

from collections.abc import Iterable
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.domain.errors import InvalidInput
from app.domain.event_facts import EventFacts, OccasionFacts, named_occasion, require_letter
from app.domain.event_times import Times, deadline_of, rezoned
from app.domain.events import OrganizerRole
from app.domain.identifiers import slugify
from app.domain.languages import DEFAULT
from app.domain.programme import require_capacity
from app.domain.text import fold
from app.models.directory import Organization, Sector
from app.models.events import Event, EventOrganizer, Occasion, OtherTitle
from app.queries import organizations
from app.queries.event_facts import SAME_NAME, times
from app.queries.places import count_kept


def apply(session: Session, event: Event, facts: EventFacts) -> None:
    """Set every column and child of the event; raise InvalidInput or Conflict at the field that is wrong."""
    require_letter(facts.protocol_order, facts.order_letter)
    require_capacity(facts.capacity, (event.taken or 0) + count_kept(event.id))
    for name in SAME_NAME:
        value = getattr(facts, name)
        setattr(event, name, dict(value) if isinstance(value, dict) else value)
    before = times(event)
    set_times(event, rezoned(facts.schedule, before, facts.kept))
    is_converted = event.starts_at == before.starts_at and event.timezone != before.timezone
    typed_in = replace(times(event), timezone=before.timezone) if is_converted else times(event)
    event.registration_deadline = deadline_of(facts.deadline_date, facts.deadline_clock, typed_in)
    event.languages = list(facts.languages)
    event.series_key = slugify(facts.series.get(DEFAULT) or next(iter(facts.series.values()), ""))
    event.parent = _umbrella(session, event, facts.parent)
    event.sectors = _sectors(session, facts.sectors)
    event.other_titles = [OtherTitle(language=o.language, title=o.title) for o in facts.other_titles]
    event.occasions = _occasions(facts.occasions)
    _set_organizers(session, event, facts)
    event.search = searched(event)


def set_times(event: Event, times: Times) -> None:
    """Set when the event is."""
    event.date, event.part_of_day = times.day, times.part_of_day
    event.starts_at, event.ends_at, event.timezone = times.starts_at, times.ends_at, times.timezone


def searched(event: Event) -> str:
    """Return what a search looks through: every form of the title, and the series, folded (A03)."""
    texts = [*event.titles.values(), *(other.title for other in event.other_titles)]
    return fold(" \n ".join([*texts, *event.series.values()]))


def _umbrella(session: Session, event: Event, slug: str | None) -> Event | None:
    if slug is None:
        return None
    found = session.scalar(sa.select(Event).where(Event.slug == slug))
    if found is None:
        raise InvalidInput("event_unknown", field="parent")
    above: Event | None = found
    while above is not None:
        if above is event:
            raise InvalidInput("umbrella_of_itself", field="parent")
        above = above.parent
    return found


def _sectors(session: Session, codes: Iterable[str]) -> list[Sector]:
    wanted = set(codes)
    query = sa.select(Sector).where(Sector.code.in_(wanted)).order_by(Sector.position)
    found = list(session.scalars(query))
    if len(found) != len(wanted):
        raise InvalidInput("sector_unknown", field="sectors")
    return found


def _occasions(occasions: Iterable[OccasionFacts]) -> list[Occasion]:
    return [
        Occasion(position=position, **named_occasion(occasion))
        for position, occasion in enumerate(occasions, 1)
    ]


def _set_organizers(session: Session, event: Event, facts: EventFacts) -> None:
    named = [("organizers", typed, OrganizerRole.ORGANIZER) for typed in facts.organizers]
    named += [("co_organizers", typed, OrganizerRole.CO_ORGANIZER) for typed in facts.co_organizers]
    found = [(organizations.get_named(typed, field=field), role) for field, typed, role in named]
    roles: dict[Organization, OrganizerRole] = {}
    for organization, role in found:
        roles.setdefault(organization, role)
    present = {carrier.organization: carrier for carrier in event.organizers}
    kept = []
    for position, (organization, role) in enumerate(roles.items(), 1):
        carrier = present.get(organization) or EventOrganizer(organization=organization)
        carrier.role, carrier.position = role, position
        kept.append(carrier)
    event.organizers = kept
