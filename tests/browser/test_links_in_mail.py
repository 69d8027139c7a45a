"""The links in the mail: on a telephone without scripts and mouse, and in English and Russian."""

import pytest

from tests.browser import focal_point, story
from tests.browser.focal_point import SPEAKER
from tests.browser.visitor import KeyboardVisitor, Visitor

pytestmark = pytest.mark.browser


def _go_through(site, visitor, code):
    """Accept, register the delegation, and save the speaker's calendar; return it."""
    with site.app.app_context():
        story.send_invitation(code)
    story.carry_mail(site)
    focal_point.accept(visitor, story.link_in(story.mail_to(site, story.address_of(code)), "i"))
    focal_point.register_delegation(visitor)
    story.carry_mail(site)
    return focal_point.download_calendar(visitor, story.link_in(story.mail_to(site, SPEAKER.email), "d"))


def test_a_telephone_without_scripts_and_without_a_mouse_is_enough(site_of_2025, open_page):
    visitor = KeyboardVisitor(open_page(width=360, scripts=False))
    saved = _go_through(site_of_2025, visitor, "VN-25")
    assert saved.count(b"BEGIN:VEVENT") == len(SPEAKER.sessions)


@pytest.mark.parametrize(
    ("language", "code", "summary"),
    [
        ("en", "EMB-FR-HAN", "SUMMARY:Investment and trade cooperation"),
        ("ru", "EMB-RU-HAN", "SUMMARY:Инвестиционное и торговое"),
    ],
)
def test_an_embassy_reads_everything_in_its_language_on_a_telephone(
    site_of_2025, open_page, language, code, summary
):
    """Pages, letters and calendar follow the language of the invitation, whatever the browser prefers."""
    visitor = Visitor(open_page(width=360), language)
    saved = _go_through(site_of_2025, visitor, code)
    assert visitor.page.locator("html").get_attribute("lang") == language
    assert summary in saved.decode().replace("\r\n ", "")
