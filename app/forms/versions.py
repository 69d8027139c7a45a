"""Forms of rows that several people edit: who comes second sees both texts before he decides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any, Self

from wtforms import fields

from app.domain.errors import DomainError
from app.forms.fields import Form, reader_language
from app.i18n.catalogue import gettext
from app.i18n.moments import format_date

_NOT_READ = (fields.HiddenField, fields.BooleanField)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which two people said different things."""

    label: str
    recorded: str
    typed: str


def _number(value: Any) -> str:
    return str(value) if str(value).isascii() and str(value).isdecimal() and len(str(value)) < 10 else ""


class VersionedForm(Form):
    """Begins with `data=` of the row as it is recorded, its revision included.

    A refusal because the row has changed meanwhile answers 409, with the `differences` above the form and the
    present revision in it: sent again, it means what it says.
    """

    revision = fields.HiddenField(filters=[_number])
    differences: Sequence[Difference] = ()
    _known: Mapping[str, Any]

    @classmethod
    def of(cls, known: Any, revision: int) -> Self:
        """Return the form for a row as it is; `known` is what its command would be."""
        return cls(data={**cls.entered(known), "revision": revision})

    @staticmethod
    def entered(known: Any) -> dict[str, Any]:
        """Return the values of the fields."""
        return asdict(known)

    def process(self, formdata: Any = None, obj: Any = None, data: Any = None, **more: Any) -> None:
        """Take what was sent, else what is known."""
        self._known = dict(data or {})
        super().process(formdata, obj, data, **more)

    @property
    def seen(self) -> int:
        """Return the revision that the page showed; 0, which no row has, where it was tampered with."""
        return int(self.revision.data or 0)

    def refuse(self, refusal: DomainError) -> None:
        """Show a refusal; where somebody else was faster, what he recorded."""
        super().refuse(refusal)
        if self.was_refused("changed_meanwhile"):
            self.revision.data = _number(self._known.get("revision"))
            self.compare(self._known)

    def compare(self, recorded: Mapping[str, Any]) -> None:
        """Note where what was typed says something else than what is recorded (values by field)."""
        said = (
            Difference(label, _words(field, value), _words(field, field.data))
            for label, field, value in _leaves(self, recorded)
        )
        self.differences = [one for one in said if one.recorded != one.typed]

    @property
    def status(self) -> int:
        """Return 409 where somebody else was faster."""
        return 409 if self.was_refused("changed_meanwhile") else super().status


def _leaves(
    form: Any, values: Mapping[str, Any], above: tuple[str, ...] = ()
) -> Iterator[tuple[str, fields.Field, Any]]:
    """Yield label, field and value of what one types into, within other fields too."""
    for field in form:
        if field.short_name in values and not isinstance(field, _NOT_READ):
            label = (*above, gettext(reader_language(), field.label.text))
            yield from _within(field, values[field.short_name], label)


def _within(
    field: fields.Field, value: Any, label: tuple[str, ...]
) -> Iterator[tuple[str, fields.Field, Any]]:
    if isinstance(field, fields.FormField):
        languages = dict.fromkeys((part.short_name for part in field.form), "")
        yield from _leaves(field.form, {**languages, **(value or {})}, label)
    elif isinstance(field, fields.FieldList):
        for number, entry in enumerate(field.entries):
            known = value[number] if value and number < len(value) else None
            yield from _within(entry, known, (*label, str(number + 1)))
    else:
        yield " · ".join(label), field, value


def _words(field: fields.Field, value: Any) -> str:
    """Return a value of the field as people read it; "" for none."""
    if isinstance(field, fields.SelectField | fields.SelectMultipleField):
        chosen = {_key(one) for one in (value if isinstance(value, list | tuple) else [value])}
        labels = [choice.label for choice in field.iter_choices() if _key(choice.value) in chosen]
        return ", ".join(gettext(reader_language(), label) for label in labels)
    if isinstance(value, date):
        return format_date(value, reader_language())
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "" if value is None else str(value)


def _key(value: Any) -> str:
    return "" if value is None else str(getattr(value, "value", value))
