"""Name plates of an event, in protocol order: of its confirmed people, or of the institutions that come."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.directory import HOME
from app.domain.invitations import InvitationState
from app.domain.languages import in_language
from app.domain.people import addressed_name
from app.domain.plates import PlateKind, keep_whole, length_class
from app.domain.registrations import SERVING, SeatState
from app.i18n.countries import country_name
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.registrations import Delegate
from app.queries import delegate_lists


@dataclass(frozen=True, slots=True)
class Plate:
    """What stands on one plate: a name, and smaller lines under it."""

    name: str
    lines: Sequence[str]

    @property
    def length(self) -> str:
        """Return in which size the name is set."""
        return length_class(self.name)


def list_plates(event: Event, kind: PlateKind, *, language: str) -> list[Plate]:
    """Return the plates of whoever is sure to come; interpreters and technicians sit elsewhere."""
    if kind is PlateKind.INSTITUTIONS:
        coming = (
            row for row in delegate_lists.list_delegations(event) if row.state is InvitationState.ACCEPTED
        )
        return [_of_institution(row, language) for row in coming]
    return [
        _of_person(line.delegate, language)
        for line in delegate_lists.list_lines(event)
        if line.delegate.state is SeatState.CONFIRMED and line.delegate.role not in SERVING
    ]


def _of_institution(invitation: Invitation, language: str) -> Plate:
    side, organization = invitation.side, invitation.organization
    countries = [country_name(code, language) for code in {HOME, organization.country} if code]
    return Plate(
        keep_whole(in_language(organization.names, language), countries),
        [in_language(side.names, language)] if side else [],
    )


def _of_person(delegate: Delegate, language: str) -> Plate:
    person = delegate.person
    name = addressed_name(
        person.full_name, person.native_name, person.form_of_address, person.ranks, language
    )
    organization = person.organization
    institution = in_language(organization.names, language) if organization else person.organization_name
    lines = [line for line in (in_language(person.posts, language), institution) if line]
    return Plate(name[:1].upper() + name[1:], lines)
