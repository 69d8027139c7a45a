"""A newcomer at an empty desk: every page says the next act, until the first letter has left."""

import pytest

from tests.browser import desk, story
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.databases("sqlite")]
ADDRESS = "ngoaivu@quangtri.example"


@pytest.fixture
def organizer(site_of_2025, open_page):
    """The first organiser of a site without a row."""
    visitor = Visitor(open_page())
    desk.sign_in(visitor, story.open_account(site_of_2025))
    return visitor


def _is_next(organizer, step):
    """Fail unless the strip of the overview names this step as the next one."""
    named = organizer.main.locator("#first-steps [aria-current=step]")
    assert named.inner_text() == organizer.words(step)


def _enter_institution(organizer):
    organizer.go("/organizer/")
    organizer.look("desk-empty")
    organizer.follow("To the directory")
    organizer.look("directory-empty")
    organizer.follow("Add an organisation")
    organizer.fill(**{"kind": "locality", "names-vi": "Tỉnh Quảng Trị"}, country="VN")
    organizer.press("Save")


def _begin_roundtable(organizer):
    organizer.go("/organizer/")
    organizer.follow("New roundtable")
    organizer.fill(**{"titles-vi": story.TITLES["vi"]})
    organizer.press("Save")


def _lead_to_publishing(organizer):
    """Take each act that the overview offers as the next, with nothing else known of the site."""
    _is_next(organizer, "Date and organiser")
    organizer.look("first-steps")
    organizer.follow("Complete the draft")
    organizer.fill(day=story.DAY.isoformat(), **{"organizers-0": "Tỉnh Quảng Trị"})
    organizer.press("Save")
    _is_next(organizer, "Programme")
    organizer.follow("Add the first session")
    organizer.fill(**{"titles-vi": story.SESSIONS[0].titles["vi"]})
    organizer.press("Save")
    organizer.follow("Overview")
    _is_next(organizer, "Guests")
    organizer.follow("Choose whom to invite")
    organizer.choose("group", "localities")
    organizer.press("Check the choice")
    organizer.press("Put {n} institution on the list", "Put {n} institutions on the list", n=1)
    organizer.follow("Overview")
    _is_next(organizer, "Publish")
    organizer.press("Publish")


def test_a_newcomer_is_led_from_an_empty_desk_to_the_first_letter(site_of_2025, organizer):
    _enter_institution(organizer)
    _begin_roundtable(organizer)
    _lead_to_publishing(organizer)
    _is_next(organizer, "Letters")
    organizer.follow("Add an address")
    organizer.look("letters-without-address")
    organizer.follow("Add an address")
    organizer.fill(email=ADDRESS)
    organizer.press("Save the terms")
    organizer.follow("Overview")
    organizer.follow("Prepare {n} letter", plural="Prepare {n} letters", n=1)
    organizer.press("Prepare {n} letter", "Prepare {n} letters", n=1)
    organizer.follow("Overview")
    _is_next(organizer, "Sending")
    organizer.look("first-steps-done")
    organizer.follow("Look at the letters")
    organizer.press("Send {n} letter", "Send {n} letters", n=1)
    organizer.follow("Overview")
    assert organizer.main.locator("#first-steps").count() == 0
    story.carry_mail(site_of_2025)
    assert [to for to, _ in site_of_2025.postman.taken] == [ADDRESS]
