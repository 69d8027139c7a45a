"""Guess which column holds what, from its heading in one of our languages, else from its cells."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.domain.imports import ImportField
from app.domain.text import words

_F = ImportField
_HEADINGS: Mapping[ImportField, tuple[str, ...]] = {
    _F.FULL_NAME: (
        "họ và tên", "họ tên", "họ", "tên", "tên đệm", "họ đệm", "họ và tên đệm", "tên đại biểu", "đại biểu",
        "họ tên đại biểu", "họ và tên đại biểu", "full name", "fullname", "name", "first name", "last name",
        "middle name", "given name", "given names", "surname", "family name", "delegate", "name of delegate",
        "name and surname", "фио", "ф и о", "фамилия", "имя", "отчество", "фамилия имя отчество",
        "имя и фамилия", "фамилия и имя", "полное имя", "делегат", "участник", "nom complet", "nom",
        "prénom", "prénoms", "nom et prénom", "nom et prénoms", "délégué",
    ),
    _F.INSTITUTION: (
        "cơ quan", "đơn vị", "đơn vị công tác", "cơ quan đơn vị", "tổ chức", "địa phương", "tỉnh",
        "tỉnh thành", "tỉnh thành phố", "đoàn", "cơ quan cử", "institution", "organisation", "organization",
        "locality", "province", "delegation", "company", "организация", "учреждение", "ведомство",
        "регион", "субъект", "делегация", "collectivité", "collectivité territoriale", "délégation",
        "organisme",
    ),
    _F.ROLE: ("vai trò", "tư cách", "tư cách tham dự", "thành phần", "role", "capacity", "роль", "rôle",
              "qualité"),
    _F.FORM_OF_ADDRESS: (
        "xưng hô", "cách xưng hô", "danh xưng", "ông bà", "form of address", "salutation", "honorific",
        "mr ms", "обращение", "civilité",
    ),
    _F.RANK: (
        "hàm", "hàm ngoại giao", "cấp hàm", "rank", "diplomatic rank", "ранг", "дипломатический ранг", "rang",
        "rang diplomatique",
    ),
    _F.POST: (
        "chức vụ", "chức danh", "chức vụ chức danh", "vị trí", "post", "position", "title", "job title",
        "должность", "fonction",
    ),
    _F.EMAIL: (
        "email", "e mail", "mail", "thư điện tử", "địa chỉ email", "địa chỉ thư điện tử", "email address",
        "e mail address", "электронная почта", "эл почта", "почта", "адрес электронной почты", "courriel",
        "adresse électronique", "adresse de courriel",
    ),
    _F.PHONE: (
        "điện thoại", "số điện thoại", "sđt", "đt", "di động", "điện thoại di động", "số di động", "phone",
        "phone number", "telephone", "tel", "mobile", "mobile phone", "телефон", "мобильный телефон", "тел",
        "téléphone", "numéro de téléphone", "portable",
    ),
    _F.SESSIONS: (
        "phiên", "các phiên", "phiên tham dự", "session", "sessions", "сессия", "сессии",
        "заседание", "заседания", "séance", "séances",
    ),
    _F.NATIVE_NAME: (
        "tên gốc", "tên bằng chữ gốc", "họ tên bằng chữ gốc", "tên tiếng mẹ đẻ", "native name",
        "name in the original script", "original name", "имя в оригинале", "имя на родном языке",
        "имя в оригинальном написании", "nom dans l’écriture d’origine",
    ),
    _F.LANGUAGE: ("ngôn ngữ", "ngôn ngữ thư", "language", "language of letters", "язык", "язык писем",
                  "langue", "langue des lettres"),
}  # fmt: skip
_SEARCHED = 15
"""Rows at the top among which the headings may stand: lists have titles above them."""
_PHONE = re.compile(r"\+?[\d\s().-]{8,}")
_NAME = re.compile(r"[^\W\d_][^\d@]*\s[^\d@]+")
_ENOUGH = 0.6

Cells = Sequence[str]
F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Columns:
    """What stands where: the place of the row of headings (None: there is none), a field per column."""

    heading: int | None
    fields: tuple[ImportField | None, ...]


def by_heading(headings: Mapping[F, Iterable[str]]) -> Mapping[str, F]:
    """Return which field a heading names, by its folded words."""
    return {" ".join(words(text)): field for field, texts in headings.items() for text in texts}


_FIELDS = by_heading(_HEADINGS)


def field_of(heading: str, fields: Mapping[str, F]) -> F | None:
    """Return what a heading names; of "Họ và tên / Full name" either half will do."""
    plain = re.sub(r"\(.*?\)|[*:]", " ", heading)
    parts = (plain, *re.split(r"[/|\n–]", plain))
    return next((found for part in parts if (found := fields.get(" ".join(words(part))))), None)


def guess(rows: Sequence[Cells]) -> Columns:
    """Return the likeliest reading of a table: by the row with most known headings, else by its cells."""
    if found := find_headings(rows, _FIELDS, in_parts=_F.FULL_NAME):
        return Columns(*found)
    width = max((len(row) for row in rows), default=0)
    return Columns(None, _by_cells(rows[:200], width))


def find_headings(
    rows: Sequence[Cells], fields: Mapping[str, F], *, in_parts: F | None = None
) -> tuple[int, tuple[F | None, ...]] | None:
    """Return the place of the row with most known headings, and a field per column; None: there is none.

    A field stands in one column; only `in_parts` may stand in several (family and given names apart).
    """
    width = max((len(row) for row in rows), default=0)
    known = [_read_headings(row, width, fields, in_parts) for row in rows[:_SEARCHED]]
    counts = [sum(field is not None for field in row) for row in known]
    best = max(range(len(known)), key=lambda place: (counts[place], -place), default=0)
    if known and (counts[best] >= 2 or (counts[best] == 1 and width == 1)):
        return best, known[best]
    return None


def _read_headings(
    row: Cells, width: int, known: Mapping[str, F], in_parts: F | None
) -> tuple[F | None, ...]:
    fields: list[F | None] = []
    for heading in (*row, *[""] * (width - len(row))):
        field = field_of(heading, known)
        fields.append(None if field != in_parts and field in fields else field)
    return tuple(fields)


def _by_cells(rows: Sequence[Cells], width: int) -> tuple[ImportField | None, ...]:
    fields: list[ImportField | None] = []
    for place in range(width):
        cells = [row[place] for row in rows if place < len(row) and row[place]]
        field = _kind_of(cells)
        fields.append(None if field in fields else field)
    return tuple(fields)


def _kind_of(cells: Sequence[str]) -> ImportField | None:
    kinds = Counter(_kind(cell) for cell in cells)
    return next((kind for kind, n in kinds.most_common(1) if n >= _ENOUGH * len(cells)), None)


def _kind(cell: str) -> ImportField | None:
    if "@" in cell:
        return _F.EMAIL
    if _PHONE.fullmatch(cell):
        return _F.PHONE
    return _F.FULL_NAME if _NAME.fullmatch(cell) and len(cell.split()) < 7 else None


def repeated(fields: Iterable[ImportField | None]) -> ImportField | None:
    """Return a field that several columns claim and only one may hold; a name may be in parts."""
    counts = Counter(field for field in fields if field not in {None, _F.FULL_NAME})
    return next((field for field, n in counts.items() if n > 1), None)
