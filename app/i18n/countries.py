"""Names of countries: those of CLDR, and the ministry's own where they differ."""

from functools import cache

from babel import Locale

from app.domain.collation import collation_key
from app.domain.languages import INTERFACE
from app.i18n.catalogue import SOURCE

# CLDR writes colloquial names and words of its own in brackets; letters of a ministry do not.
_OFFICIAL = {
    "vi": {
        "CZ": "Cộng hòa Séc",
        "EU": "Liên minh châu Âu",
        "GB": "Vương quốc Anh",
        "HK": "Hồng Công (Trung Quốc)",
        "KP": "CHDCND Triều Tiên",
        "MM": "Myanmar",
        "MO": "Ma Cao (Trung Quốc)",
        "PS": "Palestine",
        "RU": "Liên bang Nga",
        "TW": "Đài Loan (Trung Quốc)",
    },
    "en": {
        "HK": "Hong Kong, China",
        "KP": "DPR Korea",
        "KR": "Republic of Korea",
        "MM": "Myanmar",
        "MO": "Macao, China",
        "PS": "Palestine",
        "RU": "Russian Federation",
        "TW": "Taiwan, China",
        "VN": "Viet Nam",
    },
    "ru": {
        "GB": "Великобритания",
        "HK": "Гонконг (Китай)",
        "MM": "Мьянма",
        "MO": "Макао (Китай)",
        "PS": "Палестина",
        "RU": "Российская Федерация",
        "TW": "Тайвань (Китай)",
        "US": "США",
    },
    "fr": {
        "CD": "République démocratique du Congo",
        "CG": "Congo",
        "HK": "Hong Kong (Chine)",
        "KP": "RPD de Corée",
        "KR": "République de Corée",
        "MM": "Myanmar",
        "MO": "Macao (Chine)",
        "PS": "Palestine",
        "RU": "Fédération de Russie",
        "TW": "Taïwan (Chine)",
        "VN": "Viet Nam",
    },
}

_NO_COUNTRIES = {
    "AC",
    "AQ",
    "CP",
    "CQ",
    "DG",
    "EA",
    "EU",
    "EZ",
    "IC",
    "QO",
    "TA",
    "UM",
    "UN",
    "XA",
    "XB",
    "ZZ",
}
"""Codes of CLDR that mean unions, outlying areas, or nothing."""


@cache
def country_name(code: str, language: str) -> str:
    """Return the name of the country with this ISO 3166-1 code; the code itself when nobody knows it."""
    language = language if language in INTERFACE else SOURCE
    return _OFFICIAL[language].get(code) or Locale(language).territories.get(code) or code


@cache
def countries(language: str) -> tuple[tuple[str, str], ...]:
    """Return code and name of every country, by name."""
    codes = {str(code) for code in Locale(SOURCE).territories if len(str(code)) == 2}
    return _sorted(codes - _NO_COUNTRIES, language)


@cache
def senders(language: str) -> tuple[tuple[str, str], ...]:
    """Return code and name of whoever sends missions: every country and the European Union, by name."""
    return _sorted({"EU", *(code for code, _ in countries(language))}, language)


def _sorted(codes: set[str], language: str) -> tuple[tuple[str, str], ...]:
    named = ((code, country_name(code, language)) for code in codes)
    return tuple(sorted(named, key=lambda pair: collation_key(pair[1], language)))


@cache
def country_spellings() -> dict[str, str]:
    """Return the code of every country by each of its names, the ministry's and CLDR's, in every language."""
    spellings: dict[str, str] = {}
    for language in INTERFACE:
        territories = Locale(language).territories
        for code, _name in senders(language):
            spellings |= {str(territories.get(code, code)): code, country_name(code, language): code}
    return spellings
