"""The words of templates, in the language that the caller's function names.

`_(message, **params)` · `ngettext(one, many, n, **params)` · `pgettext(context, message, **params)` ·
`label(enum_value)` · `number(value)` · `moment(starts, ends, zone, reader_zone=None, day=None)` (`day`: the
date that the heading names) · `clock(starts, ends, zone)` · `date(day, weekday=False)` · `short_date(day)` ·
`day(day, part_of_day)` · `timestamp(at, zone)` · `recorded(at, zone)` (the zone behind it) ·
`zone_name(zone, at)` · `city(zone)` · `colon()` · `country(code, spoken=None)` ·
`language_name(code)` · `warning_text(warning)` · `why(error)` (it was refused) · `reference(public_id)` ·
`addressed(person)` (rank or form of address, and the name) · `form_of_address(person)` ·
`post_line(person, units)` (what stands after the name, and its language) · `repeats(words, name)` ·
`content(translated)` · `content_language(translated)` (the language that stands in, else None) · `language()`

Filter: `words | hours` (hours and their zone stay on one line; a moment that is printed does so by itself)
"""

from collections.abc import Callable, Mapping, MutableMapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from jinja2 import Environment, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from app.domain.identifiers import reference
from app.domain.languages import fallback, in_language
from app.domain.people import addressed_name, form_in, post_line, repeats
from app.i18n import catalogue, moments, punctuation, wording
from app.i18n.countries import country_name
from app.i18n.numbers import format_number
from app.i18n.warnings import warning_text


class PlainGlobals(Environment):
    """An environment whose templates keep their words in plain dictionaries.

    Jinja's own ChainMap is walked in Python at every page, and again at every import in it.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the words of one template; what is added to the environment later it does not have."""
        return {**self.globals, **(d or {})}


def install(environment: Environment, language: Callable[[], str]) -> None:
    """Give the environment's templates their words; `language` is asked at every use."""
    environment.globals.update(_texts(language), **_formats(language))
    environment.filters["hours"] = moments.kept_together


def _texts(language: Callable[[], str]) -> dict[str, Any]:
    # Message and values are escaped where the template escapes; a value that is Markup (a link) stays.
    @pass_eval_context
    def gettext(context: EvalContext, message: str, /, **params: object) -> str:
        return _filled(context, catalogue.gettext(language(), message), params)

    @pass_eval_context
    def ngettext(context: EvalContext, one: str, many: str, n: int, /, **params: object) -> str:
        text = catalogue.texts(language()).ngettext(one, many, n)
        return _filled(context, text, {"n": format_number(n, language()), **params})

    @pass_eval_context
    def pgettext(context: EvalContext, meaning: str, message: str, /, **params: object) -> str:
        return _filled(context, catalogue.pgettext(language(), meaning, message), params)

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext, "pgettext": pgettext}


def _filled(context: EvalContext, text: str, params: Mapping[str, object]) -> str:
    if context.autoescape:
        text = escape(text)
        safe = {name: escape(value) for name, value in params.items()}
        return Markup(str(text).format(**safe)) if params else text  # noqa: S704  both are escaped
    return text.format(**params) if params else text


def _formats(language: Callable[[], str]) -> dict[str, Any]:
    def number(value: int | Decimal) -> str:
        return format_number(value, language())

    def label(value: Enum) -> str:
        return wording.label(value, language())

    def moment(
        starts: datetime,
        ends: datetime | None,
        zone: str,
        reader_zone: str | None = None,
        day: date | None = None,
    ) -> moments.Moment:
        return moments.format_moment(starts, ends, zone, language(), reader_zone, day=day)

    def format_date(day: date, *, weekday: bool = False) -> str:
        return moments.format_date(day, language(), weekday=weekday)

    def short_date(day: date) -> str:
        return moments.format_short_date(day, language())

    def day(day: date | None, part_of_day: str | None = None) -> str:
        return moments.format_day(day, part_of_day, language())

    def timestamp(at: datetime, zone: str) -> str:
        return moments.format_timestamp(at, zone, language())

    def recorded(at: datetime, zone: str) -> str:
        return f"{timestamp(at, zone)} {zone_name(zone, at)}"

    def colon() -> str:
        return punctuation.colon(language())

    def zone_name(zone: str, at: datetime) -> str:
        return moments.zone_name(zone, at, language())

    return {
        "language": language,
        "number": number,
        "label": label,
        "moment": moment,
        "colon": colon,
        "form_of_address": lambda person: form_in(person.form_of_address, language()),
        "clock": moments.format_clock,
        "date": format_date,
        "short_date": short_date,
        "day": day,
        "timestamp": timestamp,
        "recorded": recorded,
        "zone_name": zone_name,
        "language_name": lambda code: wording.language_name(code, language()),
        "city": lambda zone: moments.city(zone, language()),
        "country": lambda code, spoken=None: country_name(code, spoken or language()),
        "addressed": lambda person: addressed_name(
            person.full_name, person.native_name, person.form_of_address, person.ranks, language()
        ),
        "post_line": lambda person, units: post_line(
            person.posts, [unit.names for unit in units], person.organization_name, language()
        ),
        "why": lambda error: wording.error_text(error, language()),
        "repeats": repeats,
        "reference": reference,
        "warning_text": lambda warning: warning_text(warning, language()),
        "content": lambda text: in_language(text, language()),
        "content_language": lambda text: fallback(text, language()),
    }
