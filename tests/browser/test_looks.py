"""All components on one page, as a browser shows them: accessible, narrow, on paper, by keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.databases("sqlite")]


@pytest.fixture
def show(page):
    """Show the page of all components; return the browser's page."""

    def visit(width=1280, language="vi", **media):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(**media)
        page.goto(f"/components?lang={language}")
        return page

    return visit


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_that_axe_can_find_is_wrong(show, scheme, width):
    found = Axe().run(show(width, color_scheme=scheme)).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []


@pytest.mark.parametrize("width", [320, 640, 1280])  # 640: what 1280 pixels are at 200 %
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
    page.locator("[data-summary] a[href='#wrong-full_name']").click()
    assert page.evaluate("document.activeElement.id") == "wrong-full_name"
    page.locator("[data-summary] a").first.click()
    assert page.evaluate("document.activeElement.name") == "wrong-answer"


def test_rows_are_found_without_diacritics_and_chosen_together(show):
    page = show()
    page.locator("#guests-filter").fill("dai su quan")
    assert page.locator("#guests tbody tr:visible").count() == 1
    page.locator("[data-choose-all]").check()
    assert page.locator("[data-chosen-count]").inner_text() == "Khách mời (1)"


def test_the_bar_of_acts_hides_no_row_that_is_ticked(show):
    page = show(360)
    page.set_viewport_size({"width": 360, "height": 420})
    bar, boxes = page.locator(".bulk"), page.locator("#guests [data-choose]")
    boxes.first.check()
    assert bar.evaluate("e => getComputedStyle(e).position") == "sticky"
    for box in boxes.all():
        box.focus()
        page.wait_for_timeout(50)
        assert box.bounding_box()["y"] + box.bounding_box()["height"] <= bar.bounding_box()["y"]


def test_a_menu_opens_by_keyboard_and_closes_with_escape(show):
    page = show()
    summary, choice = page.locator("main summary").first, page.get_by_role("link", name="Sao chép")
    summary.focus()
    page.keyboard.press("Enter")
    assert choice.is_visible()
    page.keyboard.press("Escape")
    assert summary.evaluate("e => e === document.activeElement")
    assert not choice.is_visible()


def test_a_form_is_sent_once_however_often_it_is_clicked(show):
    page = show()
    posts = []
    page.route("**/components*", lambda route: posts.append(route.request.method), times=2)
    page.evaluate("for (const _ of [1, 2, 3]) document.querySelector('form.form .act').click()")
    page.wait_for_timeout(200)
    assert posts == ["POST"]


def test_a_suggestion_is_found_without_diacritics_and_taken_by_keyboard(show):
    page = show()
    field = page.locator("#organization")
    field.press_sequentially("uy ban quang tri")
    assert page.get_by_role("option").all_inner_texts() == ["Ủy ban nhân dân tỉnh Quảng Trị"]
    assert field.get_attribute("aria-expanded") == "true"
    field.press("ArrowDown")
    chosen = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-selected") == "true"
    assert Axe().run(page).response["violations"] == []
    field.press("Enter")
    assert field.input_value() == "Ủy ban nhân dân tỉnh Quảng Trị"
    assert page.get_by_role("option").count() == 0


def test_escape_leaves_the_suggestions_and_keeps_what_was_typed(show):
    page = show()
    field = page.locator("#organization")
    field.press_sequentially("dai su")
    field.press("Escape")
    assert page.get_by_role("option").count() == 0
    assert field.input_value() == "dai su"


def test_a_dialog_takes_the_focus_and_gives_it_back(show):
    page = show()
    page.get_by_role("button", name="Mở hộp thoại").click()
    assert page.evaluate("document.getElementById('sample-dialog').contains(document.activeElement)")
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.dialog") == "sample-dialog"


def test_a_message_is_closed_by_its_button(show):
    page = show()
    page.locator(".toasts .close").click()
    assert page.locator(".toasts .notice:visible").count() == 0


def test_forced_colours_keep_shapes_edges_and_what_is_chosen(show):
    page = show(forced_colors="active")
    lost = page.evaluate(
        """[...document.querySelectorAll(".act, .quiet, .badge, .pill, .field > input, .combobox > input")]
        .filter(e => e.checkVisibility() && parseFloat(getComputedStyle(e).borderTopWidth) < 1)
        .map(e => e.outerHTML)"""
    )
    assert lost == []
    assert (
        page.locator("path.seat.is-yes, circle.seat.is-yes").first.evaluate("e => getComputedStyle(e).fill")
        != "none"
    )


def test_paper_shows_the_table_and_no_buttons(show):
    page = show(700, media="print")
    assert page.locator("#guests thead").is_visible()
    assert not page.locator(".acts").first.is_visible()
    assert not page.get_by_role("navigation").first.is_visible()


def test_nothing_moves_for_those_who_asked_for_stillness(show):
    page = show(reduced_motion="reduce")
    assert page.locator(".act").first.evaluate("e => getComputedStyle(e).transitionDuration") == "0s"


@pytest.mark.parametrize(("width", "most"), [(1280, 80), (360, 80)])
def test_the_head_of_a_page_is_one_row(show, width, most):
    assert show(width).locator(".masthead").bounding_box()["height"] <= most


def test_what_only_a_script_can_do_is_not_shown_without_scripts(open_page):
    page = open_page(scripts=False)
    page.goto("/components?lang=vi")
    assert page.locator("[data-script]").count() > 0
    assert page.locator("[data-script]:visible").count() == 0
