"""What an act says on the next page, and the button that takes it back."""

import pytest

from app.queries import directory
from tests.browser import desk, story
from tests.browser.visitor import Visitor
from tests.plugins.directory import store_real_directory

pytestmark = [pytest.mark.browser, pytest.mark.databases("sqlite")]


def test_what_an_act_says_is_in_sight_where_the_page_opens_and_is_taken_back_by_a_button(served, open_page):
    with served.app.app_context():
        store_real_directory(story.NOW)
        public_id = directory.get_by_code("VASEP").public_id
    visitor = Visitor(open_page(width=360))
    desk.sign_in(visitor, story.open_account(served))
    visitor.go(f"/organizer/directory/{public_id}/contacts/new")
    visitor.fill(full_name="Nguyễn Thu Hà", email="ha@example.vn")
    visitor.press("Save")
    visitor.press("Put aside")
    message = visitor.main.locator(".toasts")
    assert visitor.page.evaluate("scrollY") > 0, "the page opens at the contacts, far below its top"
    assert message.evaluate("e => e.getBoundingClientRect().top >= 0")
    visitor.look("undo")
    visitor.press("Undo")
    visitor.sees(visitor.words("The contact is in use again."))
