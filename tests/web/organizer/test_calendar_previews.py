"""The organiser sees each calendar entry as its recipient will, and tells nobody by looking."""

import re
from datetime import datetime

import icalendar
import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.calendars import PartStat
from app.domain.policy import SYSTEM
from app.models.calendars import CalendarCopy
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.models.registrations import Delegate
from app.services.calendars import preview
from app.services.events import calling_off
from app.services.invitations import letters
from tests import guests
from tests.calendar_mails import list_calendar_mails
from tests.calendar_rows import change, store

GUESTS = f"/organizer/events/{guests.SLUG}/guests"
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)")


@pytest.fixture
def prepared(context, now: datetime) -> str:
    """The address of the preview of a province whose letter waits."""
    guests.event(join_url="https://zoom.example/j/81")
    guests.invited(guests.localities(1, timezone="Asia/Ho_Chi_Minh"), now)
    letters.prepare(actor=SYSTEM, slug=guests.SLUG, now=now)
    return f"{GUESTS}/{invitation().public_id}/calendar"


def invitation() -> Invitation:
    db.session.rollback()
    return db.session.scalars(sa.select(Invitation)).one()


def file_of(page: str) -> str:
    return re.search(r'href="([^"]+\.ics[^"]*)"', page)[1].replace("&amp;", "&")


def test_entry_is_seen_before_the_letter_leaves_and_nobody_is_told(organizer_client, prepared, statements):
    with statements() as sent:
        page = organizer_client.get(prepared).text
        organizer_client.get(file_of(page))
    assert "Lịch mời trả lời" in page
    assert "Tọa đàm kết nối địa phương" in page
    assert "14:00–17:00 Hà Nội" in page
    assert [statement for statement in sent if WRITES.match(statement)] == []
    assert db.session.scalars(sa.select(CalendarCopy)).all() == []
    assert {letter.calendar for letter in db.session.scalars(sa.select(OutboxMessage))} == {None}


def test_downloaded_file_is_the_one_that_leaves(organizer_client, prepared, now):
    seen = organizer_client.get(file_of(organizer_client.get(prepared).text))
    letters.release(actor=SYSTEM, slug=guests.SLUG, expected=1, now=now)
    (mail,) = list_calendar_mails()
    assert seen.headers["Content-Type"] == "text/calendar; charset=utf-8; method=REQUEST"
    (entry,) = icalendar.Calendar.from_ical(seen.data).walk("VEVENT")
    assert without_stamps(entry) == without_stamps(mail.entry)


def without_stamps(entry: icalendar.Event) -> str:
    return re.sub(r"(DTSTAMP|LAST-MODIFIED):\S+", "", entry.to_ical().decode())


def test_moved_hours_ask_again_a_new_link_only_updates_and_a_cancellation_removes(
    organizer_client, prepared, now
):
    letters.release(actor=SYSTEM, slug=guests.SLUG, expected=1, now=now)
    copy = db.session.scalars(sa.select(CalendarCopy)).one()
    change(copy, partstat=PartStat.ACCEPTED)
    assert "Lịch đã có đúng như vậy" in organizer_client.get(prepared).text
    event = db.session.scalars(sa.select(Event)).one()
    change(event, starts_at=event.starts_at.replace(hour=8), sequence=1)
    assert "Lịch sẽ hỏi lại" in organizer_client.get(prepared).text
    calling_off.cancel(actor=SYSTEM, slug=guests.SLUG, note={}, now=now)
    page = organizer_client.get(prepared).text
    assert "Mục này được gỡ khỏi lịch" in page
    (entry,) = icalendar.Calendar.from_ical(organizer_client.get(file_of(page)).data).walk("VEVENT")
    assert (entry["STATUS"], entry["SEQUENCE"]) == ("CANCELLED", 1)


def test_draft_leads_to_the_calendar_of_whom_it_is_written_to(organizer_client, prepared):
    letter = db.session.scalars(sa.select(OutboxMessage)).one().public_id
    link = f"/organizer/events/{guests.SLUG}/mail/{letter}/calendar"
    assert link in organizer_client.get(f"{GUESTS}/letters").text
    answer = organizer_client.get(link)
    assert answer.location == f"{prepared}?letter={letter}"
    page = organizer_client.get(answer.location)
    assert organizer_client.get(file_of(page.text)).status_code == 200


def test_letter_of_somebody_else_shows_no_calendar(organizer_client, prepared, now):
    guests.invited(guests.missions(1), now)
    other = db.session.scalars(sa.select(Invitation).order_by(Invitation.id.desc())).first()
    letter = db.session.scalars(sa.select(OutboxMessage)).one().public_id
    assert organizer_client.get(f"{GUESTS}/{other.public_id}/calendar?letter={letter}").status_code == 404


def test_delegate_has_the_sessions_in_which_his_seat_is_confirmed(organizer_client, context):
    rows = store()
    change(rows.delegate.person, email="ivanov@example.ru")
    delegate = db.session.scalars(sa.select(Delegate)).one()
    page = organizer_client.get(f"/organizer/events/ket-noi/delegates/{delegate.public_id}/calendar").text
    assert "Сессия 2 – Круглый стол" in page
    assert "Сессия 1" not in page
    seen = organizer_client.get(file_of(page))
    (entry,) = icalendar.Calendar.from_ical(seen.data).walk("VEVENT")
    assert entry["ATTENDEE"].lower() == "mailto:ivanov@example.ru"


def test_who_may_only_read_sees_no_preview_with_its_links(colleague_client, organizer, prepared):
    assert colleague_client.get(prepared).status_code == 403


def test_preview_changes_no_row_that_is_loaded(context, organizer, prepared, now):
    found = invitation()
    guest = preview.guest_of(actor=organizer, event=found.event, holder=found)
    assert preview.entries(guest, now=now)
    assert not db.session.dirty
    assert not db.session.new
