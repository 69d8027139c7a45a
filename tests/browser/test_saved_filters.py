"""A filter is kept and opened without scripts and by keyboard; Ctrl+K finds it; deleting is undone."""

import pytest

from tests.browser import desk, story
from tests.browser.visitor import KeyboardVisitor, Visitor
from tests.plugins.directory import store_real_directory

pytestmark = [pytest.mark.browser, pytest.mark.databases("sqlite")]
NAME = "Sứ quán Lào"


@pytest.fixture
def link(served):
    """A site with the real directory; the one-time link of its organiser."""
    with served.app.app_context():
        store_real_directory(story.NOW)
    return story.open_account(served)


def _save(visitor):
    visitor.go("/organizer/directory?kind=embassy&q=lao")
    visitor.follow("Save this filter …")
    visitor.look("save-filter")
    visitor.fill(name=NAME)
    visitor.press("Save")
    visitor.sees(visitor.words("The filter is saved."))


def test_a_filter_is_kept_and_opened_without_scripts_at_320_pixels(open_page, link):
    visitor = KeyboardVisitor(open_page(width=320, scripts=False))
    desk.sign_in(visitor, link)
    _save(visitor)
    visitor.look("saved-filter")
    visitor.go("/organizer/directory")
    visitor.open(NAME)
    assert visitor.field("q").input_value() == "lao"


def test_ctrl_k_opens_a_kept_filter_and_a_deleted_one_comes_back(open_page, link):
    visitor = Visitor(open_page())
    desk.sign_in(visitor, link)
    _save(visitor)
    visitor.look("saved-filter")
    visitor.press("Delete this filter")
    visitor.press("Undo")
    visitor.go("/organizer/")
    page = visitor.page
    page.keyboard.press("Control+k")
    page.keyboard.type("su quan lao")
    page.get_by_role("dialog").get_by_role("link", name=NAME).wait_for()
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/organizer/directory?q=lao&kind=embassy")
