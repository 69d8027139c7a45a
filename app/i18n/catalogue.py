"""Texts of the interface: the English sentence is the key, the .po files are read straight into memory.

Placeholders are `{name}` (str.format). Texts of libraries (WTForms, Flask-Security) keep their `%(name)s`
and are filled by the library itself.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from app.domain.languages import INTERFACE
from app.i18n.numbers import format_number

_FOLDER = Path(__file__).parents[1] / "translations"
SOURCE = "en"


def N_(message: str) -> str:  # noqa: N802  the name every gettext tool knows
    """Mark a text for translation; it is translated where it is shown."""
    return message


def NN_(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802  the name every gettext tool knows
    """Mark a text with singular and plural for translation."""
    return singular, plural


@cache
def texts(language: str) -> NullTranslations:
    """Return the texts of a language; English, the source, also stands in for languages without interface."""
    if language == SOURCE or language not in INTERFACE:
        return NullTranslations()
    with (_FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as po:
        catalogue = read_po(po, locale=language)
    mo = BytesIO()
    write_mo(mo, catalogue)
    mo.seek(0)
    return Translations(mo)


def gettext(language: str, message: str, /, **params: object) -> str:
    """Return the message in the language, its `{placeholders}` filled."""
    return _filled(texts(language).gettext(message) if message else "", params)


def ngettext(language: str, singular: str, plural: str, n: int, /, **params: object) -> str:
    """Return the form for `n` things; `{n}` is filled with the number as the language writes it."""
    return _filled(texts(language).ngettext(singular, plural, n), {"n": format_number(n, language), **params})


def pgettext(language: str, context: str, message: str, /, **params: object) -> str:
    """Return the message as it is said in this context (one English word, several Vietnamese ones)."""
    return _filled(str(texts(language).pgettext(context, message)), params)


def _filled(text: str, params: dict[str, object]) -> str:
    return text.format(**params) if params else text
