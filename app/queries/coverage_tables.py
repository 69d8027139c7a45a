"""The coverage board as a table to be printed or saved."""

from collections.abc import Sequence
from datetime import datetime

from app.documents.spreadsheets import Cell, Column, Table
from app.domain.invitations import effective_deadline
from app.domain.languages import in_language
from app.i18n.catalogue import N_, NN_, gettext, ngettext
from app.i18n.moments import format_date, format_timestamp
from app.i18n.wording import label
from app.models.events import Event
from app.queries.coverage_lines import Line

_COLUMNS = (
    (N_("No."), 6),
    (N_("Side"), 16),
    (N_("Institution"), 34),
    (N_("Kind of organisation"), 20),
    (N_("Answer"), 16),
    (N_("State"), 18),
    (N_("Delegates"), 10),
    (N_("Confirmed"), 10),
    (N_("Line tested"), 10),
    (N_("Attended"), 10),
    (N_("Answers until"), 20),
    (N_("Focal point"), 28),
    (N_("Telephone"), 20),
    (N_("E-mail"), 28),
    (N_("Letter sent"), 20),
    (N_("Reminded"), 20),
    (N_("Last call"), 26),
    (N_("What was said"), 40),
)
_SHEET = N_("Board")
_ROWS = NN_("{n} institution", "{n} institutions")


def make_table(event: Event, lines: Sequence[Line], *, language: str, now: datetime) -> Table:
    """Return the lines as they are seen."""
    made = format_timestamp(now, event.timezone or "UTC", language)
    return Table(
        name=gettext(language, _SHEET),
        title=f"{gettext(language, _SHEET)} – {in_language(event.titles, language)}",
        note=f"{ngettext(language, *_ROWS, len(lines))} · {made}",
        columns=tuple(Column(heading=gettext(language, words), width=width) for words, width in _COLUMNS),
        rows=[_row(number, line, event, language) for number, line in enumerate(lines, 1)],
        made_at=now,
    )


def _row(number: int, line: Line, event: Event, language: str) -> list[Cell]:
    invitation, call = line.invitation, line.call
    side, organization = invitation.side, invitation.organization
    until = effective_deadline(invitation.deadline, event)

    def moment(at: datetime | None) -> str:
        return format_timestamp(at, event.timezone or "UTC", language) if at else ""

    return [
        number,
        in_language(side.names, language) if side else "",
        in_language(organization.names, language),
        label(organization.kind, language),
        label(invitation.state, language),
        label(line.progress.furthest, language),
        line.nominated,
        line.confirmed,
        gettext(language, N_("Yes")) if line.progress.tested else "",
        line.attended,
        moment(until),
        _named(line),
        "; ".join(line.phones),
        invitation.email or "",
        moment(invitation.sent_at),
        moment(invitation.reminded_at),
        f"{format_date(call.called_on, language)}, {label(call.means, language)}" if call else "",
        call.note if call else "",
    ]


def _named(line: Line) -> str:
    contact = line.contact
    return ", ".join(part for part in (contact.full_name, contact.post) if part) if contact else ""
