"""A delegate declines in his calendar: one session is given back, the last one or the event withdraws him."""

import sqlalchemy as sa

from app.db import db
from app.domain.calendars import PartStat
from app.domain.inbound import Result
from app.domain.registrations import SeatState
from app.models.audit import AuditEntry
from app.models.registrations import Delegate
from tests.calendar_mails import list_calendar_mails
from tests.inbound.invited import addressed, change, copy_of, delegate
from tests.registration_rows import list_mails, register_one, session_ids


def seats(one) -> list[SeatState]:
    db.session.rollback()
    return [seat.state for seat in db.session.get(Delegate, one.guest.id).seats]


def acts() -> list[tuple[str, str]]:
    rows = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id))
    return [(row.act, row.source) for row in rows if row.act.startswith("delegate.")]


def test_c04_declining_one_of_several_sessions_gives_back_that_seat_alone(context, now):
    one = delegate(now)
    done = one.receive(one.reply("DECLINED"), now)
    assert (done.result, done.answer_after) == (Result.APPLY, PartStat.DECLINED)
    assert seats(one) == [SeatState.WITHDRAWN, SeatState.CONFIRMED]
    assert db.session.get(Delegate, one.guest.id).state is SeatState.CONFIRMED
    assert acts()[-1] == ("delegate.leave_session", "calendar")
    assert [session.taken for session in one.event.sessions] == [0, 1]
    assert list_mails()[-1] == ("registration_changed", one.request.attendee)


def test_the_first_who_waits_for_the_session_moves_up(context, now):
    one = delegate(now, seats=(1, None))
    waiting = register_one(one.guest.invitation, now, "Người chờ", sessions=session_ids(one.event)[:1])
    assert waiting.seats[0].state is SeatState.WAITING
    one.receive(one.reply("DECLINED"), now)
    db.session.refresh(waiting)
    assert waiting.seats[0].state is SeatState.CONFIRMED


def test_declining_the_last_session_withdraws_the_delegate(context, now):
    one = delegate(now, sessions=1)
    one.receive(one.reply("DECLINED"), now)
    assert db.session.get(Delegate, one.guest.id).state is SeatState.WITHDRAWN
    assert acts()[-1] == ("delegate.withdraw", "calendar")


def test_declining_the_entry_of_the_event_withdraws_the_delegate(context, now):
    one = delegate(now, number=0)
    one.receive(one.reply("DECLINED"), now)
    assert seats(one) == [SeatState.WITHDRAWN, SeatState.WITHDRAWN]
    assert copy_of(one).partstat is PartStat.DECLINED


def test_who_is_noted_as_having_attended_is_not_withdrawn_by_a_calendar(context, now):
    one = delegate(now, number=0)
    change(one.guest, attended=True)
    done = one.receive(one.reply("DECLINED"), now)
    assert (done.result, done.reason, done.answer_after) == (
        Result.HOLD, "delegate_attended", PartStat.NEEDS_ACTION,
    )  # fmt: skip
    assert seats(one) == [SeatState.CONFIRMED, SeatState.CONFIRMED]


def test_accepting_after_the_seat_was_given_back_waits_for_the_organizer(context, now):
    one = delegate(now)
    one.receive(one.reply("DECLINED"), now)
    done = one.receive(one.reply("ACCEPTED", stamp=now), now)
    assert (done.result, done.reason) == (Result.HOLD, "seat_given_back")
    assert seats(one)[0] is SeatState.WITHDRAWN


def test_who_chose_no_session_is_withdrawn_when_he_has_declined_them_all(context, now):
    one = delegate(now, sessions=0)
    one.receive(one.reply("DECLINED"), now)
    assert db.session.get(Delegate, one.guest.id).state is SeatState.CONFIRMED
    second = addressed(one, uid=one.event.sessions[1].calendar_uid)
    done = second.receive(second.reply("DECLINED"), now)
    assert (done.result, done.answer_after) == (Result.APPLY, PartStat.DECLINED)
    assert db.session.get(Delegate, one.guest.id).state is SeatState.WITHDRAWN


def test_a_session_declined_in_the_calendar_needs_no_cancel_by_mail(context, now):
    one = delegate(now)
    told = len(list_calendar_mails())
    one.receive(one.reply("DECLINED"), now)
    assert [mail.method for mail in list_calendar_mails()[told:]] == []
