"""Menus in the rows of a table open whole: no frame cuts them, and they stay on the screen."""

import pytest

from tests.browser import desk, story
from tests.browser.visitor import Visitor
from tests.registration_rows import store_event

pytestmark = [pytest.mark.browser, pytest.mark.databases("sqlite")]
_OUT_OF_SIGHT = """() => [...document.querySelector(".menu[open] .menu-sheet").children].filter((row) => {
  const box = row.getBoundingClientRect();
  const middle = box.top + box.height / 2;
  const ends = [box.left + 2, box.right - 2].map((x) => document.elementFromPoint(x, middle));
  return ends.some((part) => !part?.closest(".menu-sheet"));
}).map((row) => row.innerText)"""


@pytest.mark.parametrize("width", [1280, 800, 360])
def test_no_entry_of_a_menu_is_out_of_sight(served, open_page, width):
    with served.app.app_context():
        slug = store_event().slug
    organizer = Visitor(open_page())
    desk.sign_in(organizer, story.open_account(served))
    page = organizer.page
    page.set_viewport_size({"width": width, "height": 1600})
    organizer.go(f"/organizer/events/{slug}/programme")
    menus = page.locator("main .menu > summary")
    assert menus.count()
    for menu in menus.all():
        menu.click()
        assert page.evaluate(_OUT_OF_SIGHT) == []
        page.keyboard.press("Escape")
