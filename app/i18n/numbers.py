"""Numbers as the language writes them."""

from decimal import Decimal

_NO_BREAK = "\u00a0"
_GROUP_AND_POINT = {"vi": (".", ","), "en": (",", "."), "ru": (_NO_BREAK, ","), "fr": (_NO_BREAK, ",")}


def format_number(value: int | Decimal, language: str) -> str:
    """Return 4850.5 as "4.850,5" (vi), "4,850.5" (en), "4 850,5" (ru, fr); the decimals stay as given."""
    group, point = _GROUP_AND_POINT.get(language, _GROUP_AND_POINT["en"])
    return f"{value:,}".translate(str.maketrans(",.", group + point))
