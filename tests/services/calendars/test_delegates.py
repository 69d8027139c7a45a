"""C04: what each act tells the calendars of delegates: whom, by which METHOD, under which SEQUENCE."""

from datetime import date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.invitations import AnswerSource
from app.domain.local_time import Hours
from app.domain.mail import MessageKind, MessageState
from app.domain.people import PersonDetails
from app.domain.policy import SYSTEM
from app.domain.programme import SessionDetails
from app.domain.registrations import ReplaceDelegate
from app.models.calendars import CalendarCopy
from app.models.mail import OutboxMessage
from app.queries import calendars
from app.services.calendars import mailing
from app.services.mail import release
from app.services.programme import sessions
from app.services.registrations import replace, withdraw
from app.services.transaction import unit_of_work
from tests.calendar_mails import CalendarMail, acts, list_calendar_mails
from tests.registration_rows import (
    FOCAL_POINT,
    get_delegate,
    register_one,
    session_ids,
    store_event,
    store_invitation,
)

pytestmark = pytest.mark.usefixtures("context")
AN = "an@x.vn"


def _news(before: list[CalendarMail]) -> list[CalendarMail]:
    return list_calendar_mails()[len(before) :]


def _release(slug: str, kind: MessageKind, now: datetime) -> None:
    db.session.rollback()
    drafts = sa.select(sa.func.count()).where(
        OutboxMessage.kind == kind, OutboxMessage.state == MessageState.DRAFT
    )
    release.release(actor=SYSTEM, slug=slug, kind=kind, expected=db.session.scalar(drafts), now=now)


def test_a_delegate_has_one_request_for_each_of_his_sessions_and_no_other(now):
    event = store_event(seats=(None, None, None))
    delegate = register_one(store_invitation(event), now, email=AN, sessions=session_ids(event)[:2])
    mails = list_calendar_mails(to=AN)
    assert [(mail.kind, mail.method) for mail in mails] == [
        ("registration", "REQUEST"),
        ("calendar", "REQUEST"),
    ]
    feed = calendars.get_delegate_feed(delegate)
    assert [mail.uid for mail in mails] == [entry.uid for entry in feed.entries]
    assert {mail.organizer for mail in mails} == {mails[0].organizer}
    assert all(mail.entry["CONFERENCE"] == "https://zoom.example/j/81" for mail in mails)


def test_who_waits_or_awaits_approval_has_no_entry_until_he_is_confirmed(now):
    event = store_event(seats=(1,), offer_hours=0)
    invitation = store_invitation(event)
    first, second = (
        register_one(invitation, now, f"P {n}", email=f"{n}@x.vn", sessions=session_ids(event))
        for n in (1, 2)
    )
    assert acts(list_calendar_mails()) == [("1@x.vn", "REQUEST", 0)]
    withdraw.withdraw_delegate(actor=FOCAL_POINT, delegate=first, now=now)
    assert acts(list_calendar_mails())[1:] == [("1@x.vn", "CANCEL", 1), ("2@x.vn", "REQUEST", 0)]
    assert get_delegate(second.public_id).seats[0].state == "confirmed"


def test_who_declined_in_his_calendar_is_not_told_by_it_again(now):
    event = store_event()
    delegate = register_one(store_invitation(event), now, email=AN)
    before = list_calendar_mails()
    withdraw.withdraw_delegate(
        actor=FOCAL_POINT, delegate=delegate, source=AnswerSource.CALENDAR, now=now + timedelta(hours=1)
    )
    assert _news(before) == []
    assert set(db.session.scalars(sa.select(CalendarCopy.is_cancelled))) == {True}


def test_c02_replaced_head_gets_a_cancel_and_the_new_one_a_request(now):
    event = store_event(seats=(None,))
    old = register_one(store_invitation(event), now, email=AN, sessions=session_ids(event))
    before = list_calendar_mails()
    command = ReplaceDelegate(
        person=PersonDetails(full_name="Phạm Thị Mới", email="moi@x.vn"),
        is_substitute=False,
        request_key="r1",
        revision=old.revision,
    )
    replace.replace_delegate(actor=FOCAL_POINT, delegate=old, command=command, now=now)
    struck, brought = _news(before)
    assert (struck.to, struck.kind, struck.method) == (AN, "withdrawal", "CANCEL")
    assert (brought.to, brought.kind, brought.method) == ("moi@x.vn", "registration", "REQUEST")
    assert struck.organizer == before[0].organizer != brought.organizer
    assert struck.entry.start == before[0].entry.start


def test_a_moved_session_moves_the_calendars_of_its_own_people_alone(now):
    event = store_event(seats=(None, None))
    one, two = session_ids(event)
    invitation = store_invitation(event)
    for number, chosen in enumerate(((one,), (two,)), 1):
        register_one(invitation, now, f"P {number}", email=f"{number}@x.vn", sessions=chosen)
    before = list_calendar_mails()
    details = SessionDetails(
        titles={"vi": "Kết nối vì phát triển"}, hours=Hours(day=date(2027, 10, 27), starts=time(13))
    )
    sessions.edit_session(
        actor=SYSTEM,
        slug=event.slug,
        session_id=one,
        revision=1,
        command=details,
        now=now + timedelta(hours=1),
    )
    assert _news(before) == []
    _release(event.slug, MessageKind.EVENT_CHANGED, now + timedelta(hours=2))
    (mail,) = _news(before)
    assert (mail.to, mail.method, mail.sequence) == ("1@x.vn", "REQUEST", 1)
    assert mail.entry.start == datetime.fromisoformat("2027-10-27T13:00+07:00")


def test_a_session_that_is_called_off_leaves_the_calendars_of_its_people(now):
    event = store_event(seats=(None, None))
    register_one(store_invitation(event), now, email=AN, sessions=session_ids(event))
    before = list_calendar_mails()
    sessions.cancel_session(actor=SYSTEM, slug=event.slug, session_id=session_ids(event)[0], now=now)
    _release(event.slug, MessageKind.EVENT_CHANGED, now)
    (mail,) = _news(before)
    assert (mail.method, mail.sequence, mail.uid) == ("CANCEL", 1, before[0].uid)


def test_an_event_without_a_day_asks_no_calendar(now):
    event = store_event(seats=(), date=None, starts_at=None, ends_at=None)
    register_one(store_invitation(event), now, email=AN)
    assert list_calendar_mails() == []


def test_a_day_without_an_hour_is_asked_for_as_a_day(now):
    event = store_event(seats=(), starts_at=None, ends_at=None)
    register_one(store_invitation(event), now, email=AN)
    (mail,) = list_calendar_mails()
    assert (mail.entry.start, mail.entry.end) == (date(2027, 10, 27), date(2027, 10, 28))


def test_an_entry_whose_session_is_gone_is_struck_out_at_the_hours_it_had(now):
    event = store_event(seats=(None, None))
    delegate = register_one(store_invitation(event), now, email=AN, sessions=session_ids(event)[:1])
    (brought,) = list_calendar_mails()
    with unit_of_work() as session:
        copy = session.scalars(sa.select(CalendarCopy)).one()
        copy.uid = "gone"
    withdraw.withdraw_delegate(actor=FOCAL_POINT, delegate=get_delegate(delegate.public_id), now=now)
    struck = list_calendar_mails()[-1]
    assert (struck.uid, struck.method, struck.entry.start) == ("gone", "CANCEL", brought.entry.start)
    assert str(struck.entry["SUMMARY"]) == "Tọa đàm Việt – Nga"


def test_a_refresh_mails_every_entry_as_it_is(now):
    event = store_event(seats=(None, None))
    delegate = register_one(store_invitation(event), now, email=AN, sessions=session_ids(event))
    before = list_calendar_mails()
    with unit_of_work():
        mailing.refresh(get_delegate(delegate.public_id), now + timedelta(hours=1))
    assert [(mail.method, mail.sequence, mail.uid) for mail in _news(before)] == [
        ("REQUEST", 0, mail.uid) for mail in before
    ]
