"""Invented people of the demo: no name here belongs to a delegate of a real institution."""

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
        Invented("Nguyễn Văn Thành", "ông", "Phó Chủ tịch Ủy ban nhân dân", _HEAD),
        Invented("Trần Thị Kim Ngân", "bà", "Giám đốc Sở Ngoại vụ", _DELEGATE),
        Invented("Lê Quốc Hưng", "ông", "Trưởng phòng Hợp tác quốc tế", _DELEGATE),
    ),
    (
        Invented("Phạm Đức Ưng", "ông", "Phó Chủ tịch Ủy ban nhân dân", _HEAD),
        Invented("Hoàng Thị Quỳnh Như", "bà", "Chánh Văn phòng Ủy ban nhân dân", _DELEGATE),
        Invented("Vũ Đình Khải", "ông", "Giám đốc Trung tâm Xúc tiến đầu tư", _SPEAKER),
    ),
)
_MISSIONS_ABROAD = (
    Invented("Bùi Thế Phiệt", "ông", "Tham tán Công sứ", _HEAD, rank="Công sứ"),
    Invented("Đặng Thùy Dương", "bà", "Bí thư thứ Nhất", _DELEGATE, rank="Bí thư thứ Nhất"),
)
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
_OTHER_DIPLOMATS = (
    Invented("Claire Beaumont", "Ms", "Counsellor for Cooperation", _HEAD),
    Invented("Daniel Osei", "Mr", "Second Secretary", _DELEGATE),
)
_BUSINESS = (
    Invented("Michael Hartmann", "Mr", "Executive Director", _HEAD),
    Invented("Nguyễn Minh Châu", "Ms", "Director of External Relations", _DELEGATE),
)


def of(kind: OrganizationKind, country: str | None, number: int) -> tuple[Invented, ...]:
    """Return the delegation that the institution of this number sends."""
    if kind is OrganizationKind.LOCALITY:
        return _LOCALITIES[number % 2]
    if kind in MISSIONS:
        return _MISSIONS_ABROAD if country == HOME else _DIPLOMATS.get(country or "", _OTHER_DIPLOMATS)
    return _BUSINESS
