"""Every public page as a browser sees it."""

import pytest

pytestmark = pytest.mark.browser


def test_a_page_reads_vietnamese_first_and_switches_in_place(page):
    page.goto("/events/khong-co")
    assert page.locator("html").get_attribute("lang") == "vi"
    page.goto("/events/khong-co?lang=ru")
    assert page.locator("html").get_attribute("lang") == "ru"
