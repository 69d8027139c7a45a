"""The directory as it is seen, as a table to be saved; its headings are those that an import understands."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.documents.spreadsheets import Cell, Column, Table
from app.domain.languages import in_language
from app.i18n.catalogue import N_, NN_, gettext, ngettext
from app.i18n.countries import country_name
from app.i18n.wording import label
from app.models.directory import Contact, Organization

_COLUMNS = (
    (N_("Code"), 14),
    (N_("Name of the organisation"), 40),
    (N_("Name in English"), 34),
    (N_("Name in Russian"), 34),
    (N_("Name in French"), 34),
    (N_("Abbreviation"), 12),
    (N_("Kind of organisation"), 22),
    (N_("Country"), 16),
    (N_("Seat in another country"), 16),
    (N_("City"), 18),
    (N_("Part of"), 26),
    (N_("Address"), 34),
    (N_("Telephone"), 20),
    (N_("E-mail"), 26),
    (N_("Website"), 24),
    (N_("Focal point"), 24),
    (N_("Post"), 24),
    (N_("E-mail of the focal point"), 26),
    (N_("Telephone of the focal point"), 20),
    (N_("Exists since"), 12),
    (N_("Last day"), 12),
    (N_("Successor"), 14),
)
_SHEET = N_("Directory")
_ROWS = NN_("{n} organisation", "{n} organisations")


def make_table(
    rows: Sequence[Organization], focal_points: Mapping[int, Contact], *, language: str, now: datetime
) -> Table:
    """Return the organisations as they are seen, one on each line."""
    return Table(
        name=gettext(language, _SHEET),
        title=gettext(language, _SHEET),
        note=ngettext(language, *_ROWS, len(rows)),
        columns=tuple(Column(heading=gettext(language, words), width=width) for words, width in _COLUMNS),
        rows=[_row(row, focal_points.get(row.id), language) for row in rows],
        made_at=now,
    )


def _row(row: Organization, contact: Contact | None, language: str) -> list[Cell]:
    place = [country_name(code, language) if code else "" for code in (row.country, row.host_country)]
    reach = (contact.email or "", "; ".join(contact.phones)) if contact else ("", "")
    return [
        row.code,
        row.names.get("vi") or in_language(row.names, "vi"),
        row.names.get("en", ""),
        row.names.get("ru", ""),
        row.names.get("fr", ""),
        row.abbreviation,
        label(row.kind, language),
        *place,
        in_language(row.city, language),
        in_language(row.parent.names, language) if row.parent else "",
        row.address,
        "; ".join(row.phones),
        row.email,
        row.website,
        contact.full_name if contact else "",
        contact.post if contact else "",
        *reach,
        row.valid_from.isoformat() if row.valid_from else "",
        row.valid_to.isoformat() if row.valid_to else "",
        row.successor.code if row.successor else "",
    ]
