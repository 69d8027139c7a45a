"""Languages of interface and content, and the stated fallback between them."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

DEFAULT: Final = "vi"
INTERFACE: Final = ("vi", "en", "ru", "fr")
CONTENT: Final = ("vi", "en", "ru", "fr")
WORKING: Final = ("vi", "en", "ru", "fr", "zh", "ja", "ko", "lo", "km", "es", "de")
"""Languages that people speak at events."""
_OF_COUNTRY: Final[Mapping[str, str]] = {
    "VN": "vi",
    **dict.fromkeys(("RU", "BY"), "ru"),
    **dict.fromkeys(("FR", "MC", "BJ", "BF", "CD", "CG", "CI", "GA", "HT", "SN", "TG"), "fr"),
}
"""Where the administration writes in one language of ours: not Belgium, Canada or Switzerland."""

Translated = Mapping[str, str]
"""A text per language code; languages without a text are absent."""


def in_language(text: Translated, language: str) -> str:
    """Return the text in `language`, else the first of the fallback order, else the empty string."""
    return text.get(language) or text.get(fallback(text, language) or "", "")


def fallback(text: Translated, language: str) -> str | None:
    """Return the language that stands in when `language` has no text; None when nothing is missing."""
    if text.get(language):
        return None
    order = ("en", "vi", "ru", "fr") if language != "vi" else ("vi", "en", "ru", "fr")
    return next((code for code in order if text.get(code)), None)


def missing_languages(texts: Iterable[Translated], wanted: Collection[str]) -> tuple[str, ...]:
    """Return those of the wanted languages of content in which one of the texts is missing."""
    there = list(texts)
    return tuple(code for code in CONTENT if code in wanted and not all(text.get(code) for text in there))


def of_country(country: str | None) -> str:
    """Return the language of a first letter to institutions of a country, by its ISO 3166-1 code."""
    return _OF_COUNTRY.get(country or "", "en")
