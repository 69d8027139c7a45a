"""A page opened by a link stands by itself; the next one asks for no sheet."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.databases("sqlite")]
_LOOK = """() => getComputedStyle(document.querySelector(".masthead")).borderBottomStyle"""
_PAINTED = """() => performance.getEntriesByName("first-contentful-paint").length > 0"""
_SHEET_OVER_THE_WIRE = """() => performance.getEntriesByType("resource")
  .filter(({ name, initiatorType }) => name.includes("bantron.css") && initiatorType !== "other")
  .map(({ transferSize }) => transferSize)"""


@pytest.mark.parametrize("path", ["/", "/links/new", "/i/no-link-of-ours"])
def test_a_page_is_drawn_whole_though_no_file_of_it_comes(open_page, path):
    page = open_page(width=360)
    page.route("**/static/**", lambda route: route.abort())
    page.goto(path)
    page.wait_for_function(_PAINTED)
    assert page.evaluate(_LOOK) == "double"


def test_a_page_is_drawn_whole_without_scripts(open_page):
    page = open_page(width=360, scripts=False)
    page.goto("/links/new")
    assert page.evaluate(_LOOK) == "double"


def test_the_next_page_has_its_sheet_already(open_page):
    page = open_page()
    page.goto("/", wait_until="networkidle")
    page.locator(".sign-in").click()
    page.wait_for_url("**/organizer/sign-in")
    assert page.locator("style").count() == 0
    assert page.evaluate(_LOOK) == "double"
    assert page.evaluate(_SHEET_OVER_THE_WIRE) == [0]
