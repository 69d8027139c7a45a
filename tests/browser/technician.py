"""What the technician of a connection site does by the link that his institution sent him."""

import re

from tests.browser.visitor import Visitor

NAME, PHONE = "Lê Văn Kỹ", "+84 90 000 0001"


def prepare_site(technician: Visitor, link: str) -> None:
    """Open the mailed link and say where the delegation sits and whom to call."""
    technician.go(link)
    technician.follow("Prepare our site")
    technician.look("site-empty")
    technician.follow("Fill in our site")
    technician.look("site-form")
    technician.fill(technician_name=NAME, technician_phone=PHONE, planned="25")
    technician.press("Save")
    technician.sees(NAME, PHONE, technician.words("No test is booked yet."))


def book_test(technician: Visitor, link: str, number: int) -> str:
    """Choose the slot of that number for the test of the line; return its hours."""
    technician.follow(link)
    technician.look("slots")
    slot = technician.field("slot").locator("option").nth(number)
    hours = re.search(r"\d\d:\d\d–\d\d:\d\d", slot.inner_text())
    assert hours
    technician.fill(slot=slot.get_attribute("value") or "")
    technician.press("Book this slot")
    technician.sees(hours[0])
    technician.look("slot-booked")
    return hours[0]
