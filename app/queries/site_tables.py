"""The list of connection sites as a table to be printed or saved, headed in two languages."""

from collections.abc import Sequence
from datetime import datetime

from app.documents.spreadsheets import Cell, Column, Table
from app.domain.languages import in_language
from app.i18n.catalogue import N_, NN_, gettext, ngettext
from app.i18n.moments import format_moment, format_timestamp, zone_name
from app.i18n.wording import label
from app.models.events import Event
from app.models.sites import Site
from app.queries.sites import Line

_COLUMNS = (
    (N_("No."), 6),
    (N_("Connection site"), 30),
    (N_("Institution"), 28),
    (N_("Kind of site"), 18),
    (N_("State"), 14),
    (N_("Room and address"), 30),
    (N_("Time zone"), 18),
    (N_("Contact person"), 22),
    (N_("Telephone of the contact"), 18),
    (N_("Technician"), 22),
    (N_("Telephone of the technician"), 18),
    (N_("Test of the line"), 26),
    (N_("Line tested"), 10),
    (N_("Named people"), 10),
    (N_("Named people who attended"), 10),
    (N_("Planned headcount"), 10),
    (N_("Planned, with the sites under it"), 12),
    (N_("Headcount"), 10),
    (N_("Headcount, with the sites under it"), 12),
)
_SHEET = N_("Connection sites")
_TITLE = N_("List of connection sites")
_ROWS = NN_("{n} connection site", "{n} connection sites")
_INDENT = " · "


def make_table(event: Event, lines: Sequence[Line], *, language: str, now: datetime) -> Table:
    """Return the sites as a tree; how to join is left out, for lists are passed on."""
    both = (language, "en" if language == "vi" else "vi")
    made = format_timestamp(now, event.timezone or "UTC", language)
    counted = " / ".join(ngettext(code, *_ROWS, len(lines)) for code in both)
    return Table(
        name=gettext(language, _SHEET),
        title=f"{gettext(language, _TITLE)} – {in_language(event.titles, language)}",
        note=f"{counted} · {made}",
        columns=tuple(
            Column(heading=" / ".join(gettext(code, heading) for code in both), width=width)
            for heading, width in _COLUMNS
        ),
        rows=[_row(number, line, event, language) for number, line in enumerate(lines, 1)],
        made_at=now,
    )


def _row(number: int, line: Line, event: Event, language: str) -> list[Cell]:
    site = line.site
    return [
        number,
        _INDENT * line.depth + in_language(site.shown_names, language),
        in_language(site.invitation.organization.names, language) if site.invitation else "",
        label(site.kind, language),
        label(site.status, language),
        in_language(site.rooms, language),
        zone_name(site.timezone, event.starts_at or event.created_at, language) if site.timezone else "",
        site.contact_name,
        site.contact_phone,
        site.technician_name,
        site.technician_phone,
        _test(site, event, language),
        gettext(language, N_("Yes") if site.is_tested else N_("No")),
        line.delegates,
        line.attended,
        site.planned,
        line.planned,
        site.counted,
        line.counted,
    ]


def _test(site: Site, event: Event, language: str) -> str:
    test = site.open_test
    if test is None:
        return ""
    return str(format_moment(test.starts_at, test.ends_at, event.timezone or "UTC", language, site.timezone))
