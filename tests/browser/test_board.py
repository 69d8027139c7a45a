"""The organiser reads the board, calls and reminds the silent, saves what he sees, and settles the order."""

from io import BytesIO

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from app.db import db
from app.domain import clock
from app.domain.invitations import InvitationState
from app.domain.policy import SYSTEM
from app.models.invitations import Invitation
from app.services.invitations import letters
from app.services.programme import appointments
from app.services.transaction import unit_of_work
from tests import guests
from tests.browser import desk, story
from tests.browser.visitor import Visitor
from tests.registration_rows import register_one

pytestmark = pytest.mark.browser
EVENT = f"/organizer/events/{guests.SLUG}"


@pytest.fixture
def invited(served) -> list[str]:
    """Four localities and two missions that were written to; the first has accepted and named somebody."""
    now = clock.now()
    with served.app.app_context():
        side = guests.event(sides=("B", "C"), changed_at=now).sides[0].public_id
        ids = guests.invited([*guests.localities(4, phones=["0233 385 2525"]), *guests.missions(2)], now)
        appointments.reserve(actor=SYSTEM, slug=guests.SLUG, side=side, slots=2, now=now)
        letters.prepare(actor=SYSTEM, slug=guests.SLUG, now=now)
        letters.release(actor=SYSTEM, slug=guests.SLUG, expected=6, now=now)
        with unit_of_work() as session:
            first = sa.update(Invitation).where(Invitation.public_id == ids[0])
            session.execute(first.values(state=InvitationState.ACCEPTED))
        row = sa.select(Invitation).where(Invitation.public_id == ids[0])
        register_one(db.session.scalars(row).one(), now)
    story.carry_mail(served)
    return ids


def test_c02_the_organiser_reads_the_board_reminds_the_silent_and_saves_it(served, open_page, invited):
    organizer = Visitor(open_page())
    desk.sign_in(organizer, story.open_account(served))
    organizer.go(f"{EVENT}/board")
    organizer.look("board")
    organizer.follow("Chase list")
    organizer.look("chase")
    organizer.page.locator("#chase").get_by_role("link", name=organizer.words("Record a call")).first.click()
    organizer.look("call")
    organizer.fill(spoken_with="Bà Lan, Phó Giám đốc", note="Sẽ trả lời trước thứ Sáu.")
    organizer.press("Record the call")
    organizer.sees("Bà Lan, Phó Giám đốc", "Sẽ trả lời trước thứ Sáu.")
    before = len(served.postman.taken)
    organizer.press(
        "Remind {n} institution that has not answered", "Remind {n} institutions that have not answered", n=5
    )
    organizer.look("reminders")
    organizer.press("Send {n} letter", "Send {n} letters", n=5)
    story.carry_mail(served)
    assert len(served.postman.taken) == before + 5
    organizer.go(f"{EVENT}/board?state=silent")
    rows = CalamineWorkbook.from_filelike(BytesIO(organizer.download("Save as XLSX")))
    assert len(rows.get_sheet_by_index(0).to_python()) == 4 + 5


def test_the_organiser_settles_the_order_by_keyboard_and_by_dragging(served, open_page, invited):
    organizer = Visitor(open_page())
    desk.sign_in(organizer, story.open_account(served))
    organizer.go(f"{EVENT}/delegates/order")
    organizer.look("order")
    page = organizer.page
    page.locator(f"[id='{invited[2]}'] button").first.press("Enter")
    page.wait_for_url("**/order?up=*")
    assert _rows(page)[:3] == [invited[0], invited[2], invited[1]]
    page.keyboard.press("Enter")  # the same arrow has the focus again
    expect(page.locator("[data-drag] tbody tr").first).to_have_attribute("id", invited[2])
    last = page.locator(f"[id='{invited[3]}'] th")
    last.drag_to(page.locator(f"[id='{invited[2]}'] th"), target_position={"x": 4, "y": 2})
    page.wait_for_url(f"**/order?up={invited[3]}")
    assert _rows(page)[:2] == [invited[3], invited[2]]
    organizer.go(f"{EVENT}/delegates/plates")
    organizer.look("plates")
    organizer.go(f"{EVENT}/programme/slots")
    organizer.look("slots")


def _rows(page) -> list[str]:
    return [row.get_attribute("id") for row in page.locator("[data-drag] tbody tr").all()]
