"""The five kinds of user at their main jobs, in every way of working and in three languages: see ways.py."""

import re
from datetime import datetime, time
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from app.domain.accounts import Role
from app.domain.connection_tests import LineResult, Quality
from tests.browser import desk, focal_point, leadership, story, technician
from tests.browser.focal_point import HEAD, MEMBER, SPEAKER
from tests.browser.reading import leftovers
from tests.browser.ways import DELEGATION, WAYS

pytestmark = pytest.mark.browser
_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_GOOD = LineResult(sound=Quality.GOOD, picture=Quality.GOOD, line=Quality.GOOD, tested_by="Trung")
_HEAD = 4
"""Rows above the first institution of a saved board."""


@pytest.fixture(params=WAYS, ids=lambda way: way.name)
def way(request):
    return request.param


@pytest.fixture
def visitor(way, running, open_page):
    """Somebody new who works in this way."""
    return way.arrive(open_page)


def test_an_organiser_makes_a_roundtable_and_sends_its_letters(running, way, visitor):
    site, email = running.site, f"{way.name}@mofa.example"
    desk.sign_in(visitor, story.open_account(site, email=email, language=way.language), email)
    desk.clone(visitor)
    desk.complete(visitor)
    desk.add_sessions(visitor)
    desk.publish(visitor)
    slug = re.search(r"/events/([^/?#]+)", visitor.page.url)[1]
    desk.invite(visitor)
    before = len(site.postman.taken)
    desk.release_letters(visitor)
    story.carry_mail(site)
    letters = site.postman.taken[before:]
    del site.postman.taken[before:]
    assert len({to for to, _ in letters}) == len(letters) == desk.INVITED
    visitor.follow("Board")
    assert len(_rows(visitor.download("Save as XLSX"))) == _HEAD + desk.INVITED
    visitor.go(f"/events/{slug}")
    visitor.sees(story.TITLES[way.language], *(one.titles[way.language] for one in story.SESSIONS))


def test_a_focal_point_accepts_and_registers_the_delegation(running, way, visitor):
    focal_point.accept(visitor, running.link_of(way.focal_point))
    focal_point.register_delegation(visitor)
    story.carry_mail(running.site)
    receipt = story.mail_to(running.site, story.address_of(way.focal_point))
    assert leftovers(story.text_of(receipt).splitlines(), way.language) == []
    for delegate in (HEAD, MEMBER, SPEAKER):
        titles = [f"{story.SESSIONS[n - 1].titles[way.language]} – " for n in delegate.sessions]
        entries = _entries(*story.calendars_to(running.site, delegate.email))
        assert [entry[-1].partition("– ")[0] + "– " for entry in entries] == titles
        letter = story.mail_to(running.site, delegate.email)
        assert delegate.name in story.text_of(letter), "typed in NFD, kept in NFC"
    focal_point.change_post(visitor, MEMBER, "Chánh Văn phòng")
    posts = {HEAD.name: HEAD.post, MEMBER.name: "Chánh Văn phòng", SPEAKER.name: SPEAKER.post}
    assert running.name_delegation(way.focal_point, way.language) == posts
    story.carry_mail(running.site)
    told = story.text_of(story.mail_to(running.site, MEMBER.email))
    assert leftovers(told.splitlines(), way.language) == []


def test_a_delegate_keeps_the_date_and_gives_a_session_back(running, way, visitor):
    email = f"{way.name}@delegate.example"
    running.register(DELEGATION, f"Nguyễn Thị {way.name}", email, way.language)
    mailed = _entries(*story.calendars_to(running.site, email))
    letter = story.mail_to(running.site, email)
    assert leftovers(story.text_of(letter).splitlines(), way.language) == []
    focal_point.open_participation(visitor, story.link_in(letter, "d"))
    assert visitor.link("Join online").get_attribute("href") == story.FACTS.join_url
    saved = focal_point.download_calendar(visitor)
    assert _entries(saved) == mailed
    assert [entry[1:] for entry in _entries(saved)] == [
        (
            _at(14, 15),
            _at(15, 30),
            f"{story.SESSIONS[0].titles[way.language]} – {story.TITLES[way.language]}",
        ),
        (
            _at(15, 40),
            _at(16, 45),
            f"{story.SESSIONS[1].titles[way.language]} – {story.TITLES[way.language]}",
        ),
    ]
    focal_point.leave_session(visitor)
    assert _entries(focal_point.download_calendar(visitor)) == _entries(saved)[1:]
    story.carry_mail(running.site)
    assert story.method_in(story.mail_to(running.site, email)) == "CANCEL"


def test_c05_a_technician_prepares_his_site_and_books_the_test_of_its_line(running, way, visitor):
    link = running.send_technician(way.technician, f"{way.name}@site.example")
    technician.prepare_site(visitor, link)
    first = technician.book_test(visitor, "Book a slot", 1)
    moved = technician.book_test(visitor, "Choose another slot", 2)
    assert first != moved
    entry = visitor.download("Calendar file (.ics)")
    assert b"BEGIN:VALARM" in entry
    (((_, starts, ends, _)),) = _entries(entry)
    assert f"{starts:%H:%M}–{ends:%H:%M}" == moved
    visitor.sees(story.FACTS.join_url)
    running.note_test(way.technician, _GOOD)
    visitor.go(visitor.page.url)
    visitor.sees(visitor.words("line tested"), "Trung")


def test_c10_the_leadership_reads_where_it_stands_and_takes_the_lists(running, way, visitor):
    email, name = f"leader-{way.name}@mofa.example", f"Trần Thị {way.name}"
    running.register(DELEGATION, name, f"member-{way.name}@delegate.example", "vi")
    link = story.open_account(running.site, email=email, role=Role.READER, language=way.language)
    desk.sign_in(visitor, link, email)
    leadership.read_where_it_stands(visitor, running.slug)
    silent = running.count_silent()
    assert len(_rows(leadership.save_board(visitor, silent))) == _HEAD + silent
    assert name in _column(leadership.save_delegates(visitor), visitor.words("Full name"))
    leadership.sign_out(visitor)


def _entries(*calendars: bytes) -> list[tuple[str, datetime, datetime, str]]:
    """Return UID, beginning, end and title of what calendar files hold to happen, the first one first."""
    entries = [
        (str(entry["UID"]), entry["DTSTART"].dt, entry["DTEND"].dt, str(entry["SUMMARY"]))
        for calendar in calendars
        for entry in Calendar.from_ical(calendar).walk("VEVENT")
        if entry.get("STATUS") != "CANCELLED"
    ]
    return sorted(entries, key=lambda entry: entry[1])


def _at(hour: int, minute: int) -> datetime:
    return datetime.combine(story.DAY, time(hour, minute), _HANOI)


def _rows(workbook: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(workbook)).get_sheet_by_index(0).to_python()


def _column(workbook: bytes, words: str) -> list[str]:
    """Return what stands in a saved list under these words, from the top."""
    rows = _rows(workbook)
    head = next(row for row in rows if any(words in str(cell) for cell in row))
    column = next(place for place, cell in enumerate(head) if words in str(cell))
    return [str(row[column]) for row in rows[rows.index(head) + 1 :]]
