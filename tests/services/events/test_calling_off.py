"""Postponing, resuming and cancelling: everybody is told, nothing registered is lost (C08)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.calendars import EntryStatus
from app.domain.errors import Conflict, InvalidInput
from app.domain.event_facts import NewDate
from app.domain.events import EventStatus
from app.domain.invitations import InvitationState
from app.domain.mail import MessageKind, MessageState
from app.domain.registrations import SeatState
from app.mail import outbox
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.models.programme import Session
from app.models.registrations import Delegate
from app.queries import calendars, notices
from app.services.events import calling_off, editing
from tests.roundtables import SCHEDULE, add_session, facts, get, invite, publish, store_directory

_LATER = replace(SCHEDULE, day=date(2027, 12, 8))
_NOTE = {"vi": "Do điều kiện thời tiết.", "en": "Because of the weather."}


@pytest.fixture(autouse=True)
def _directory(context):
    store_directory()


@pytest.fixture
def slug(organizer, now):
    slug = publish(organizer, now)
    starts = datetime(2027, 10, 27, 7, 30, tzinfo=UTC)
    add_session(slug, organizer, 1, starts_at=starts, ends_at=starts.replace(hour=9))
    invite(slug, organizer, now)
    return slug


def _letters():
    rows = db.session.scalars(
        sa.select(OutboxMessage).where(OutboxMessage.state == MessageState.DRAFT).order_by(OutboxMessage.id)
    ).all()
    return [(row, message_from_bytes(outbox.content(row), policy=policy.default)) for row in rows]


def _registrations():
    answers = db.session.scalars(sa.select(Invitation.state)).all()
    return answers, db.session.scalars(sa.select(Delegate.state)).all()


def test_c08_postponing_without_a_new_date_strikes_the_calendar_out_and_keeps_registrations(
    organizer, now, slug
):
    assert calling_off.postpone(actor=organizer, slug=slug, note=_NOTE, now=now) == 2
    event = get(slug, organizer)
    assert (event.status, event.date, event.sequence) == (EventStatus.POSTPONED, date(2027, 10, 27), 1)
    assert db.session.scalars(sa.select(Session.sequence)).all() == [1]
    entries = calendars.get_event_file(slug, language="vi").entries
    assert {entry.status for entry in entries} == {EntryStatus.CANCELLED}
    assert _registrations() == ([InvitationState.DECLINED], [SeatState.CONFIRMED])


def test_c08_letters_tell_each_in_his_language_what_became_of_the_event(organizer, now, slug):
    calling_off.postpone(actor=organizer, slug=slug, note=_NOTE, now=now)
    (province, to_province), (delegate, to_delegate) = _letters()
    assert {province.kind, delegate.kind} == {MessageKind.EVENT_POSTPONED}
    assert to_province["Subject"].startswith("[Đề nghị xóa khỏi lịch] Tạm hoãn: ")
    assert to_delegate["Subject"].startswith("[Please clear your calendar] Postponed: ")
    text = to_delegate.get_body(("plain",)).get_content()
    assert "Because of the weather." in text
    assert "Wednesday, 27 October 2027, 14:00–17:00 Hanoi (GMT+7)" in text
    assert "New time" not in text
    assert "/d/" in text
    assert "/i/" in to_province.get_body(("html",)).get_content()


def test_c08_a_move_to_a_new_date_takes_the_programme_along(organizer, now, slug):
    moved = calling_off.move(
        actor=organizer, slug=slug, command=NewDate(schedule=_LATER, note=_NOTE), now=now
    )
    event = get(slug, organizer)
    assert (moved, event.status, event.date) == (2, EventStatus.PUBLISHED, date(2027, 12, 8))
    session = db.session.scalars(sa.select(Session)).one()
    assert (session.starts_at, session.sequence) == (datetime(2027, 12, 8, 7, 30, tzinfo=UTC), 1)
    (_, letter), _ = _letters()
    text = letter.get_body(("plain",)).get_content()
    assert "Thời gian mới: thứ Tư, 08/12/2027, 14:00–17:00 Hà Nội (GMT+7)" in text
    assert "Thời gian trước đây: thứ Tư, 27/10/2027" in text


def test_c08_a_postponed_event_is_resumed_on_a_new_date(organizer, now, slug):
    calling_off.postpone(actor=organizer, slug=slug, note=_NOTE, now=now)
    command = NewDate(schedule=_LATER, deadline_date=date(2027, 12, 1))
    assert calling_off.resume(actor=organizer, slug=slug, command=command, now=now) == 2
    event = get(slug, organizer)
    assert (event.status, event.sequence) == (EventStatus.PUBLISHED, 2)
    assert event.registration_deadline == datetime(2027, 12, 1, 16, 59, tzinfo=UTC)
    assert {row.kind for row, _ in _letters()} == {MessageKind.EVENT_CHANGED}


def test_c08_deadlines_move_along_unless_a_new_one_is_given(organizer, now):
    slug = publish(organizer, now, deadline_date=date(2027, 10, 20))
    invite(slug, organizer, now)
    own = datetime(2027, 10, 22, 3, tzinfo=UTC)
    invitation = db.session.scalars(sa.select(Invitation)).one()
    invitation.deadline = own
    db.session.commit()
    calling_off.move(actor=organizer, slug=slug, command=NewDate(schedule=_LATER), now=now)
    assert get(slug, organizer).registration_deadline == datetime(2027, 12, 1, 16, 59, tzinfo=UTC)
    assert db.session.scalars(sa.select(Invitation.deadline)).all() == [own.replace(month=12, day=3)]


def test_c08_cancelling_withdraws_every_waiting_draft_and_tells_everybody(organizer, now, slug):
    editing.edit(actor=organizer, slug=slug, command=facts(join_url="https://meet.example/2"), now=now)
    assert calling_off.cancel(actor=organizer, slug=slug, note=_NOTE, now=now) == 2
    assert {row.kind for row, _ in _letters()} == {MessageKind.EVENT_CANCELLED}
    assert get(slug, organizer).status is EventStatus.CANCELLED
    assert _registrations() == ([InvitationState.DECLINED], [SeatState.CONFIRMED])


def test_what_was_called_off_keeps_its_date_in_an_edit(organizer, now, slug):
    calling_off.postpone(actor=organizer, slug=slug, note={}, now=now)
    with pytest.raises(InvalidInput) as refusal:
        editing.edit(actor=organizer, slug=slug, command=facts(schedule=_LATER), now=now)
    assert (refusal.value.code, refusal.value.field) == ("called_off_keeps_its_date", "day")


def test_a_move_to_the_same_date_is_refused(organizer, now, slug):
    with pytest.raises(InvalidInput) as refusal:
        calling_off.move(actor=organizer, slug=slug, command=NewDate(schedule=SCHEDULE), now=now)
    assert (refusal.value.code, refusal.value.field) == ("same_date", "day")


def test_a_cancelled_event_stays_cancelled(organizer, now, slug):
    calling_off.cancel(actor=organizer, slug=slug, note={}, now=now)
    for act in (calling_off.move, calling_off.resume):
        with pytest.raises(Conflict):
            act(actor=organizer, slug=slug, command=NewDate(schedule=_LATER), now=now)


def test_the_consequence_is_counted_before_with_those_who_have_no_address(organizer, now):
    slug = publish(organizer, now)
    invite(slug, organizer, now, email=None)
    audience = notices.count_audience(get(slug, organizer))
    assert (audience.institutions, audience.delegates, audience.unreachable) == (0, 1, 1)
    assert calling_off.cancel(actor=organizer, slug=slug, note={}, now=now) == audience.letters
