"""C04: what each act tells the calendars of institutions: whom, by which METHOD, under which SEQUENCE."""

from datetime import date, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from app.db import db
from app.domain.calendars import EntryStatus, PartStat
from app.domain.event_facts import NewDate
from app.domain.event_times import Schedule
from app.domain.focal_points import HandOver
from app.domain.invitations import Answer, AnswerCommand
from app.domain.mail import MessageKind, MessageState
from app.domain.policy import SYSTEM
from app.models.calendars import CalendarCopy
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.models.programme import Session
from app.queries import calendars
from app.services.calendars import mailing
from app.services.events import calling_off
from app.services.invitations import answers, focal_points, letters, links, reminders
from app.services.mail import release
from app.services.transaction import unit_of_work
from tests import guests
from tests.calendar_mails import CalendarMail, acts, list_calendar_mails
from tests.registration_rows import (
    FOCAL_POINT,
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
