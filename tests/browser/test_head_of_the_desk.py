"""The head of the desk on a telephone: one row for mark, languages, search and account."""

import pytest

from app.domain.accounts import Role
from app.domain.policy import SYSTEM
from app.services import accounts
from tests.browser import desk, story
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.databases("sqlite")]
LONG = "Công Tằng Tôn Nữ Nguyễn Thị Thanh Hà, Phòng Hợp tác địa phương"
_ROWS = """[...document.querySelectorAll(".masthead .brand, .languages a, .find, .account")]
  .map((part) => part.getBoundingClientRect()).map(({top, bottom}) => Math.round((top + bottom) / 2))"""
_LOW = """[...document.querySelectorAll(".masthead .brand, .languages a, .find, .account")]
  .filter((part) => part.getBoundingClientRect().height < 24).map((part) => part.outerHTML)"""


@pytest.fixture
def visitor(served, open_page):
    """Somebody with a long name on a telephone, at the desk."""
    with served.app.app_context():
        link = accounts.add_account(
            actor=SYSTEM, email=story.EMAIL, name=LONG, role=Role.ORGANIZER, language="vi", now=story.NOW
        )
    visitor = Visitor(open_page(width=360))
    desk.sign_in(visitor, link)
    return visitor


@pytest.mark.parametrize("language", ["vi", "en", "ru", "fr"])
def test_four_languages_and_a_long_name_stand_in_one_row_at_360_pixels(visitor, language):
    visitor.language = language
    visitor.go(f"/organizer/?lang={language}")
    assert visitor.page.locator(".languages a").count() == 4
    rows = visitor.page.evaluate(_ROWS)
    assert max(rows) - min(rows) <= 4, rows
    assert visitor.page.evaluate(_LOW) == []
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert visitor.page.locator(".account span").evaluate(
        "e => getComputedStyle(e).textOverflow === 'ellipsis' && e.scrollWidth > e.clientWidth"
    )
