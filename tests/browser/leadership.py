"""What the leadership does at the desk: it reads, and takes lists out."""

import re

from playwright.sync_api import expect

from tests.browser.visitor import Visitor


def read_where_it_stands(leader: Visitor, slug: str) -> None:
    """Go from the desk to a roundtable, and find nothing there to change."""
    leader.go("/organizer/")
    leader.look("leader-desk")
    leader.click(leader.main.locator(f"a[href='/organizer/events/{slug}']").first)
    leader.look("leader-overview")
    for act in ("Edit", "Publish", "Cancel…", "Clone"):
        assert leader.link(act).or_(leader.button(act)).count() == 0, f"a reader is offered “{act}”"


def save_board(leader: Visitor, silent: int) -> bytes:
    """Read on the board who has not answered, and save the list of those."""
    leader.follow("Board")
    leader.look("leader-board")
    leader.fill(state="silent")
    leader.press("Show")
    leader.sees(leader.words("{n} institution", "{n} institutions", silent))
    return leader.download("Save as XLSX")


def save_delegates(leader: Visitor) -> bytes:
    """Read who was named, and save the list."""
    leader.follow("Delegates")
    leader.look("leader-delegates")
    return leader.download("Save as XLSX")


def sign_out(leader: Visitor) -> None:
    """Leave the desk; the way back asks for a password."""
    head = leader.page.get_by_role("banner")
    leader.unfold(head.locator("summary"))
    leader.click(head.get_by_role("button"))
    leader.page.goto("/organizer/")
    expect(leader.page).to_have_url(re.compile("/organizer/sign-in"))
