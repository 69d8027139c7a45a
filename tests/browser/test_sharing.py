"""Those who share the work: members of an association register themselves, somebody else takes over."""

import pytest
import sqlalchemy as sa

from app import site
from app.db import db
from app.models.registrations import Delegate
from tests.browser import story
from tests.browser.visitor import Visitor
from tests.registration_rows import store_event, store_invitation

pytestmark = pytest.mark.browser


@pytest.fixture
def link(served) -> str:
    """The link of an association."""
    with served.app.app_context():
        return site.invitation_url(store_invitation(store_event(), name="Hiệp hội Doanh nghiệp"))


@pytest.mark.parametrize("language", ["vi", "en", "ru", "fr"])
def test_a_member_registers_by_the_sub_link_and_the_association_approves(served, open_page, link, language):
    manager = Visitor(open_page(), language)
    manager.go(f"{link}/members?lang={language}")
    manager.look("members-closed")
    manager.press("Make a link for members")
    address = manager.main.locator("code").inner_text()
    member = Visitor(open_page(), language)
    member.go(f"{address}?lang={language}")
    member.look("member-ask")
    member.fill(full_name="Nguyễn Thị Ổn", email="on@firm.example", organization_name="Công ty Ổn Định")
    member.choose("consent", "y")
    member.press("Register")
    member.look("member-asked")
    manager.go(f"{link}/members")
    manager.sees("Nguyễn Thị Ổn", "Công ty Ổn Định")
    manager.look("members-waiting")
    manager.press("Register those ticked")
    with served.app.app_context():
        found = db.session.scalars(sa.select(Delegate)).one()
        assert (found.person.full_name, found.state.value) == ("Nguyễn Thị Ổn", "confirmed")


@pytest.mark.parametrize("language", ["vi", "en", "ru", "fr"])
def test_a_focal_point_hands_over_and_the_heir_opens_the_mailed_link(served, open_page, link, language):
    leaving = Visitor(open_page(), language)
    leaving.go(f"{link}/people?lang={language}")
    leaving.fill(name="Trần Thị Bé", email="be@dept.example")
    leaving.choose("leaves", "y")
    leaving.look("people")
    leaving.press("Send the link")
    leaving.look("handed-over")
    story.carry_mail(served)
    heir = Visitor(open_page())  # his letter, and his page, speak the language of the invitation
    heir.go(f"{story.link_in(story.mail_to(served, 'be@dept.example'), 'i')}/people")
    heir.look("people-heir")
    assert heir.page.get_by_text("Trần Thị Bé").count() >= 1
