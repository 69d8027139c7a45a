"""What was typed into a long form is there again when one had left it, and gone once it was sent."""

import pytest

from tests.browser import desk, story
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.databases("sqlite")]
_NAME = "names-vi"


@pytest.fixture
def form(served, open_page):
    """The form of a new institution, before an organiser who is signed in."""
    visitor = Visitor(open_page())
    desk.sign_in(visitor, story.open_account(served))
    visitor.go("/organizer/directory/new")
    return visitor


def _kept(visitor):
    return visitor.page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:')).length")


def test_what_was_not_sent_is_back_with_a_note_and_can_be_forgotten(form):
    form.fill(**{_NAME: "Sở Ngoại vụ Quảng Trị"})
    form.go("/organizer/")
    form.go("/organizer/directory/new")
    assert form.field(_NAME).input_value() == "Sở Ngoại vụ Quảng Trị"
    form.sees(form.words("What you had typed here and not sent is back."))
    form.look("draft")
    form.button("Forget it").click()
    assert form.field(_NAME).input_value() == ""
    assert _kept(form) == 0


def test_an_error_keeps_it_and_a_success_forgets_it(form):
    form.fill(**{_NAME: "Sở Ngoại vụ Quảng Trị"})
    form.fill(code="không được")
    form.press("Save")
    assert form.page.locator("[data-summary]").is_visible()
    assert _kept(form) == 1
    form.fill(code="DFA-X", kind="foreign_affairs_department")
    form.press("Save")
    form.sees("Sở Ngoại vụ Quảng Trị")
    assert _kept(form) == 0
    form.go("/organizer/directory/new")
    assert form.field(_NAME).input_value() == ""


def test_signing_out_forgets_everything_and_no_token_or_password_is_kept(form):
    form.fill(**{_NAME: "Sở Ngoại vụ Quảng Trị"})
    form.go("/organizer/")
    kept = form.page.evaluate("JSON.stringify(localStorage)")
    assert "Quảng Trị" in kept
    assert "csrf_token" not in kept
    form.go("/organizer/directory/new")
    form.fill(**{_NAME: "Sở Ngoại vụ"})
    form.page.locator(".account").click()
    with form.page.expect_navigation():
        form.page.locator("[data-sign-out] button").click()
    assert _kept(form) == 0
