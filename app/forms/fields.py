"""The house's form and fields: text cleaned once, errors in the reader's language, refusals at the field."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Enum
from typing import Any, TypeVar

import wtforms
from babel.support import NullTranslations
from flask import g
from flask_wtf import FlaskForm
from wtforms import fields, validators
from wtforms.fields import SelectChoice

from app.domain.errors import Conflict, DomainError, InvalidInput
from app.domain.languages import CONTENT
from app.domain.local_time import is_zone
from app.domain.text import clean_line, clean_paragraph
from app.i18n.catalogue import N_, texts
from app.i18n.labels import LABELS
from app.i18n.wording import error_text

T = TypeVar("T")
LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English", "ru": "Русский", "fr": "Français"}
LINE = 200
PARAGRAPH = 5_000


def reader_language() -> str:
    """Return the language of the page the form stands on."""
    language: str = g.get("language", "vi")
    return language


class Meta:
    """WTForms' own messages come from our catalogue."""

    def get_translations(self, _form: object) -> NullTranslations:
        """Return the texts of the reader's language."""
        return texts(reader_language())


class Form(FlaskForm):  # type: ignore[misc]  # flask_wtf is untyped
    """A form with protection against forgery, whose refusals are shown at the field."""

    class Meta(Meta):
        """See above."""

    _refused = ""

    def attempt(self, act: Callable[[], T]) -> T | None:
        """Return what `act` returns; a refusal becomes an error of its field, or of the form, and None."""
        try:
            return act()
        except (Conflict, InvalidInput) as refusal:
            self.refuse(refusal)
            return None

    def was_refused(self, code: str) -> bool:
        """Tell whether this was the reason of the last refusal."""
        return self._refused == code

    def refuse(self, refusal: DomainError) -> None:
        """Show a refusal at its field, or on top where it has none here."""
        self._refused = refusal.code
        text = error_text(refusal, reader_language())
        field = self._fields.get(refusal.field) if refusal.field else None
        if isinstance(field, fields.FormField):
            field = next(iter(field.form))  # a text per language: the first of them stands for all
        if field is None:
            self.form_errors.append(text)
        else:
            field.errors = [*field.errors, text]

    @property
    def status(self) -> int:
        """Return 200 for a fresh form, 422 for one that was sent and is shown again."""
        return 422 if self.is_submitted() else 200


def Line(  # noqa: N802  fields are declared like classes
    label: str,
    *,
    hint: str = "",
    required: bool = False,
    length: int = LINE,
    checks: Iterable[Any] = (),
    **attributes: Any,
) -> fields.StringField:
    """Return a field for one line of text."""
    return fields.StringField(
        label,
        description=hint,
        filters=[_cleaned(clean_line)],
        validators=[*_presence(required), validators.Length(max=length), *checks],
        render_kw={"maxlength": length, **_attributes(attributes)},
    )


def Paragraph(  # noqa: N802  declared like a class
    label: str, *, hint: str = "", required: bool = False, length: int = PARAGRAPH, **attributes: Any
) -> fields.TextAreaField:
    """Return a field for text with line breaks."""
    return fields.TextAreaField(
        label,
        description=hint,
        filters=[_cleaned(clean_paragraph)],
        validators=[*_presence(required), validators.Length(max=length)],
        render_kw={"maxlength": length, "rows": 4, **_attributes(attributes)},
    )


def Email(label: str, *, hint: str = "", required: bool = False, **attributes: Any) -> fields.EmailField:  # noqa: N802  declared like a class
    """Return a field for one address."""
    return fields.EmailField(
        label,
        description=hint,
        filters=[_cleaned(clean_line)],
        validators=[
            *_presence(required),
            validators.Length(max=254),
            validators.Email(check_deliverability=False),
        ],
        render_kw={"maxlength": 254, "autocomplete": "email", **_attributes(attributes)},
    )


def Day(label: str, *, hint: str = "", required: bool = False) -> fields.DateField:  # noqa: N802  declared like a class
    """Return a field for a date."""
    return fields.DateField(label, description=hint, validators=[*_presence(required), _known_day])


def Clock(label: str, *, hint: str = "", required: bool = False) -> fields.TimeField:  # noqa: N802  declared like a class
    """Return a field for a time of day, in a zone that the page prints beside it."""
    return fields.TimeField(
        label, description=hint, validators=_presence(required), format=["%H:%M", "%H:%M:%S"]
    )


def WholeNumber(  # noqa: N802  declared like a class
    label: str, *, hint: str = "", required: bool = False, least: int = 0, most: int = 100_000
) -> fields.IntegerField:
    """Return a field for a number."""
    return fields.IntegerField(
        label,
        description=hint,
        validators=[*_presence(required), validators.NumberRange(least, most)],
        render_kw={"inputmode": "numeric", "min": least, "max": most},
    )


def Tick(label: str, *, hint: str = "", required: bool = False) -> fields.BooleanField:  # noqa: N802  declared like a class
    """Return a box that is never ticked beforehand by itself."""
    return fields.BooleanField(
        label, description=hint, validators=[validators.DataRequired()] if required else []
    )


def Hidden(**attributes: Any) -> fields.HiddenField:  # noqa: N802  declared like a class
    """Return a value that the page carries along."""
    return fields.HiddenField(
        filters=[_cleaned(clean_line)], validators=[validators.Length(max=LINE)], **attributes
    )


def Choice(  # noqa: N802  declared like a class
    label: str,
    options: type[Enum] | Iterable[tuple[str, str]],
    *,
    hint: str = "",
    blank: str | None = None,
    required: bool = False,
    radio: bool = False,
) -> fields.SelectField:
    """Return a choice of one: the values of an enum (its data is that enum) or pairs of value and words.

    `blank` are the words for "none of them"; its data is None.
    """
    kind = fields.RadioField if radio else fields.SelectField
    offered = [SelectChoice(value, words) for value, words in _pairs(options)]
    if blank is not None:
        offered.insert(0, SelectChoice("", blank))
    return kind(
        label,
        description=hint,
        choices=offered,
        coerce=_coerce(options),
        validators=_presence(required),
        validate_choice=True,
    )


def Choices(  # noqa: N802  declared like a class
    label: str, options: type[Enum] | Iterable[tuple[str, str]] = (), *, hint: str = ""
) -> fields.SelectMultipleField:
    """Return a choice of several, shown as boxes; fill `choices` later where they come from the database."""
    return fields.SelectMultipleField(
        label,
        description=hint,
        choices=[SelectChoice(value, words) for value, words in _pairs(options)],
        coerce=_coerce(options),
        widget=wtforms.widgets.ListWidget(prefix_label=False),
        option_widget=wtforms.widgets.CheckboxInput(),
    )


def Zone(label: str, *, hint: str = "", required: bool = False) -> fields.StringField:  # noqa: N802  declared like a class
    """Return a field for an IANA time zone."""
    return Line(label, hint=hint, required=required, length=60, checks=[_known_zone], list="zones")


class TranslatedField(fields.FormField):  # type: ignore[misc]  # wtforms is untyped
    """A text per language: its data is a mapping without empty texts."""

    @property
    def data(self) -> dict[str, str]:
        """Return the texts that were given."""
        return {language: text for language, text in self.form.data.items() if text}

    def process(
        self, formdata: Any, data: Any = wtforms.utils.unset_value, extra_filters: Any = None
    ) -> None:
        """Take the texts from the request, else from a mapping."""
        super().process(formdata, dict(data) if isinstance(data, Mapping) else data, extra_filters)

    def populate_obj(self, obj: object, name: str) -> None:
        """Put the mapping in its place."""
        setattr(obj, name, self.data)


def TranslatedLine(  # noqa: N802  declared like a class
    label: str, *, hint: str = "", required: str | None = None, length: int = 400
) -> TranslatedField:
    """Return one line per content language; `required` names the language that must be there."""
    lines = {
        code: Line(LANGUAGE_NAMES[code], required=code == required, length=length, lang=code)
        for code in CONTENT
    }
    return TranslatedField(_subform(lines), label, description=hint)


def TranslatedParagraph(  # noqa: N802  declared like a class
    label: str, *, hint: str = "", required: str | None = None
) -> TranslatedField:
    """Return a text with line breaks per content language."""
    texts_ = {code: Paragraph(LANGUAGE_NAMES[code], required=code == required, lang=code) for code in CONTENT}
    return TranslatedField(_subform(texts_), label, description=hint)


def _subform(parts: Mapping[str, Any]) -> type[wtforms.Form]:
    return type("Texts", (wtforms.Form,), {"Meta": Meta, **parts})


def _presence(required: bool) -> list[Any]:
    return [validators.InputRequired()] if required else [validators.Optional()]


def _attributes(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {name.rstrip("_"): value for name, value in attributes.items()}


def _cleaned(clean: Callable[[str], str]) -> Callable[[Any], str]:
    return lambda value: clean(value) if isinstance(value, str) else ""


def _known_day(_form: object, field: fields.Field) -> None:
    if isinstance(field.data, date) and not 1900 <= field.data.year <= 2200:
        raise validators.ValidationError(N_("This date cannot be right; please check the year."))


def _known_zone(_form: object, field: fields.Field) -> None:
    if field.data and not is_zone(field.data):
        raise validators.ValidationError(N_("This time zone is not known."))


def _pairs(options: type[Enum] | Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    if isinstance(options, type):
        return [(str(member.value), LABELS[options.__name__][member.value]) for member in options]
    return list(options)


def _coerce(options: type[Enum] | Iterable[tuple[str, str]]) -> Callable[[Any], Any]:
    make: Callable[[Any], Any] = options if isinstance(options, type) else str
    return lambda value: None if value in {None, "", "None"} else make(value)
