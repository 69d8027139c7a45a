"""The organiser builds the programme: by keyboard and without scripts, and by dragging where scripts run."""

import re

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from app.db import db
from app.domain import clock
from app.domain.policy import SYSTEM
from app.domain.programme import AgendaItemDetails, AgendaKind, SessionDetails
from app.models.programme import AgendaItem
from app.services.programme import agenda, sessions
from app.services.transaction import unit_of_work
from tests import guests
from tests.browser import desk, focal_point, story
from tests.browser.visitor import KeyboardVisitor, Visitor

pytestmark = pytest.mark.browser
EVENT = f"/organizer/events/{guests.SLUG}"
_KINDS = (AgendaKind.OPENING_REMARKS, AgendaKind.PRESENTATION, AgendaKind.DISCUSSION)


@pytest.fixture
def planned(served) -> list[str]:
    """A roundtable to which missions are invited, with three items of ten minutes."""
    now = clock.now()
    with served.app.app_context():
        guests.event(changed_at=now)
        guests.invited(guests.missions(2), now)
        return [
            agenda.add_item(
                actor=SYSTEM,
                slug=guests.SLUG,
                command=AgendaItemDetails(kind=kind, minutes=10),
                now=now,
            )
            for kind in _KINDS
        ]


def _order(served):
    with served.app.app_context(), unit_of_work():
        return list(db.session.scalars(sa.select(AgendaItem.public_id).order_by(AgendaItem.position)))


def test_a31_the_programme_is_built_and_released_by_keyboard_without_scripts(served, open_page, planned):
    organizer = KeyboardVisitor(open_page(scripts=False))
    desk.sign_in(organizer, story.open_account(served))
    organizer.go(f"{EVENT}/programme")
    organizer.follow("Add a break")
    organizer.fill(minutes="15")
    organizer.press("Save")
    organizer.sees("45 phút")
    organizer.press("Move up: {what}", what=organizer.words("Break"))
    assert _order(served)[:2] == planned[:2]
    organizer.follow("Versions and release")
    organizer.press("Release version {number}", number=1)
    organizer.sees(organizer.words("Nothing has changed since version {number}.", number=1))


def test_an_item_is_dragged_to_its_place(served, open_page, planned):
    organizer = Visitor(open_page())
    desk.sign_in(organizer, story.open_account(served))
    organizer.go(f"{EVENT}/programme")
    organizer.look("agenda")
    last, first = (organizer.page.locator(f"#item-{planned[n]}") for n in (2, 0))
    with organizer.page.expect_navigation():
        last.drag_to(first, target_position={"x": 20, "y": 3})
    expect(organizer.page).to_have_url(re.compile(f"#item-{planned[2]}$"))
    assert _order(served) == [planned[2], planned[0], planned[1]]


def test_what_changed_is_read_and_released_with_letters(served, open_page, planned):
    now = clock.now()
    with served.app.app_context():
        command = SessionDetails(titles={"vi": "Kết nối vì phát triển"})
        sessions.add_session(actor=SYSTEM, slug=guests.SLUG, command=command, now=now)
    organizer = Visitor(open_page())
    desk.sign_in(organizer, story.open_account(served))
    organizer.go(f"{EVENT}/programme/versions")
    organizer.press("Release version {number}", number=1)
    organizer.go(f"{EVENT}/programme/agenda/{planned[1]}")
    organizer.fill(minutes="20")
    organizer.press("Save")
    organizer.follow("Versions and release")
    organizer.sees("10 phút", "20 phút")
    organizer.look("versions")
    organizer.fill(**{"notes-vi": "Tham luận dài hơn."})
    organizer.press("Release version {number}", number=2)
    organizer.go(f"/events/{guests.SLUG}")
    organizer.sees("Tham luận dài hơn.")
    assert "phiên bản 2" in organizer.main.inner_text()


def test_a_moved_session_reaches_page_and_mailbox_with_the_release(site_of_2025, open_page):
    with site_of_2025.app.app_context():
        slug = story.send_invitation("VN-25")
    story.carry_mail(site_of_2025)
    province = Visitor(open_page())
    invited = story.mail_to(site_of_2025, story.address_of("VN-25"))
    focal_point.accept(province, story.link_in(invited, "i"))
    focal_point.register_delegation(province)
    story.carry_mail(site_of_2025)
    site_of_2025.postman.taken.clear()
    organizer, public = Visitor(open_page()), Visitor(open_page())
    desk.sign_in(organizer, story.open_account(site_of_2025))
    organizer.go(f"/organizer/events/{slug}/programme/versions")
    organizer.press("Release version {number}", number=1)
    organizer.go(f"/organizer/events/{slug}/programme")
    organizer.page.locator("#sessions-table summary").first.click()
    organizer.page.get_by_role("link", name=organizer.words("Edit the session")).first.click()
    organizer.fill(starts="14:35")
    organizer.press("Save")
    organizer.sees("1 thay đổi chưa phát hành")
    organizer.look("programme-waiting")
    public.go(f"/events/{slug}")
    public.sees("14:15–15:30")
    assert "14:35" not in public.main.inner_text()
    organizer.follow("Look at the changes and release them")
    organizer.look("versions-waiting")
    organizer.press("Release version {number}", number=2)
    public.go(f"/events/{slug}")
    public.sees("14:35–15:30")
    organizer.go(f"/organizer/events/{slug}/mail/drafts/event_changed")
    organizer.main.get_by_role("button", name=re.compile(r"^Gửi \d+ thư")).click()
    story.carry_mail(site_of_2025)
    told = story.calendar_in(story.mail_to(site_of_2025, focal_point.MEMBER.email))
    assert b"T143500" in told
    written_to = {address for address, _ in site_of_2025.postman.taken}
    assert focal_point.SPEAKER.email not in written_to, "he sits in the second session alone"


def test_the_organiser_finds_an_hour_by_keyboard_without_scripts(served, open_page, planned):
    organizer = KeyboardVisitor(open_page(scripts=False))
    desk.sign_in(organizer, story.open_account(served))
    organizer.go(EVENT)
    organizer.follow("Find an hour that suits all")
    proposed = organizer.main.get_by_role("button", name=re.compile("^Chọn giờ bắt đầu")).first.inner_text()
    begins = proposed.split()[-1]
    organizer.press("Begin at {clock}", clock=begins)
    organizer.sees(f"27/10/2027, {begins}–")
    assert begins != "14:00", "that is when it began before"


def test_the_overview_and_the_helper_have_no_fault_and_fit_a_telephone(served, open_page, planned):
    organizer = Visitor(open_page())
    desk.sign_in(organizer, story.open_account(served))
    organizer.go(EVENT)
    organizer.look("overview-pictures")
    expect(organizer.page.locator("#hours .zones tr")).not_to_have_count(0)
    organizer.follow("Find an hour that suits all")
    organizer.look("hours")
