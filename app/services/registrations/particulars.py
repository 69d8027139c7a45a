"""What is printed about a delegate: rows from what was typed."""

from collections.abc import Iterable, Mapping, Sequence

from app.domain.directory import OrganizationKind
from app.domain.errors import Conflict, InvalidInput
from app.domain.people import PersonDetails
from app.domain.programme import SessionStatus
from app.domain.registrations import admits, is_same_person
from app.models.directory import Organization
from app.models.events import Event
from app.models.people import Person
from app.models.programme import Session
from app.models.registrations import Delegate
from app.queries.registrations import Known, Origin
from app.services import people


def new_person(event: Event, origin: Organization | Origin | None, details: PersonDetails) -> Person:
    """Return a new person of an organisation."""
    person = Person(
        event_id=event.id,
        organization_id=origin.id if origin else None,
        organization_name=details.organization_name,
        country=details.country or (origin.country if origin else None),
        timezone=details.timezone or (origin.timezone if origin else None) or event.timezone,
        ranks={},
        posts={},
    )
    write(person, details)
    return person


def find_same(present: Iterable[Known], details: PersonDetails, request_key: str) -> Known | None:
    """Return who is registered already: by the same form sent twice, or as the same person."""
    who = (details.full_name, details.email)
    return next(
        (
            known
            for known in present
            if known.request_key == request_key or is_same_person((known.full_name, known.email), who)
        ),
        None,
    )


def write(person: Person, details: PersonDetails) -> None:
    """Put what was typed into the row; ranks and posts of other languages stay."""
    person.full_name = details.full_name
    person.native_name = details.native_name or None
    person.form_of_address = details.form_of_address
    person.ranks = _merged(person.ranks, details.ranks)
    person.posts = _merged(person.posts, details.posts)
    person.precedence = details.precedence if details.precedence is not None else person.precedence
    person.language = details.language
    person.email = details.email or None
    person.phone = details.phone
    people.index(person)


def choose_sessions(
    sessions: Sequence[Session], wanted: Sequence[str], kind: OrganizationKind | None
) -> list[Session]:
    """Return the chosen sessions; raise where one is not on the programme or not open to this kind (B20)."""
    planned = {row.public_id: row for row in sessions if row.status is SessionStatus.PLANNED}
    if unknown := set(wanted) - set(planned):
        raise InvalidInput("session_unknown", field="sessions", n=len(unknown))
    chosen = [row for public_id, row in planned.items() if public_id in set(wanted)]
    closed = next((row for row in chosen if not admits(row.admitted_kinds, kind)), None)
    if closed is not None:
        raise Conflict("session_not_admitted", field="sessions", number=closed.position)
    return chosen


def list_held_unoffered(delegate: Delegate, kind: OrganizationKind | None) -> list[Session]:
    """Return sessions in which he has a seat and that no form offers any more: a form cannot give them up."""
    held = {seat.session_id for seat in delegate.seats}
    return [
        row
        for row in delegate.event.sessions
        if row.id in held
        and (row.status is not SessionStatus.PLANNED or not admits(row.admitted_kinds, kind))
    ]


def kind_of(delegate: Delegate) -> OrganizationKind | None:
    """Return the kind of organisation a delegate comes from; None when it was only typed."""
    organization = delegate.person.organization
    return organization.kind if organization else None


def _merged(present: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    return {language: text for language, text in {**present, **given}.items() if text}
