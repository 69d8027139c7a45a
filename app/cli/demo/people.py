"""Invented people of the demo: no name here belongs to a delegate of a real institution."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.directory import HOME, MISSIONS, OrganizationKind
from app.domain.registrations import DelegateRole

_HEAD, _DELEGATE, _SPEAKER = DelegateRole.HEAD_OF_DELEGATION, DelegateRole.DELEGATE, DelegateRole.SPEAKER


@dataclass(frozen=True)
class Invented:
    """One person of a delegation."""

    full_name: str
    form_of_address: str
    post: str
    role: DelegateRole
    native_name: str | None = None
    rank: str = ""


_LOCALITIES = (
    (
        ("Phó Chủ tịch Ủy ban nhân dân", _HEAD),
        ("Giám đốc Sở Ngoại vụ", _DELEGATE),
        ("Trưởng phòng Hợp tác quốc tế", _DELEGATE),
    ),
    (
        ("Phó Chủ tịch Ủy ban nhân dân", _HEAD),
        ("Chánh Văn phòng Ủy ban nhân dân", _DELEGATE),
        ("Giám đốc Trung tâm Xúc tiến đầu tư", _SPEAKER),
    ),
)
_MISSION_ABROAD = (("Tham tán Công sứ", _HEAD), ("Bí thư thứ Nhất", _DELEGATE))
_MISSION = (("Counsellor for Cooperation", _HEAD), ("Second Secretary", _DELEGATE))
_BUSINESS = (("Executive Director", _HEAD), ("Director of External Relations", _DELEGATE))
_MOST = 3
"""People of one delegation."""

# Lists of lengths without a common divisor: a name comes again only after all combinations.
_FAMILIES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Phan",
    "Vũ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Đinh",
    "Mai",
    "Trịnh",
]
_MEN = [
    "Văn Thành",
    "Quốc Hưng",
    "Đức Ưng",
    "Đình Khải",
    "Thế Phiệt",
    "Minh Trí",
    "Hữu Nghĩa",
    "Xuân Trường",
    "Công Hậu",
]
_WOMEN = ["Kim Ngân", "Quỳnh Như", "Thùy Dương", "Minh Châu", "Thị Hạnh", "Bích Thủy", "Hồng Vân", "Ngọc Ánh"]
_SURNAMES = [
    "Beaumont",
    "Hartmann",
    "Osei",
    "Lindqvist",
    "Moreau",
    "Okafor",
    "Petrov",
    "Costa",
    "Rahman",
    "Fischer",
    "Novak",
    "Silva",
    "Kowalski",
    "Andersen",
    "Haddad",
    "Romero",
    "Papadakis",
]
_FOREIGN_MEN = ["Daniel", "Michael", "Tomas", "Andre", "Samuel", "Victor", "Omar", "Lukas", "Marco"]
_FOREIGN_WOMEN = ["Claire", "Ingrid", "Amina", "Elena", "Sofia", "Maria", "Nadia", "Julia"]
_DIPLOMATS = {
    "LA": (
        Invented(
            "Khamphone Vongsa",
            "H.E.",
            "Ambassador",
            _HEAD,
            rank="Ambassador Extraordinary and Plenipotentiary",
        ),
    ),
    "JP": (
        Invented("Ishida Haruka", "Ms", "First Secretary, Economic Section", _HEAD, native_name="石田 遥"),
    ),
    "RU": (
        Invented(
            "Orlov Sergey Nikolayevich",
            "г-н",
            "Советник-посланник",
            _HEAD,
            native_name="Орлов Сергей Николаевич",
        ),
    ),
    "BY": (
        Invented(
            "Kavalchuk Alena Ivanauna", "г-жа", "Советник", _HEAD, native_name="Ковальчук Елена Ивановна"
        ),
    ),
}


def of(kind: OrganizationKind, country: str | None, number: int) -> tuple[Invented, ...]:
    """Return the delegation that the institution of this number sends."""
    if kind is OrganizationKind.LOCALITY:
        return tuple(_vietnamese(number, _LOCALITIES[number % 2]))
    if kind in MISSIONS and country == HOME:
        return tuple(_vietnamese(number, _MISSION_ABROAD))
    if kind in MISSIONS:
        return _DIPLOMATS.get(country or "") or tuple(_foreign(number, _MISSION))
    return tuple(_foreign(number, _BUSINESS))


def _vietnamese(number: int, posts: Sequence[tuple[str, DelegateRole]]) -> Iterator[Invented]:
    for turn, (post, role) in enumerate(posts, number * _MOST):
        family = _FAMILIES[turn % len(_FAMILIES)]
        given, form = (_WOMEN[turn % 8], "bà") if turn % 2 else (_MEN[turn % 9], "ông")
        yield Invented(f"{family} {given}", form, post, role)


def _foreign(number: int, posts: Sequence[tuple[str, DelegateRole]]) -> Iterator[Invented]:
    for turn, (post, role) in enumerate(posts, number * _MOST):
        family = _SURNAMES[turn % len(_SURNAMES)]
        given, form = (_FOREIGN_MEN[turn % 9], "Mr") if turn % 2 else (_FOREIGN_WOMEN[turn % 8], "Ms")
        yield Invented(f"{given} {family}", form, post, role)
