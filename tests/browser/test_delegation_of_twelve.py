"""From a spreadsheet of twelve to the minister's question: both ends of a delegation, mail included."""

from io import BytesIO

import pytest
from icalendar import Calendar
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from tests.browser import desk, focal_point, story
from tests.browser.test_imports import NAMES
from tests.browser.test_replacement import NEW, PHONE, let_days_pass
from tests.browser.visitor import Visitor
from tests.plugins.browser import Served

pytestmark = pytest.mark.browser
COMES, SILENT = "VN-25", ("VN-21", "EMB-FR-HAN")
QUOTA = 11
TABLE = "STT\tHọ và tên\tE-mail\tVai trò\n" + "".join(
    f"{place}\tNguyễn Thị {name}\tdaibieu{place}@dept.example\t{'Trưởng đoàn' if place == 1 else ''}\n"
    for place, name in enumerate(NAMES, 1)
)
HEAD, LAST = "Nguyễn Thị An", "Nguyễn Thị Ổn"


def test_twelve_are_pasted_the_head_is_replaced_from_a_phone_and_the_desk_knows(
    site_of_2025, open_page, monkeypatch
):
    site = site_of_2025
    with site.app.app_context():
        slug = story.send_invitation(COMES, *SILENT, quota=QUOTA)
    story.carry_mail(site)
    link = story.link_in(story.mail_to(site, story.address_of(COMES)), "i")
    _bring_twelve(Visitor(open_page()), link)
    story.carry_mail(site)
    for place in range(1, len(NAMES) + 1):
        letter = story.mail_to(site, f"daibieu{place}@dept.example")
        assert len(Calendar.from_ical(story.calendar_in(letter)).walk("VEVENT")) > 0
    site.postman.taken.clear()

    let_days_pass(monkeypatch, 2)
    _replace_the_head(Visitor(open_page(width=PHONE)), link)
    story.carry_mail(site)
    assert NEW["full_name"] in story.text_of(story.mail_to(site, "daibieu1@dept.example"))
    own = Visitor(open_page(width=PHONE))
    own.go(story.link_in(story.mail_to(site, NEW["email"]), "d"))
    own.sees(own.words("Head of delegation"))
    site.postman.taken.clear()

    _read_remind_export(site, Visitor(open_page()), slug)


def _bring_twelve(visitor: Visitor, link: str) -> None:
    """Accept, paste twelve people, find one over the quota, make him a technician, confirm."""
    focal_point.accept(visitor, link)
    visitor.follow("Register delegates, or change the answer")
    visitor.follow("Register several at once, from Excel")
    visitor.fill(pasted=TABLE)
    visitor.press("Go on")
    visitor.press("Show what follows")
    over = visitor.page.locator("tr", has_text=LAST)
    expect(over).to_contain_text(visitor.words("Over the quota"))
    visitor.press("Confirm {n} row", "Confirm {n} rows", n=QUOTA)
    visitor.sees(visitor.words("Please check the following"))
    with visitor.page.expect_navigation():
        over.get_by_role("link").click()
    visitor.fill(role="kỹ thuật")
    visitor.press("Save the row")
    visitor.press("Confirm {n} row", "Confirm {n} rows", n=len(NAMES))
    visitor.sees(HEAD, LAST, visitor.words("Undo this import"))
    visitor.go(link)
    visitor.sees(HEAD, LAST)


def _replace_the_head(phone: Visitor, link: str) -> None:
    phone.go(link)
    phone.open(HEAD)
    phone.follow("Replace")
    phone.fill(**NEW)
    phone.press("Replace")
    phone.sees(NEW["full_name"], phone.words("Head of delegation"))
    phone.go(link)
    phone.sees(NEW["full_name"], phone.words("Replaced by another person"))


def _read_remind_export(site: Served, organizer: Visitor, slug: str) -> None:
    """Read who comes, remind the two who are silent and nobody else, save the list."""
    desk.sign_in(organizer, story.open_account(site))
    event = f"/organizer/events/{slug}"
    organizer.go(f"{event}/board")
    row = organizer.page.locator("#lines tr", has_text="Quảng Trị")
    expect(row).to_contain_text("Nhận lời")
    expect(row).to_contain_text(f"{QUOTA}/{QUOTA}")
    expect(row).to_contain_text("+1 không tính chỉ tiêu")
    organizer.press(
        "Remind {n} institution that has not answered", "Remind {n} institutions that have not answered", n=2
    )
    organizer.press("Send {n} letter", "Send {n} letters", n=2)
    story.carry_mail(site)
    assert sorted(to for to, _ in site.postman.taken) == sorted(story.address_of(code) for code in SILENT)
    organizer.go(f"{event}/delegates?state=confirmed")
    names = _names(organizer.download("Save as XLSX"))
    assert names[0] == NEW["full_name"], "the head goes before the others"
    assert sorted(names) == sorted([NEW["full_name"], *(f"Nguyễn Thị {name}" for name in NAMES[1:])])


def _names(workbook: bytes) -> list[str]:
    rows = CalamineWorkbook.from_filelike(BytesIO(workbook)).get_sheet_by_index(0).to_python()
    head = next(row for row in rows if "Họ và tên / Full name" in row)
    column = head.index("Họ và tên / Full name")
    return [str(row[column]) for row in rows[rows.index(head) + 1 :]]
