"""An institution books the test of its line on a telephone's screen, by the link in its mail."""

from datetime import timedelta

import pytest

from app import site as pages
from app.db import db
from app.domain import clock
from app.models.events import Event
from app.queries import bridges, sites
from tests.browser.visitor import Visitor
from tests.registration_rows import store_event
from tests.site_rows import accept, add, open_bridge

pytestmark = [pytest.mark.browser, pytest.mark.databases("sqlite")]


def test_c05_a_test_is_booked_by_the_link_at_360_pixels(served, open_page, monkeypatch, now):
    monkeypatch.setattr(clock, "now", lambda: now)
    with served.app.app_context():
        event = store_event(slug="ket-noi")
        province = accept(event, name="Quảng Trị", timezone="Asia/Tokyo")
        open_bridge(event, now)
        link = pages.invitation_url(province)
    page = open_page()
    page.set_viewport_size({"width": 360, "height": 740})
    focal = Visitor(page)
    focal.go(link)
    focal.follow("Prepare our site")
    focal.follow("Fill in our site")
    focal.look("site-form")
    focal.fill(technician_name="Trần Kỹ Thuật", technician_phone="+84 90 000 0001", planned="25")
    focal.press("Save")
    focal.sees("Trần Kỹ Thuật", focal.words("No test is booked yet."))
    focal.follow("Book a slot")
    focal.look("slots")
    words = focal.field("slot").locator("option").nth(4).inner_text()
    assert words == "26/10, 09:30–09:40 · 11:30–11:40 Tokyo (GMT+9)"
    focal.field("slot").select_option(index=4)
    focal.press("Book this slot")
    focal.sees("09:30–09:40 Hà Nội (GMT+7)", "11:30–11:40 Tokyo (GMT+9)")
    focal.look("site")
    assert b"BEGIN:VALARM" in focal.download("Calendar file (.ics)")
    focal.follow("Choose another slot")
    focal.field("slot").select_option(index=1)
    focal.press("Book this slot")
    focal.sees("09:00–09:10 Hà Nội (GMT+7)")
    focal.press("Give the slot back")
    focal.sees(focal.words("No test is booked yet."))
    with served.app.app_context():
        (schedule,) = bridges.list_schedules(db.session.query(Event).one())
        assert [slot for slot in schedule.slots if slot.test] == []


def test_c06_the_headcount_is_entered_by_the_link_on_the_day(served, open_page, monkeypatch, now):
    monkeypatch.setattr(clock, "now", lambda: now)
    with served.app.app_context():
        event = store_event(slug="ket-noi")
        province = accept(event, name="Quảng Trị")
        own = add(event, "", now, institution=province.public_id, facts={"planned": 30})
        add(event, "Huyện Hải Lăng", now, institution=province.public_id, parent=own.public_id)
        link = pages.invitation_url(province)
        day = event.starts_at + timedelta(hours=1)
    focal = Visitor(open_page(width=360))
    monkeypatch.setattr(clock, "now", lambda: day)
    focal.go(link)
    focal.follow("Prepare our site")
    focal.follow("Enter the headcount")
    focal.look("headcounts")
    for name, people in (("Quảng Trị", "31"), ("Huyện Hải Lăng", "12")):
        focal.page.get_by_label(name, exact=True).fill(people)
    focal.press("Save")
    focal.sees(focal.words("{n} person counted.", "{n} people counted.", 43))
    focal.look("site-counted")
    with served.app.app_context():
        assert sites.sum_headcounts(db.session.query(Event).one()) == (43, 2)
