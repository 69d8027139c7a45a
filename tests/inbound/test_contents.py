"""What is held because of what it says, and what is ignored: with a reason, and with nothing else changed."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.calendars import PartStat
from app.domain.events import EventStatus
from app.domain.inbound import Result
from app.domain.registrations import SeatState
from tests.inbound import corpus
from tests.inbound.invited import change, delegate, institution, mails, tables, take
from tests.registration_rows import register_one

HELD = {
    "delegated": {"partstat": "DELEGATED", "parameters": ';DELEGATED-TO="mailto:pho@quangtri.example.vn"'},
    "delegated_from": {"parameters": ';DELEGATED-FROM="mailto:truong@quangtri.example.vn"'},
    "counter": {"partstat": "TENTATIVE", "method": "COUNTER"},
    "partstat_unknown": {"partstat": "X-PERHAPS"},
    "recurrence": {"extra": ("RECURRENCE-ID:20271027T070000Z",)},
    "several_attendees": {"extra": ("ATTENDEE;PARTSTAT=DECLINED:mailto:khac@example.vn",)},
    "several_entries": {"extra": ("END:VEVENT", "BEGIN:VEVENT", "UID:another")},
    "method_unknown": {"method": "X-PERHAPS"},
    "calendar_unreadable": {"extra": ("ATTENDEE;PARTSTAT:broken",)},
}


@pytest.mark.parametrize("reason", HELD)
def test_what_cannot_be_taken_at_its_word_is_held(context, now, reason):
    one = institution(now)
    before = tables()
    done = one.receive(one.reply(**{"partstat": "ACCEPTED", **HELD[reason]}), now)
    assert (done.result, done.reason) == (Result.HOLD, reason)
    assert done.answer_after is PartStat.NEEDS_ACTION
    assert tables() == before


@pytest.mark.parametrize("method", ["CANCEL", "REQUEST", "PUBLISH", "ADD", "DECLINECOUNTER"])
def test_what_only_an_organizer_may_send_is_ignored(context, now, method):
    one = institution(now)
    before = tables()
    done = one.receive(one.reply(method=method), now)
    assert (done.result, done.reason) == (Result.IGNORE, "not_from_guests")
    assert tables() == before


def test_whom_the_guest_sends_instead_is_kept_for_the_organizer(context, now):
    one = institution(now)
    one.receive(one.reply(**HELD["delegated"], comment="Tôi bận"), now)
    assert mails()[0].comment == ("<ngoaivu@quangtri.example.vn>\n<pho@quangtri.example.vn>\nTôi bận")
    assert mails()[0].partstat is PartStat.DELEGATED


def test_the_time_that_a_counter_proposes_is_kept_in_utc(context, now):
    one = institution(now)
    raw = one.reply("TENTATIVE", "exchange", method="COUNTER")
    one.receive(raw, now)
    start = datetime(2027, 10, 27, 7, 0, tzinfo=UTC)
    assert (mails()[0].proposed_start, mails()[0].proposed_end) == (start, start + timedelta(hours=3))


def test_a_part_that_says_something_else_is_held(context, now):
    one = institution(now)
    yes, no = (corpus.Answer(one.request, said, message_id="<1@x>") for said in ("ACCEPTED", "DECLINED"))
    body = corpus.multipart(
        "b",
        corpus.part("text/calendar; method=REPLY", corpus.text(yes.lines())),
        corpus.part("application/ics", corpus.text(no.lines())),
    )
    done = one.receive(corpus.mail(yes, "multipart/mixed; boundary=b", body), now)
    assert (done.result, done.reason) == (Result.HOLD, "parts_disagree")


def test_a_calendar_in_an_enclosed_mail_is_not_the_guests_word(context, now):
    one = institution(now)
    answer = corpus.Answer(one.request, "ACCEPTED")
    body = corpus.multipart("b", corpus.part("message/rfc822", one.reply()))
    done = one.receive(corpus.mail(answer, "multipart/mixed; boundary=b", body), now)
    assert (done.result, done.reason) == (Result.HOLD, "written_by_hand")


def test_a_letter_by_hand_is_held_with_its_text(context, now):
    one = institution(now)
    answer = corpus.Answer(one.request, "ACCEPTED")
    done = one.receive(corpus.mail(answer, "text/plain; charset=utf-8", "Chúng tôi sẽ đến.".encode()), now)
    assert (done.result, done.reason) == (Result.HOLD, "written_by_hand")
    assert mails()[0].comment == "Chúng tôi sẽ đến."
    advert = corpus.Answer(one.request, "ACCEPTED")
    raw = corpus.mail(advert, "text/plain", b"Buy!", to="toadam@mofa.example")
    assert (take(raw, now).result, mails()[1].reason) == (Result.IGNORE, "no_calendar")


def test_a_winmail_dat_is_held(context, now):
    one = institution(now)
    answer = corpus.Answer(one.request, "ACCEPTED")
    done = one.receive(corpus.mail(answer, "application/ms-tnef; name=winmail.dat", b"\x78\x9f\x3e\x22"), now)
    assert (done.result, done.reason) == (Result.HOLD, "winmail_dat")


def test_an_out_of_office_note_is_kept_and_changes_nothing(context, now):
    one = institution(now)
    before = tables()
    done = one.receive(one.reply(headers=("Auto-Submitted: auto-replied (vacation)",)), now)
    assert (done.result, done.reason, done.subject) == (Result.IGNORE, "out_of_office", one.guest.public_id)
    assert tables() == before


def test_a_robots_note_without_an_answer_is_ignored(context, now):
    one = institution(now)
    answer = corpus.Answer(one.request, "ACCEPTED", headers=("Return-Path: <>",))
    assert one.receive(corpus.mail(answer, "text/plain", b"Delivered."), now).reason == "automatic"
    genuine = one.reply(headers=("Return-Path: <>", "Auto-Submitted: auto-generated"))
    assert one.receive(genuine, now).reason == "answered"


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"status": EventStatus.CANCELLED}, "event_called_off"),
        ({"status": EventStatus.POSTPONED}, "event_called_off"),
        ({"status": EventStatus.CLOSED}, "event_not_open"),
        ({"ends_at": datetime(2027, 8, 31, tzinfo=UTC), "starts_at": None}, "event_over"),
        ({"registration_deadline": datetime(2027, 8, 31, tzinfo=UTC)}, "deadline_passed"),
    ],
)
def test_what_comes_too_late_or_in_vain_waits_for_the_organizer(context, now, known, reason):
    one = institution(now)
    change(one.event, **known)
    before = tables()
    done = one.receive(one.reply(), now)
    assert (done.result, done.reason) == (Result.HOLD, reason)
    assert tables() == before


def test_a_refusal_that_would_withdraw_delegates_needs_a_person_to_confirm(context, now):
    one = institution(now)
    register_one(one.guest, now)
    before = tables()
    done = one.receive(one.reply("DECLINED", stamp=now), now)
    assert (done.result, done.reason) == (Result.HOLD, "delegates_registered")
    assert tables() == before


def test_a_delegate_may_decline_after_the_deadline_but_not_once_withdrawn(context, now):
    one = delegate(now, number=0)
    change(one.event, registration_deadline=datetime(2027, 8, 31, tzinfo=UTC), status=EventStatus.CLOSED)
    assert one.receive(one.reply("DECLINED"), now).reason == "answered"
    change(one.guest, state=SeatState.WITHDRAWN)
    done = one.receive(one.reply("ACCEPTED", stamp=now), now)
    assert (done.result, done.reason) == (Result.HOLD, "delegate_withdrawn")


def test_refresh_sends_the_entry_again_once_an_hour(context, now):
    one = institution(now)
    raw = [one.reply("ACCEPTED", method="REFRESH") for _ in range(3)]
    assert one.receive(raw[0], now).reason == "refresh"
    assert one.receive(raw[1], now + timedelta(minutes=59)).reason == "refreshed_lately"
    assert one.receive(raw[2], now + timedelta(minutes=61)).reason == "refresh"
