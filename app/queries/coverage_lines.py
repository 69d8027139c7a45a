"""The coverage board line by line: the institutions, whom to call there, when they were called on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import contains_eager

from app.db import db
from app.domain.coverage import CoverageFilters, Progress
from app.models.calls import Call
from app.models.directory import Contact
from app.models.events import Event
from app.models.invitations import Invitation, InvitationAnswer
from app.queries import calls, coverage, directory, protocol, standings

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """An institution on the board, with its people in numbers, its focal point, the last call on it."""

    invitation: Invitation
    progress: Progress
    nominated: int
    confirmed: int
    attended: int
    contact: Contact | None
    call: Call | None
    answer: InvitationAnswer | None
    """The one that counts, for the way by which it came."""

    @property
    def phones(self) -> Sequence[str]:
        """Return the telephones to try: those of the focal point, else those of the office."""
        return (self.contact.phones if self.contact else []) or self.invitation.organization.phones


def list_lines(event: Event, filters: CoverageFilters, *, page: int = 1) -> list[Line]:
    """Return one page of the institutions that meet the filters, in protocol order.

    The number of statements does not grow with the rows.
    """
    return _lines(event, filters, limit=PER_PAGE, offset=(page - 1) * PER_PAGE)


def list_all(event: Event, filters: CoverageFilters) -> list[Line]:
    """Return all of them, for a file."""
    return _lines(event, filters)


def _lines(
    event: Event, filters: CoverageFilters, *, limit: int | None = None, offset: int = 0
) -> list[Line]:
    chosen = coverage.select(Invitation.id).where(*coverage.conditions(filters))
    numbers = protocol.rank_page(event, chosen, coverage.of(event), limit=limit, offset=offset)
    found: list[Line] = []
    for start in range(0, len(numbers), _AT_ONCE):
        found.extend(_load(event, numbers[start : start + _AT_ONCE]))
    return found


def _load(event: Event, numbers: Sequence[int]) -> list[Line]:
    selected = (
        coverage.select(Invitation, *coverage.PROGRESS, *coverage.FIGURES)
        .where(Invitation.id.in_(numbers))
        .options(contains_eager(Invitation.organization), contains_eager(Invitation.side))
    )
    rows = {row.Invitation.id: row for row in db.session.execute(selected, coverage.of(event))}
    contacts = directory.list_focal_points([row.Invitation.organization for row in rows.values()])
    last, answers = calls.list_last(numbers), standings.list_last(numbers)
    return [_line(rows[number], contacts, last, answers) for number in numbers]


def _line(
    row: Any,
    contacts: Mapping[int, Contact],
    last: Mapping[int, Call],
    answers: Mapping[int, InvitationAnswer],
) -> Line:
    invitation: Invitation = row.Invitation
    return Line(
        invitation=invitation,
        progress=coverage.progress_of(row),
        nominated=row.nominated,
        confirmed=row.confirmed,
        attended=row.attended,
        contact=contacts.get(invitation.organization_id),
        call=last.get(invitation.id),
        answer=answers.get(invitation.id),
    )


_AT_ONCE = 1_000
"""So many rows are read at once: databases limit the parameters of a statement."""
