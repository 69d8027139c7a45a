"""People as they are printed: one full name, never split, never re-cased."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.errors import InvalidInput
from app.domain.languages import Translated, fallback, in_language

_LAST = 10_000
_TAIL = 4
_ABBREVIATION = re.compile(r"\s*\([^()]*\)\s*$")
_FORMS = (
    {"vi": "ông", "en": "Mr", "ru": "г-н", "fr": "M."},
    {"vi": "bà", "en": "Ms", "ru": "г-жа", "fr": "Mme"},
    {"vi": "Ngài", "en": "H.E.", "ru": "Е.П.", "fr": "S.E."},
    {"vi": "đồng chí", "en": "Comrade", "ru": "товарищ", "fr": "camarade"},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetails:
    """One person as typed or printed; rank (hàm) and post (chức vụ) apart, per language (A11).

    `organization` is a code of the directory; `organization_name` stands where the directory has none.
    """

    full_name: str
    native_name: str | None = None
    form_of_address: str = ""
    ranks: Mapping[str, str] = field(default_factory=dict)
    posts: Mapping[str, str] = field(default_factory=dict)
    organization: str = ""
    organization_name: str = ""
    precedence: int | None = None
    country: str | None = None
    timezone: str | None = None
    language: str = "vi"
    email: str | None = None
    phone: str = ""

    def __post_init__(self) -> None:
        """Refuse a person without a name."""
        if not self.full_name.strip():
            raise InvalidInput("name_missing", field="full_name")


def printed_name(full_name: str, native_name: str | None, language: str) -> str:
    """Return the native-script form where the reader's language is written in that script (A12)."""
    if native_name and language == "ru" and _is_cyrillic(native_name):
        return native_name
    return full_name


def addressed_name(
    full_name: str, native_name: str | None, form: str, ranks: Mapping[str, str], language: str
) -> str:
    """Return the name as a programme prints it: the rank before it, else the form of address."""
    before = in_language(ranks, language) or form_in(form, language)
    name = printed_name(full_name, native_name, language)
    return f"{before} {name}" if before else name


def form_in(form: str, language: str) -> str:
    """Return the form of address in the reader's language: "ông" is "Mr"; an unknown one as typed."""
    for equals in _FORMS:
        if form.rstrip(".").casefold() in (known.rstrip(".").casefold() for known in equals.values()):
            return equals.get(language, equals["en"])
    return form


def post_line(
    posts: Mapping[str, str], units: Sequence[Translated], typed: str, language: str
) -> tuple[str, str]:
    """Return what stands after a name, and the language it is in: post, unit, the units above it.

    `units` are names from the person's own unit upwards, `typed` stands where there are none. Everything is
    said in the language that the post has; a unit that the post names already is not said again.
    """
    spoken = fallback(posts, language) or language
    post = in_language(posts, spoken)
    names = [in_language(unit, spoken) for unit in units] or [typed]
    if post and repeats(post, names[0]):
        names = names[1:]
    return ", ".join(part for part in (post, *names) if part), spoken


def repeats(words: str, name: str) -> bool:
    """Tell whether the words end with the name, or as it ends: "Đại sứ … tại Nhật Bản" names its embassy.

    An abbreviation behind the name is no other name.
    """
    said, named = _ABBREVIATION.sub("", words).casefold().split(), name.casefold().split()
    tail = named if len(named) <= _TAIL else named[-_TAIL:]
    return bool(tail) and said[-len(tail) :] == tail


def sort_name(full_name: str, country: str | None) -> str:
    """Return what a list is sorted by: Vietnamese names by the given name, which stands last."""
    words = full_name.split()
    if country == "VN" and len(words) > 1:
        return " ".join([words[-1], *words[:-1]])
    return full_name


def protocol_key(precedence: int | None, name: str) -> tuple[int, str]:
    """Return what puts people in order of precedence; those without one come last, by `sort_name` (B02)."""
    return (_LAST if precedence is None else precedence, name)


def _is_cyrillic(name: str) -> bool:
    return any("CYRILLIC" in unicodedata.name(char, "") for char in name)
