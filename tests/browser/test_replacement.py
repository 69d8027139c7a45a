"""Two days after registering, a focal point replaces the head of delegation from a telephone."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page

from app.domain import clock
from app.domain.approvals import Approval
from app.models.events import Event
from app.services.transaction import unit_of_work
from tests.browser import desk, focal_point, story
from tests.browser.focal_point import HEAD, MEMBER
from tests.browser.visitor import Visitor
from tests.plugins.browser import Served

pytestmark = pytest.mark.browser
PHONE = 360
NEW = {
    "full_name": "Đặng Thị Thùy Trâm",
    "form_of_address": "Bà",
    "post": "Chủ tịch",
    "email": "tram@x.example",
}


def let_days_pass(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    """Let the product's clock show so many days later."""
    began = datetime.now(UTC)
    monkeypatch.setattr(clock, "now", lambda: story.NOW + timedelta(days=days) + (datetime.now(UTC) - began))


def _register(site: Served, page: Page) -> tuple[Visitor, str]:
    """Send an invitation, accept it and register two people; return the focal point and his link."""
    with site.app.app_context():
        story.send_invitation("VN-25")
    story.carry_mail(site)
    link = story.link_in(story.mail_to(site, story.address_of("VN-25")), "i")
    visitor = Visitor(page)
    focal_point.accept(visitor, link)
    visitor.follow("Register delegates, or change the answer")
    for delegate in (HEAD, MEMBER):
        visitor.go(f"{link}/delegates/new")
        focal_point.register(visitor, delegate)
    story.carry_mail(site)
    site.postman.taken.clear()
    return visitor, link


def test_c02_focal_point_replaces_the_head_two_days_later_from_a_phone(site_of_2025, open_page, monkeypatch):
    visitor, link = _register(site_of_2025, open_page())
    let_days_pass(monkeypatch, 2)
    phone = Visitor(open_page(width=PHONE))
    phone.go(link)
    phone.open(HEAD.name)
    phone.follow("Replace")
    phone.look("replace")
    phone.sees(HEAD.email, phone.words("Head of delegation"))
    phone.fill(**NEW)
    phone.choose("is_substitute", "y")
    phone.press("Replace")
    phone.sees(NEW["full_name"], phone.words("Head of delegation"), phone.words("Substitute"), HEAD.name)
    phone.look("replaced")

    story.carry_mail(site_of_2025)
    cancelled = story.mail_to(site_of_2025, HEAD.email)
    assert NEW["full_name"] in story.text_of(cancelled)
    welcome = story.mail_to(site_of_2025, NEW["email"])
    assert (story.method_in(cancelled), story.method_in(welcome)) == ("CANCEL", "REQUEST")
    own = Visitor(open_page(width=PHONE))
    own.go(story.link_in(welcome, "d"))
    own.sees(own.words("Head of delegation"))

    visitor.go(link)
    visitor.sees(NEW["full_name"], HEAD.name, visitor.words("Replaced by another person"))
    visitor.look("delegation-after-replacement")


def test_late_change_is_asked_for_on_a_phone_and_accepted_at_the_desk(site_of_2025, open_page, monkeypatch):
    _, link = _register(site_of_2025, open_page())
    let_days_pass(monkeypatch, 60)
    phone = Visitor(open_page(width=PHONE))
    phone.go(link)
    phone.open(HEAD.name)
    phone.look("late-delegate")
    phone.follow("Replace")
    phone.look("ask-for-replacement")
    phone.fill(**NEW, reason="Trưởng đoàn đi công tác đột xuất", asked_by="Phạm Thị Ngọc Ánh, Sở Ngoại vụ")
    phone.press("Ask for this change")
    phone.sees(HEAD.name, phone.words("Waiting for an answer"))
    phone.look("asked-for-replacement")

    office = Visitor(open_page())
    _sign_in(site_of_2025, office)
    office.open(office.words("Answer {n} change request", "Answer {n} change requests", 1))
    office.look("change-requests")
    office.open(HEAD.name)
    office.look("change-request")
    office.press("Accept the change")
    office.sees(office.words("Accepted"))
    story.carry_mail(site_of_2025)
    assert NEW["full_name"] in story.text_of(story.mail_to(site_of_2025, HEAD.email))
    phone.go(link)
    phone.sees(NEW["full_name"])


def test_approval_in_two_stages_from_the_list_to_the_word_for_many(site_of_2025, open_page):
    site = site_of_2025
    with site.app.app_context():
        story.send_invitation("VN-25")
        with unit_of_work() as session:
            session.query(Event).one().approval = Approval.HEAD_THEN_SECRETARIAT
    story.carry_mail(site)
    phone = Visitor(open_page(width=PHONE))
    link = story.link_in(story.mail_to(site, story.address_of("VN-25")), "i")
    focal_point.accept(phone, link)
    for delegate in (HEAD, MEMBER):
        phone.go(f"{link}/delegates/new")
        focal_point.register(phone, delegate)
    phone.go(link)
    phone.look("delegation-pending")
    phone.follow("Send the list to the head of the institution")
    phone.look("ask-head")
    phone.fill(name="Nguyễn Thị Chủ Tịch", email="chutich@x.example")
    phone.press("Send {n} delegate for approval", "Send {n} delegates for approval", n=2)
    story.carry_mail(site)

    head = Visitor(open_page(width=PHONE))
    head.go(story.link_in(story.mail_to(site, "chutich@x.example"), "a"))
    head.look("head-approves")
    head.press("Approve the ticked")
    head.sees(head.words("All is decided"))

    office = Visitor(open_page())
    _sign_in(site, office)
    office.look("desk-with-approvals")
    office.open(office.words("Approve {n} delegate", "Approve {n} delegates", 2))
    office.look("approvals")
    office.press("Approve …")
    office.look("approve-two")
    site.postman.taken.clear()
    office.press("Approve {n} delegate", "Approve {n} delegates", n=2)
    story.carry_mail(site)
    assert story.calendar_in(story.mail_to(site, HEAD.email)).startswith(b"BEGIN:VCALENDAR")
    office.look("approvals-done")
    phone.go(link)
    phone.sees(phone.words("Confirmed"))
    phone.follow("Ask to speak")
    phone.look("ask-to-speak")


def _sign_in(site: Served, visitor: Visitor) -> None:
    """Sign in with a new account and go to the desk."""
    desk.sign_in(visitor, story.open_account(site))
    visitor.go("/organizer/")
