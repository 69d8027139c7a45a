"""C04: what each act tells the calendars of guests: whom, by which METHOD, under which SEQUENCE."""

from datetime import date, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from app.db import db
from app.domain.calendars import EntryStatus, PartStat
from app.domain.event_facts import NewDate
from app.domain.event_times import Schedule
from app.domain.focal_points import HandOver
from app.domain.invitations import Answer, AnswerCommand, AnswerSource
from app.domain.local_time import Hours
from app.domain.mail import MessageKind, MessageState
from app.domain.people import PersonDetails
from app.domain.policy import SYSTEM
from app.domain.programme import SessionDetails
from app.domain.registrations import ReplaceDelegate
from app.models.calendars import CalendarCopy
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.models.programme import Session
from app.queries import calendars
from app.services.calendars import mailing
from app.services.events import calling_off
from app.services.invitations import answers, focal_points, letters, links, reminders
from app.services.mail import release
from app.services.programme import sessions
from app.services.registrations import replace, withdraw
from app.services.transaction import unit_of_work
from tests import guests
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
AN, PROVINCE = "an@x.vn", "vn-01@example.vn"
ZONE = "Asia/Ho_Chi_Minh"


@pytest.fixture
def province(now: datetime) -> Invitation:
    """An institution whose letter of invitation has left."""
    guests.event(join_url="https://zoom.example/j/81")
    guests.invited(guests.localities(1), now)
    letters.prepare(actor=SYSTEM, slug=guests.SLUG, now=now)
    letters.release(actor=SYSTEM, slug=guests.SLUG, expected=1, now=now)
    return _invitation()


def _invitation() -> Invitation:
    db.session.rollback()
    return db.session.scalars(sa.select(Invitation)).one()


def _invitation_in(session: orm.Session) -> Invitation:
    return session.scalars(sa.select(Invitation)).one()


def _answer(answer: Answer, now: datetime, *, after: str = "") -> str:
    command = AnswerCommand(answer, answered_by="Lê An", after=after)
    return answers.answer(invitation=_invitation().public_id, command=command, now=now)


def _news(before: list[CalendarMail]) -> list[CalendarMail]:
    return list_calendar_mails()[len(before) :]


def _release(slug: str, kind: MessageKind, now: datetime) -> None:
    db.session.rollback()
    drafts = sa.select(sa.func.count()).where(
        OutboxMessage.kind == kind, OutboxMessage.state == MessageState.DRAFT
    )
    release.release(actor=SYSTEM, slug=slug, kind=kind, expected=db.session.scalar(drafts), now=now)


def _move(slug: str, now: datetime, *, hour: int = 15) -> None:
    schedule = Schedule(day=date(2027, 10, 28), starts=time(hour), ends=time(hour + 3), zone=ZONE)
    calling_off.move(actor=SYSTEM, slug=slug, command=NewDate(schedule=schedule), now=now)
    _release(slug, MessageKind.EVENT_POSTPONED, now)


def test_an_institution_is_asked_by_one_private_request(province):
    (mail,) = list_calendar_mails()
    assert (mail.to, mail.kind, mail.method, mail.sequence) == (PROVINCE, "invitation", "REQUEST", 0)
    assert (mail.uid, mail.partstat) == (province.event.calendar_uid, "NEEDS-ACTION")
    assert mail.entry["ATTENDEE"].params["RSVP"] == "TRUE"
    assert mail.organizer.startswith(f"bantron+{province.public_id}")
    assert mail.organizer == mail.organizer.lower()
    assert "zoom.example" not in mail.entry.to_ical().decode()


def test_a_draft_that_is_dropped_has_told_no_calendar(now):
    guests.event()
    guests.invited(guests.localities(1), now)
    letters.prepare(actor=SYSTEM, slug=guests.SLUG, now=now)
    assert db.session.scalars(sa.select(CalendarCopy)).all() == []
    assert list_calendar_mails() == []


def test_mail_feed_and_download_share_uid_and_sequence(province, now):
    _answer(Answer.ACCEPTED, now)
    _move(guests.SLUG, now + timedelta(hours=1))
    last = list_calendar_mails()[-1]
    (entry,) = calendars.get_invitation_feed(_invitation()).entries
    assert (entry.uid, entry.sequence, entry.starts) == (last.uid, last.sequence, last.entry.start)


def test_who_accepts_on_our_pages_gets_the_link_under_the_same_sequence(province, now):
    before = list_calendar_mails()
    _answer(Answer.ACCEPTED, now + timedelta(minutes=5))
    (mail,) = _news(before)
    assert (mail.method, mail.sequence, mail.partstat) == ("REQUEST", 0, "ACCEPTED")
    assert mail.entry["CONFERENCE"] == "https://zoom.example/j/81"
    assert mail.entry["DTSTAMP"].dt > before[0].entry["DTSTAMP"].dt
    assert mail.organizer == before[0].organizer


def test_who_declines_on_our_pages_has_the_entry_struck_out_and_back_once_he_comes(province, now):
    before = list_calendar_mails()
    refusal = _answer(Answer.DECLINED, now)
    (mail,) = _news(before)
    assert (mail.method, mail.sequence, str(mail.entry["STATUS"])) == ("CANCEL", 1, "CANCELLED")
    _answer(Answer.ACCEPTED, now, after=refusal)
    again = _news(before)[-1]
    assert (again.method, again.sequence, again.partstat) == ("REQUEST", 2, "ACCEPTED")


def test_an_answer_given_in_the_calendar_is_not_told_back_but_for_the_link(province, now):
    before = list_calendar_mails()
    last = ""
    for number, answer in enumerate((Answer.TENTATIVE, Answer.DECLINED, Answer.ACCEPTED)):
        with unit_of_work() as session:
            last = answers.answer_by_calendar(
                session,
                actor=FOCAL_POINT,
                invitation=_invitation_in(session),
                command=AnswerCommand(answer, after=last),
                now=now + timedelta(minutes=number),
            )
    assert acts(_news(before)) == [(PROVINCE, "REQUEST", 0)]
    assert db.session.scalars(sa.select(CalendarCopy.partstat)).all() == [PartStat.ACCEPTED]


def test_c08_a_moved_event_asks_again_and_a_text_is_no_news(province, now):
    _answer(Answer.ACCEPTED, now)
    before = list_calendar_mails()
    _move(guests.SLUG, now + timedelta(hours=1))
    (mail,) = _news(before)
    assert (mail.method, mail.sequence, mail.partstat) == ("REQUEST", 1, "NEEDS-ACTION")
    assert mail.entry.start == datetime.fromisoformat("2027-10-28T15:00+07:00")
    with unit_of_work():
        _invitation().event.titles = {"vi": "Tên khác"}
    assert list(mailing.scheduling.of_invitation(_invitation(), now)) == []


def test_c08_called_off_and_resumed_the_entry_goes_and_comes_under_ever_higher_sequences(province, now):
    before = list_calendar_mails()
    calling_off.postpone(actor=SYSTEM, slug=guests.SLUG, note={}, now=now)
    _release(guests.SLUG, MessageKind.EVENT_POSTPONED, now)
    schedule = Schedule(day=date(2027, 12, 8), starts=time(14), ends=time(17), zone=ZONE)
    calling_off.resume(actor=SYSTEM, slug=guests.SLUG, command=NewDate(schedule=schedule), now=now)
    _release(guests.SLUG, MessageKind.EVENT_CHANGED, now)
    calling_off.cancel(actor=SYSTEM, slug=guests.SLUG, note={}, now=now)
    _release(guests.SLUG, MessageKind.EVENT_CANCELLED, now)
    assert acts(_news(before)) == [(PROVINCE, "CANCEL", 1), (PROVINCE, "REQUEST", 2), (PROVINCE, "CANCEL", 3)]


def test_a_reminder_brings_the_entry_again_unchanged(province, now):
    before = list_calendar_mails()
    later = now + timedelta(days=1)
    reminders.prepare(actor=SYSTEM, slug=guests.SLUG, expected=1, now=later)
    reminders.release(actor=SYSTEM, slug=guests.SLUG, expected=1, now=later)
    (mail,) = _news(before)
    assert (mail.kind, mail.method, mail.sequence, mail.partstat) == (
        "reminder",
        "REQUEST",
        0,
        "NEEDS-ACTION",
    )


def test_handing_over_strikes_the_entry_out_at_one_and_brings_it_to_the_other(province, now):
    before = list_calendar_mails()
    focal_points.hand_over(
        actor=FOCAL_POINT,
        invitation=_invitation(),
        by=None,
        command=HandOver(name="Trần Bình", email="binh@x.vn", leaves=True),
        now=now,
    )
    brought, struck = _news(before)
    assert (struck.to, struck.method, struck.organizer) == (PROVINCE, "CANCEL", before[0].organizer)
    assert (brought.to, brought.kind, brought.method) == ("binh@x.vn", "hand_over", "REQUEST")
    assert brought.organizer != struck.organizer
    assert brought.sequence > struck.sequence > before[0].sequence


def test_a_revoked_link_voids_the_address_of_answers_and_the_next_letter_brings_a_new_one(province, now):
    before = list_calendar_mails()
    links.revoke(actor=SYSTEM, slug=guests.SLUG, invitation=province.public_id, now=now)
    letters.send(actor=SYSTEM, slug=guests.SLUG, invitation=province.public_id, now=now)
    brought, struck = _news(before)
    assert (struck.method, struck.organizer) == ("CANCEL", before[0].organizer)
    assert (brought.method, brought.organizer == struck.organizer) == ("REQUEST", False)


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


def test_163_moved_invitations_take_few_statements(now, statements):
    guests.event()
    guests.invited([*guests.localities(63), *guests.missions(100)], now)
    letters.prepare(actor=SYSTEM, slug=guests.SLUG, now=now)
    letters.release(actor=SYSTEM, slug=guests.SLUG, expected=163, now=now)
    schedule = Schedule(day=date(2027, 10, 28), starts=time(15), ends=time(18), zone=ZONE)
    calling_off.move(actor=SYSTEM, slug=guests.SLUG, command=NewDate(schedule=schedule), now=now)
    with statements() as sent:
        _release(guests.SLUG, MessageKind.EVENT_POSTPONED, now)
    assert len(sent) < 25
    moved = [mail for mail in list_calendar_mails() if mail.kind == "event_postponed"]
    assert {(mail.method, mail.sequence) for mail in moved} == {("REQUEST", 1)}
    assert len({mail.organizer for mail in moved}) == len(moved) == 163


def test_status_of_a_private_message_is_that_of_the_event(province, now):
    (mail,) = list_calendar_mails()
    assert str(mail.entry["STATUS"]) in {EntryStatus.CONFIRMED, EntryStatus.TENTATIVE}
    assert db.session.scalars(sa.select(Session)).all() == []
