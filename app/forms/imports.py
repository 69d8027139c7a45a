"""Forms of imports: a table is sent, its columns are named, a row is corrected."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import fields
from wtforms.validators import ValidationError

from app.domain.directory_imports import EntryField
from app.domain.imports import LENGTHS, ImportField, Row
from app.forms.fields import Choice, Form, Line, Tick
from app.forms.registrations import Sessions, SessionsForm
from app.i18n.catalogue import N_
from app.i18n.labels import LABELS
from app.i18n.wording import ERRORS

_COLUMN = "column_"


class TableForm(Form):
    """A table: pasted, or as a file."""

    pasted = fields.TextAreaField(
        N_("Paste rows from your table"),
        description=N_("Mark the rows in Excel with their headings, copy, and paste here."),
        render_kw={"rows": 8, "spellcheck": "false"},
    )
    file = FileField(
        N_("Or choose a file"),
        description=N_("XLSX, ODS or CSV, at most 5 MB and 10,000 people."),
        render_kw={"accept": ".xlsx,.ods,.csv,.tsv,.txt"},
    )

    def validate_file(self, field: fields.Field) -> None:
        """Ask for one of the two."""
        if not field.data and not (self.pasted.data or "").strip():
            raise ValidationError(ERRORS["table_missing"])

    @property
    def content(self) -> bytes | None:
        """Return the bytes of the file, None where rows were pasted."""
        return self.file.data.read() if self.file.data else None


class ColumnsForm(SessionsForm):
    """What each column holds."""

    has_headings = Tick(
        N_("The first row shown holds headings"), hint=N_("Without the tick it is read as a person.")
    )
    sessions = Sessions(N_("Sessions"), hint=N_("For every row that does not name its sessions itself."))

    @property
    def columns(self) -> list[Any]:
        """Return the choices in the order of the columns."""
        return [field for field in self if field.name.startswith(_COLUMN)]

    @property
    def fields_chosen(self) -> list[ImportField | None]:
        """Return what was chosen for each column."""
        return [column.data for column in self.columns]


def columns_form(
    chosen: Sequence[ImportField | None], offered: Sequence[ImportField], data: Mapping[str, Any]
) -> ColumnsForm:
    """Return the form for a table with that many columns."""
    choices = [(at.value, LABELS["ImportField"][at.value]) for at in offered]
    made = {
        f"{_COLUMN}{place}": Choice(N_("Column"), choices, blank=N_("not read"))
        for place in range(len(chosen))
    }
    kind: type[ColumnsForm] = type("ColumnsOfTable", (ColumnsForm,), made)
    known = {f"{_COLUMN}{place}": at and at.value for place, at in enumerate(chosen)}
    return kind(data={**data, **known})


class EntryColumnsForm(Form):
    """What each column of a table of organisations holds."""

    has_headings = Tick(
        N_("The first row shown holds headings"), hint=N_("Without the tick it is read as an organisation.")
    )

    @property
    def columns(self) -> list[Any]:
        """Return the choices in the order of the columns."""
        return [field for field in self if field.name.startswith(_COLUMN)]

    @property
    def fields_chosen(self) -> list[EntryField | None]:
        """Return what was chosen for each column."""
        return [column.data for column in self.columns]


def entry_columns_form(chosen: Sequence[EntryField | None], *, has_headings: bool) -> EntryColumnsForm:
    """Return the form for a table of organisations with that many columns."""
    made = {
        f"{_COLUMN}{place}": Choice(N_("Column"), EntryField, blank=N_("not read"))
        for place in range(len(chosen))
    }
    kind: type[EntryColumnsForm] = type("ColumnsOfEntries", (EntryColumnsForm,), made)
    known = {f"{_COLUMN}{place}": at and at.value for place, at in enumerate(chosen)}
    return kind(data={"has_headings": has_headings, **known})


def decisions_of(values: Mapping[str, str]) -> dict[int, str]:
    """Return what was decided about rows, by line: values are named "row_5"."""
    return {
        int(line): what
        for name, what in values.items()
        if (line := name.removeprefix("row_")).isdecimal() and name.startswith("row_") and len(line) < 9
    }


def row_form(row: Row, offered: Sequence[ImportField]) -> Form:
    """Return the form with the cells of a row, as text."""
    lines = {
        at.value: Line(LABELS["ImportField"][at.value], length=LENGTHS[at], autocomplete="off")
        for at in offered
    }
    kind: type[Form] = type("RowOfTable", (Form,), lines)
    return kind(data={at.value: row.cells.get(at, "") for at in offered})


def cells_of(form: Form, offered: Sequence[ImportField]) -> dict[ImportField, str]:
    """Return the cells as they were sent."""
    return {at: form[at.value].data for at in offered}


def ticked(values: Sequence[str]) -> set[int]:
    """Return the lines that were sent; what is no number is left out."""
    return {int(value) for value in values if value.isdecimal() and len(value) < 9}
