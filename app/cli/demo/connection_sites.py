"""Connection sites of the live roundtable: the hall in Hà Nội, one for each institution that comes, tests."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from app.domain.connection_tests import BridgeDetails, LineResult, Quality, Slot
from app.domain.directory import OrganizationKind
from app.domain.policy import SYSTEM
from app.domain.sites import Endpoint, SiteFacts, SiteKind, SitePlace
from app.queries import bridges as schedules
from app.queries import details, events, sites
from app.services.sites import booking, bridges, editing, people, results

if TYPE_CHECKING:
    from app.models.sites import Site

_PREPARED, _TESTED = 12, 6
"""So many institutions have filled in their site; so many were tried out, the others booked a slot."""
_GOOD = LineResult(
    sound=Quality.GOOD, picture=Quality.GOOD, line=Quality.GOOD, latency_ms=85, tested_by="Vũ Đức Trung"
)
_BAD = replace(_GOOD, picture=Quality.FAILED, latency_ms=640, note="Hình ảnh đứng, cần xem lại camera.")
_OF_PROVINCE = ("Điểm cầu trung tâm hành chính", "Điểm cầu khu kinh tế cửa khẩu")
_OF_EMBASSY = ("Tổng Lãnh sự quán tại Thành phố Hồ Chí Minh",)
_TECHNICIANS = ("Phan Quốc Việt", "Đỗ Minh Quân", "Lê Hải Yến", "Ngô Bảo Long")


def build(slug: str, day: date, *, now: datetime) -> None:
    """Add the sites, open a bridge on the day before, book, test."""
    hall = _add(slug, {"vi": "Trụ sở Bộ Ngoại giao", "en": "Ministry of Foreign Affairs"}, now)
    editing.add_for_accepted(actor=SYSTEM, slug=slug, now=now)
    bridge = BridgeDetails(
        name="Cầu chính", day=day - timedelta(days=1), starts=time(8, 30), ends=time(11, 30), minutes=10
    )
    bridges.open_bridge(actor=SYSTEM, slug=slug, command=bridge, now=now)
    event = events.get(slug, SYSTEM)
    free = [
        Slot(bridge=schedule.bridge.public_id, starts_at=slot.starts_at)
        for schedule in schedules.list_schedules(event)
        for slot in schedule.slots
    ]
    own = [line.site for line in sites.get_tree(event).lines if line.site.public_id != hall]
    _add_under(own[0], _OF_EMBASSY, slug, now)
    own.sort(key=_is_abroad)
    for number, site in enumerate(own[:_PREPARED]):
        _prepare(site, number, now)
    for number, site in enumerate(own[:_TESTED]):
        shown = _BAD if number == _TESTED - 1 else _GOOD
        results.record_result(actor=SYSTEM, site=site, result=shown, revision=site.revision, now=now)
    for number, site in enumerate(own[_TESTED - 1 : _PREPARED]):
        booking.book_test(actor=SYSTEM, site=site, slot=free[number], now=now)
    _add_under(own[0], _OF_PROVINCE, slug, now)


def _is_abroad(site: "Site") -> bool:
    return site.invitation is None or site.invitation.organization.kind is not OrganizationKind.LOCALITY


def _add(slug: str, names: dict[str, str], now: datetime, place: SitePlace | None = None) -> str:
    facts = SiteFacts(names=names, timezone="Asia/Ho_Chi_Minh", planned=60 if place is None else 15)
    place = place or SitePlace(kind=SiteKind.MAIN)
    return editing.add_site(actor=SYSTEM, slug=slug, facts=facts, place=place, now=now)


def _prepare(site: "Site", number: int, now: datetime) -> None:
    """Fill a site in as its institution would; its delegation joins from there."""
    facts, place = details.of_site(site)
    facts = replace(
        facts,
        rooms={"vi": "Phòng họp trực tuyến, tầng 2", "en": "Video conference room, 2nd floor"},
        contact_name="Văn phòng (hư cấu)",
        contact_phone=f"+84 24 3000 01{number:02}",
        technician_name=_TECHNICIANS[number % len(_TECHNICIANS)],
        technician_phone=f"+84 90 000 01{number:02}",
        planned=8 + number,
    )
    endpoint = Endpoint(platform="Zoom", join_url=f"https://zoom.demo.example/j/864200246?s={number + 1}")
    editing.edit_site(
        actor=SYSTEM,
        site=site,
        facts=facts,
        place=replace(place, endpoint=endpoint),
        revision=site.revision,
        now=now,
    )
    found = sites.list_people(site)
    people.seat_people(
        actor=SYSTEM,
        site=site,
        delegates=[one.public_id for one in found] if number < 2 else [],
        seen=[one.public_id for one in found if one.site_id == site.id],
        now=now,
    )


def _add_under(site: "Site", names: "Sequence[str]", slug: str, now: datetime) -> None:
    institution = site.invitation.public_id if site.invitation else None
    place = SitePlace(institution=institution, parent=site.public_id)
    for name in names:
        _add(slug, {"vi": name}, now, place)
