"""The main job in a real browser, from the first click to the calendar entry and the list."""

from datetime import datetime, time
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from tests.browser import desk, focal_point, story
from tests.browser.focal_point import HEAD, MEMBER, SPEAKER
from tests.browser.visitor import KeyboardVisitor, Visitor

pytestmark = pytest.mark.browser
QUANG_TRI = story.address_of("VN-25")
_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture(params=["mouse", "keyboard"])
def arrive(request, open_page):
    """Open the browser of somebody new: with mouse and scripts, or with neither and 320 pixels."""
    if request.param == "mouse":
        return lambda: Visitor(open_page())
    return lambda: KeyboardVisitor(open_page(width=320, scripts=False))


def test_a_roundtable_from_the_first_click_to_the_calendar_entry(site_of_2025, arrive):
    """Organiser, focal point, delegate, organiser again, in Vietnamese.

    The product's clock stands in March 2025. A group is resolved as of the day of the event, and from
    1 July 2025 on Viet Nam has 34 localities: nobody can invite 63 to a later day, and that is right.
    """
    site = site_of_2025
    with site.app.app_context():
        story.set_scene()
    organizer = arrive()
    desk.sign_in(organizer, story.open_account(site))
    desk.clone(organizer)
    desk.complete(organizer)
    desk.add_sessions(organizer)
    desk.publish(organizer)
    desk.invite(organizer)
    desk.release_letters(organizer)
    story.carry_mail(site)
    assert len(site.postman.taken) == desk.INVITED

    focal = arrive()
    focal_point.accept(focal, story.link_in(story.mail_to(site, QUANG_TRI), "i"))
    focal_point.register_delegation(focal)
    story.carry_mail(site)

    speaker = arrive()
    letter = story.mail_to(site, SPEAKER.email)
    saved = focal_point.download_calendar(speaker, story.link_in(letter, "d"))
    assert _entries(saved) == _entries(story.calendar_in(letter))
    assert [entry[1:] for entry in _entries(saved)] == [
        (_at(15, 40), _at(16, 45), f"{story.SESSIONS[1].titles['vi']} – {story.TITLES['vi']}")
    ]

    assert _names(desk.export_delegates(organizer)) == [who.name.encode() for who in (HEAD, MEMBER, SPEAKER)]


def _entries(calendar: bytes) -> list[tuple[str, datetime, datetime, str]]:
    """Return UID, beginning, end and title of each entry of a calendar file."""
    return [
        (str(entry["UID"]), entry["DTSTART"].dt, entry["DTEND"].dt, str(entry["SUMMARY"]))
        for entry in Calendar.from_ical(calendar).walk("VEVENT")
    ]


def _at(hour: int, minute: int) -> datetime:
    return datetime.combine(story.DAY, time(hour, minute), _HANOI)


def _names(workbook: bytes) -> list[bytes]:
    """Return the bytes of the full names in a saved list, from the top."""
    rows = CalamineWorkbook.from_filelike(BytesIO(workbook)).get_sheet_by_index(0).to_python()
    head = next(row for row in rows if "Họ và tên / Full name" in row)
    column = head.index("Họ và tên / Full name")
    return [str(row[column]).encode() for row in rows[rows.index(head) + 1 :]]
