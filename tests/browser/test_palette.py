"""Ctrl+K at the desk: what is typed is found, arrows lead to it; without scripts it is a page."""

import pytest

from tests.browser import desk, story
from tests.browser.visitor import KeyboardVisitor, Visitor
from tests.plugins.directory import store_real_directory

pytestmark = [pytest.mark.browser, pytest.mark.databases("sqlite")]


def test_ctrl_k_finds_an_institution_and_enter_opens_it(served, open_page):
    with served.app.app_context():
        store_real_directory(story.NOW)
    visitor = Visitor(open_page())
    desk.sign_in(visitor, story.open_account(served))
    page = visitor.page
    page.keyboard.press("Control+k")
    page.keyboard.type("dai su quan lao")
    page.get_by_role("dialog").get_by_role("link", name="Đại sứ quán Lào tại Việt Nam").wait_for()
    assert visitor._found_by_axe() == []
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    visitor.sees("Đại sứ quán Lào tại Việt Nam")
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()


def test_without_scripts_the_search_is_a_page(served, open_page):
    with served.app.app_context():
        store_real_directory(story.NOW)
    visitor = KeyboardVisitor(open_page(scripts=False))
    desk.sign_in(visitor, story.open_account(served))
    visitor.go("/organizer/search")
    visitor.fill(q="quang tri")
    visitor.press("Search")
    visitor.look("search")
    assert visitor.main.get_by_role("link", name="Tỉnh Quảng Trị").first.is_visible()
