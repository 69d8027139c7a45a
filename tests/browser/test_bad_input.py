"""Whatever people typed: pages stay whole, text stays text."""

from datetime import UTC, datetime, timedelta

import pytest

from app import site
from app.domain.events import Mode
from app.domain.people import PersonDetails
from app.domain.policy import SYSTEM
from app.domain.programme import AppointmentDetails, AppointmentRole
from app.models.programme import Session
from app.services.programme import appointments
from app.services.transaction import unit_of_work
from tests.browser import desk, story
from tests.browser.visitor import Visitor
from tests.registration_rows import CREATED, register_one, store_event, store_invitation

pytestmark = [pytest.mark.browser, pytest.mark.databases("sqlite")]
LONG = ("Xúc tiến, thúc đẩy hợp tác giữa các địa phương, doanh nghiệp Việt Nam và Liên bang Nga " * 5)[
    :399
] + "!"
UNBROKEN = "Nghiêng" * 50 + "!"
MARKUP = '<b>Đậm</b> <img src=x onerror="document.title=1"> {{ 7 * 7 }} &amp; ${x} %s'
NAMES = (
    "Nguyễn Thị Ỷ Lan",
    "Григорьев Семён Вячеславович",
    "محمد بن عبد الله",
    "石田 はるか",
    "e\u0301\u200bzero\u200d\u202ewidth\u2069",
    "Wolfeschlegelsteinhausenbergerdorff" * 4,
    MARKUP,
)
SESSIONS = 200
STARTS = datetime(2027, 10, 27, 1, 0, tzinfo=UTC)


@pytest.fixture(params=[LONG, UNBROKEN, MARKUP], ids=["long", "unbroken", "markup"])
def title(request):
    """A title that nobody should type, and somebody does."""
    return request.param


@pytest.fixture
def visitor(served, open_page):
    """An organiser who is signed in, at a phone."""
    found = Visitor(open_page(width=360))
    desk.sign_in(found, story.open_account(served))
    return found


def _event(title, *, sessions=2, **known):
    """Store a roundtable of which everything has this title, with an institution and its delegates."""
    event = store_event(seats=(), titles={"vi": title}, purposes={"vi": title}, **known)
    with unit_of_work() as session:
        for number in range(1, sessions + 1):
            starts = STARTS + timedelta(minutes=number) if event.starts_at else None
            session.add(
                Session(
                    event=event, position=number, titles={"vi": title}, changed_at=CREATED, starts_at=starts
                )
            )
    return event


def _pages(event, link=None, delegate=None):
    desk_of_event = f"/organizer/events/{event.slug}"
    tabs = ("", "/programme", "/guests", "/delegates", "/board", "/sites", "/mail", "/reports", "/history")
    public = ["/", f"/events/{event.slug}", "/organizer/", "/organizer/events"]
    links = [link, f"{link}/delegates/new", f"{link}/people"] if link else []
    return [*public, *(desk_of_event + tab for tab in tabs), *links, *([delegate] if delegate else [])]


def test_no_title_and_no_name_breaks_a_page(served, visitor, title, now):
    with served.app.app_context():
        event = _event(title)
        invitation = store_invitation(event, name=title[:200], quota=len(NAMES))
        for name in NAMES:
            delegate = register_one(invitation, now, name)
        act = {"actor": SYSTEM, "slug": event.slug, "now": now}
        place = appointments.appoint(
            command=AppointmentDetails(role=AppointmentRole.CHAIR, labels={"vi": title[:200]}), **act
        )
        chair = PersonDetails(full_name=NAMES[2], posts={"vi": title[:200]}, organization_name=title[:200])
        appointments.name_person(appointment_id=place, command=chair, **act)
        pages = _pages(event, site.invitation_url(invitation), site.delegate_url(delegate))
    for number, page in enumerate(pages):
        visitor.go(page)
        visitor.look(f"bad-{title[:3].strip('<')}-{number}")
        assert "49" not in visitor.page.title()
        assert visitor.page.locator("main :is(b, img)").count() == 0


def test_two_hundred_sessions_are_a_long_page_and_no_broken_one(served, visitor):
    with served.app.app_context():
        event = _event("Kết nối vì phát triển", sessions=SESSIONS)
        pages = _pages(event)
    for number, page in enumerate(pages):
        visitor.go(page)
        visitor.look(f"many-{number}")
    visitor.go(f"/events/{event.slug}")
    assert visitor.page.locator(f"#session-{SESSIONS}").count() == 1


def test_an_event_without_any_date_has_all_its_pages(served, visitor):
    with served.app.app_context():
        unknown = {"date": None, "starts_at": None, "ends_at": None, "timezone": None, "mode": Mode.UNKNOWN}
        event = _event("Gặp gỡ", **unknown)
        invitation = store_invitation(event)
        pages = _pages(event, site.invitation_url(invitation))
    for number, page in enumerate(pages):
        visitor.go(page)
        assert "None" not in visitor.main.inner_text()
        visitor.look(f"dateless-{number}")
