"""The list of delegates as a table to be printed or saved, headed in two languages."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from app.documents.spreadsheets import Cell, Column, Table
from app.domain.languages import in_language
from app.domain.registrations import SeatState
from app.i18n.catalogue import N_, NN_, gettext, ngettext
from app.i18n.labels import LANGUAGES
from app.i18n.moments import format_timestamp
from app.i18n.wording import label, language_name
from app.models.events import Event
from app.models.registrations import Delegate, Seat
from app.queries.delegate_lists import Line

_COLUMNS = (
    (N_("No."), 6),
    (N_("Side"), 14),
    (N_("Institution"), 28),
    (N_("Form of address"), 10),
    (N_("Full name"), 26),
    (N_("Name in the original script"), 26),
    (N_("Diplomatic rank"), 16),
    (N_("Post"), 30),
    (N_("Role"), 16),
    (N_("Sessions"), 34),
    (N_("Language"), 10),
    (N_("E-mail"), 26),
    (N_("Telephone"), 18),
    (N_("State"), 14),
    (N_("Attended"), 10),
)
_SHEET = N_("Delegates")
_TITLE = N_("List of delegates")
_ROWS = NN_("{n} delegate", "{n} delegates")
_ATTENDED = {True: N_("Yes"), False: N_("No"), None: ""}


def make_table(event: Event, lines: Sequence[Line], *, language: str, now: datetime) -> Table:
    """Return the lines as they are seen; `language` comes first, Vietnamese or English beside it."""
    both = (language, "en" if language == "vi" else "vi")
    title = in_language(event.titles, language)
    made = format_timestamp(now, event.timezone or "UTC", language)
    counted = " / ".join(ngettext(code, *_ROWS, len(lines)) for code in both)
    return Table(
        name=gettext(language, _SHEET),
        title=f"{gettext(language, _TITLE)} – {title}",
        note=f"{counted} · {made}",
        columns=tuple(
            Column(heading=" / ".join(gettext(code, heading) for code in both), width=width)
            for heading, width in _COLUMNS
        ),
        rows=[_row(line, language) for line in lines],
        made_at=now,
    )


def _row(line: Line, language: str) -> list[Cell]:
    delegate, person = line.delegate, line.delegate.person
    side = delegate.invitation.side if delegate.invitation else None
    return [
        line.number,
        in_language(side.names, language) if side else "",
        _institution(delegate, language),
        person.form_of_address,
        person.full_name,
        person.native_name,
        in_language(person.ranks, language),
        in_language(person.posts, language),
        label(delegate.role, language),
        "; ".join(_session(seat, language) for seat in _kept(delegate.seats)),
        language_name(person.language, language) if person.language in LANGUAGES else person.language,
        person.email,
        person.phone,
        label(delegate.state, language),
        gettext(language, _ATTENDED[delegate.attended]),
    ]


def _institution(delegate: Delegate, language: str) -> str:
    organization = delegate.person.organization
    return in_language(organization.names, language) if organization else delegate.person.organization_name


def _kept(seats: Iterable[Seat]) -> list[Seat]:
    return sorted(
        (seat for seat in seats if seat.state is not SeatState.WITHDRAWN),
        key=lambda seat: seat.session.position,
    )


def _session(seat: Seat, language: str) -> str:
    title = in_language(seat.session.titles, language)
    return f"{title} ({label(seat.state, language)})" if seat.state is SeatState.WAITING else title
