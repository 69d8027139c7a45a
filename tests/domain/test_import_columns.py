"""Columns are guessed from headings in our languages, with or without diacritics, else from the cells."""

import unicodedata

import pytest

from app.domain import import_columns
from app.domain.imports import ImportField as F


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (("STT", "Họ và tên", "Chức vụ", "Email", "SĐT"), (None, F.FULL_NAME, F.POST, F.EMAIL, F.PHONE)),
        (("HO TEN", "CHUC VU", "Co quan"), (F.FULL_NAME, F.POST, F.INSTITUTION)),
        (("No.", "Full name", "Position", "E-mail*"), (None, F.FULL_NAME, F.POST, F.EMAIL)),
        (("Фамилия", "Имя", "Отчество", "Должность"), (F.FULL_NAME, F.FULL_NAME, F.FULL_NAME, F.POST)),
        (("Nom", "Prénom", "Fonction", "Courriel"), (F.FULL_NAME, F.FULL_NAME, F.POST, F.EMAIL)),
        (
            ("Họ và tên / Full name", "Vai trò / Role", "Điện thoại / Telephone"),
            (F.FULL_NAME, F.ROLE, F.PHONE),
        ),
    ],
)
def test_headings_are_known_in_every_language_of_ours(headings, fields):
    for form in ("NFC", "NFD"):
        typed = [unicodedata.normalize(form, heading) for heading in headings]
        assert import_columns.guess([typed]) == import_columns.Columns(0, fields)


def test_headings_may_stand_below_titles():
    rows = [
        ["Danh sách đại biểu", "", ""],
        ["3 đại biểu", "", ""],
        ["TT", "Họ tên", "Thư điện tử"],
        ["1", "A", ""],
    ]
    assert import_columns.guess(rows) == import_columns.Columns(2, (None, F.FULL_NAME, F.EMAIL))


def test_without_headings_cells_tell_names_addresses_and_telephones():
    rows = [
        ["1", "Nguyễn Văn An", "an@x.vn", "+84 912 345 678"],
        ["2", "Trần Thị Bé", "b@x.vn", "0912345678"],
    ]
    assert import_columns.guess(rows) == import_columns.Columns(None, (None, F.FULL_NAME, F.EMAIL, F.PHONE))


def test_a_column_of_names_alone_is_enough():
    assert import_columns.guess([["Nguyễn Văn An"], ["Trần Thị Bé"]]).fields == (F.FULL_NAME,)
    assert import_columns.guess([["Họ tên"], ["Trần Thị Bé"]]) == import_columns.Columns(0, (F.FULL_NAME,))


def test_only_a_name_may_be_in_parts():
    assert import_columns.repeated((F.FULL_NAME, F.FULL_NAME, None, None)) is None
    assert import_columns.repeated((F.EMAIL, F.FULL_NAME, F.EMAIL)) is F.EMAIL
