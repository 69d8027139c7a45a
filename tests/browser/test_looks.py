"""All components on one page, as a browser shows them: accessible, narrow, on paper, by keyboard."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import render_template_string
from werkzeug.datastructures import MultiDict

from app.domain.invitations import Answer
from app.forms.fields import Choice, Choices, Email, Form, Line, Tick, TranslatedLine

pytestmark = [pytest.mark.browser, pytest.mark.databases("sqlite")]
SOURCE = (Path(__file__).parent / "looks.html").read_text()
COUNTS = [
    {"state": "accepted", "label": "Nhận lời", "count": 41},
    {"state": "tentative", "label": "Chưa chắc", "count": 6},
    {"state": "draft", "label": "Chưa gửi", "count": 16},
]


class Sample(Form):
    """One field of each kind."""

    answer = Choice("Trả lời", Answer, required=True, radio=True)
    name = Line("Họ và tên", hint="Như in trên giấy mời", required=True, autocomplete="name")
    email = Email("Thư điện tử", required=True)
    sessions = Choices("Phiên", [("1", "Kết nối vì phát triển"), ("2", "Hợp tác đầu tư và thương mại")])
    title = TranslatedLine("Tên", required="vi")
    agreed = Tick("Tôi đồng ý", required=True)


@pytest.fixture
def show(page, served):
    """Show the page of all components, with the errors of an empty form; return the browser's page."""
    with served.app.test_request_context(
        "/?lang=vi", base_url=served.base_url, method="POST", data=MultiDict({"name": ""})
    ):
        served.app.preprocess_request()
        form = Sample(meta={"csrf": False})
        form.validate()
        html = render_template_string(SOURCE, form=form, counts=COUNTS)
    page.route("**/looks", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))

    def visit(width=1280, **media):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(**media)
        page.goto("/looks")
        return page

    return visit


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_that_axe_can_find_is_wrong(show, scheme, width):
    found = Axe().run(show(width, color_scheme=scheme)).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_no_page_has_to_be_pushed_sideways(show, width):
    assert show(width).evaluate("document.documentElement.scrollWidth") <= width


def test_lines_are_high_enough_for_vietnamese(show):
    low = show().evaluate(
        """[...document.querySelectorAll("main p, main li, main td, main th, main label, main input")]
        .map(e => [e.outerHTML, getComputedStyle(e)])
        .filter(([_, look]) => parseFloat(look.lineHeight) / parseFloat(look.fontSize) < 1.55)
        .map(([html, _]) => html)"""
    )
    assert low == []


def test_targets_are_large_enough_for_a_thumb(show):
    small = show(360).evaluate(
        """[...document.querySelectorAll("a.act, button, .answer, .menu > summary, input:not([type=hidden])")]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 22)
        .map(e => e.outerHTML)"""
    )
    assert small == []


def test_errors_are_read_first_and_lead_into_their_field(show):
    page = show()
    assert page.evaluate("document.activeElement.matches('[data-summary]')")
    page.get_by_role("link", name="Họ và tên").click()
    assert page.evaluate("document.activeElement.id") == "name"
    page.locator("[data-summary] a").first.click()
    assert page.evaluate("document.activeElement.name") == "answer"


def test_rows_are_found_without_diacritics_and_chosen_together(show):
    page = show()
    page.get_by_label("Lọc nhanh").fill("dai su quan")
    assert page.locator("#guests tbody tr:visible").count() == 1
    page.locator("[data-choose-all]").check()
    assert page.locator("[data-chosen-count]").inner_text() == "Các dòng đã chọn (1)"


def test_a_menu_opens_by_keyboard_and_closes_with_escape(show):
    page = show()
    page.locator(".cover summary").focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("link", name="Sao chép").is_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.cover summary')")
    assert not page.get_by_role("link", name="Sao chép").is_visible()


def test_a_form_is_sent_once_however_often_it_is_clicked(show):
    page = show()
    posts = []
    page.route("**/looks", lambda route: posts.append(route.request.method), times=2)
    page.evaluate("for (const _ of [1, 2, 3]) document.querySelector('form.form .act').click()")
    page.wait_for_timeout(200)
    assert posts == ["POST"]


def test_paper_shows_the_table_and_no_buttons(show):
    page = show(700, media="print")
    assert page.locator("#guests thead").is_visible()
    assert not page.locator(".acts").first.is_visible()
    assert not page.get_by_role("navigation").first.is_visible()


def test_nothing_moves_for_those_who_asked_for_stillness(show):
    page = show(reduced_motion="reduce")
    assert page.locator(".act").first.evaluate("e => getComputedStyle(e).transitionDuration") == "0s"
