"""An event with organisations to put on its programme, as the tests of the programme need them."""

from datetime import UTC, date, datetime

from app.db import db
from app.domain.directory import OrganizationKind
from app.domain.text import fold
from app.models.directory import Organization
from app.models.events import Event

_K = OrganizationKind
_DIRECTORY = (
    ("MOFA-VN", _K.MINISTRY, {"vi": "Bộ Ngoại giao", "en": "Ministry of Foreign Affairs"}, "VN", None, None),
    ("DLFA", _K.DEPARTMENT_MINISTRY, {"vi": "Cục Ngoại vụ"}, "VN", None, "MOFA-VN"),
    ("EMB-LA-HAN", _K.EMBASSY, {"vi": "Đại sứ quán Lào", "en": "Embassy of Laos"}, "LA", "VN", None),
    ("EMB-JP-HAN", _K.EMBASSY, {"vi": "Đại sứ quán Nhật Bản"}, "JP", "VN", None),
    (
        "VN-CG-CN-NNG",
        _K.CONSULATE_GENERAL,
        {"vi": "Tổng Lãnh sự quán Việt Nam tại Nam Ninh"},
        "VN",
        "CN",
        None,
    ),
    ("VN-EMB-JP-TYO", _K.EMBASSY, {"vi": "Đại sứ quán Việt Nam tại Nhật Bản"}, "VN", "JP", None),
    (
        "VASEP",
        _K.BUSINESS_ASSOCIATION,
        {"vi": "Hiệp hội Chế biến và Xuất khẩu Thủy sản Việt Nam"},
        "VN",
        None,
        None,
    ),
    ("VN-13", _K.LOCALITY, {"vi": "Quảng Ninh"}, "VN", None, None),
    ("VN-25", _K.LOCALITY, {"vi": "Quảng Trị"}, "VN", None, None),
    (
        "RU-SA",
        _K.FOREIGN_LOCALITY,
        {"vi": "Sakha (Yakutia)", "ru": "Республика Саха (Якутия)"},
        "RU",
        None,
        None,
    ),
)


def make_directory() -> dict[str, Organization]:
    """Put a few organisations into the directory; return them by code."""
    made: dict[str, Organization] = {}
    for code, kind, names, country, host, parent in _DIRECTORY:
        made[code] = Organization(
            code=code,
            kind=kind,
            names=names,
            country=country,
            host_country=host,
            parent=made.get(parent),
            timezone="Asia/Tokyo" if host == "JP" else None,
            search=f" {fold(' / '.join([*names.values(), code]))} ",
        )
    db.session.add_all(made.values())
    db.session.commit()
    return made


def make_event(slug: str = "toa-dam", **facts: object) -> Event:
    """Return a draft on 27 October 2027, 14:00 to 17:00 in Hanoi."""
    made = {
        "titles": {"vi": "Tọa đàm", "en": "Roundtable"},
        "date": date(2027, 10, 27),
        "starts_at": datetime(2027, 10, 27, 7, tzinfo=UTC),
        "ends_at": datetime(2027, 10, 27, 10, tzinfo=UTC),
        "timezone": "Asia/Ho_Chi_Minh",
        "created_at": datetime(2027, 9, 1, tzinfo=UTC),
        "changed_at": datetime(2027, 9, 1, tzinfo=UTC),
        **facts,
    }
    event = Event(slug=slug, **made)
    db.session.add(event)
    db.session.commit()
    return event
