"""Anybody can write about an event: strangers fill no list, and what a guest proves always comes through."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.inbound import (
    MOST_IN_ONE_NAME,
    MOST_OF_ONE_STRANGER,
    MOST_OF_STRANGERS,
    HoldDecision,
    Reason,
    Result,
)
from app.queries import inbound
from app.services.inbound import crowds
from app.services.inbound.ingest import decide
from tests.inbound import corpus
from tests.inbound.invited import Invited, institution, mails, take
from tests.inbound.rows import store_mail

CROWD = (Result.IGNORE, Reason.TOO_MANY_ALIKE.value)
CRASHER = (Result.HOLD, Reason.PARTY_CRASHER.value)
OURS = "mx.mofa.example"


@pytest.fixture
def one(context, now) -> Invited:
    """An institution that is asked."""
    return institution(now)


def public(one: Invited, *, attendee: str, **how: object) -> bytes:
    """Return an answer to the public file of the event: it names the entry and no secret address."""
    return corpus.reply(replace(one.request, organizer="toadam@mofa.example", attendee=attendee), **how)


def stranger(one: Invited, now, number: int = 1) -> tuple[Result, str]:
    done = take(public(one, attendee=f"la{number}@khach.example"), now)
    return done.result, done.reason


def in_his_name(one: Invited, now, *headers: str) -> tuple[Result, str]:
    done = take(public(one, attendee=one.request.attendee, headers=headers), now)
    return done.result, done.reason


def test_of_one_stranger_a_few_mails_a_day_are_held(one, now):
    assert [stranger(one, now) for _ in range(MOST_OF_ONE_STRANGER)] == [CRASHER] * MOST_OF_ONE_STRANGER
    assert stranger(one, now) == CROWD
    assert stranger(one, now, 2) == CRASHER
    assert stranger(one, now + timedelta(days=1, seconds=1)) == CRASHER
    assert (inbound.count_held(one.event), inbound.count_passed_over(one.event)) == (
        MOST_OF_ONE_STRANGER + 2,
        1,
    )


def test_of_all_strangers_a_list_that_can_be_read_is_held_and_the_others_are_counted(one, now, organizer):
    kept = [
        store_mail(one.event, at=now, sender=f"x{n}@khach.example", reason=CRASHER[1])
        for n in range(MOST_OF_STRANGERS)
    ]
    assert [stranger(one, now, n) for n in range(3)] == [CROWD] * 3
    assert inbound.count_held(one.event) == MOST_OF_STRANGERS
    assert inbound.count_passed_over(one.event) == 3
    assert inbound.list_settled(one.event) == []
    assert inbound.count_settled(one.event) == 0
    assert {mail.sealed for mail in mails() if mail.reason == CROWD[1]} == {None}
    decide(actor=organizer, slug=one.event.slug, mail=kept[0], decision=HoldDecision.DISMISSED, now=now)
    assert stranger(one, now, 3) == CRASHER


def test_strangers_of_one_event_take_no_room_at_another(one, now, monkeypatch):
    monkeypatch.setattr(crowds, "MOST_OF_STRANGERS", 1)
    other = institution(now)
    assert [stranger(one, now, n) for n in range(2)] == [CRASHER, CROWD]
    assert stranger(other, now) == CRASHER


def test_strangers_take_no_room_of_a_guests_name(one, now, monkeypatch):
    monkeypatch.setattr(crowds, "MOST_OF_STRANGERS", 0)
    assert stranger(one, now) == CROWD
    assert in_his_name(one, now) == (Result.HOLD, "sender_not_proven")


def test_who_borrows_the_name_of_a_guest_fills_no_list_and_loses_none_of_his_proven_answers(
    app, one, now, monkeypatch
):
    settings = replace(app.extensions["bantron"], mail_authserv_id=OURS)
    monkeypatch.setitem(app.extensions, "bantron", settings)
    for _ in range(MOST_IN_ONE_NAME):
        store_mail(one.event, one.guest, at=now)
    assert in_his_name(one, now) == CROWD
    (passed_over,) = inbound.list_settled(one.event)
    assert passed_over.invitation_id == one.guest.id
    assert passed_over.reason == CROWD[1]
    assert inbound.get(one.event, passed_over.public_id).sealed is not None
    proven = f"Authentication-Results: {OURS}; dmarc=pass header.from=quangtri.example.vn"
    assert in_his_name(one, now, proven) == (Result.APPLY, "answered")
    assert one.receive(one.reply("DECLINED"), now).result is Result.APPLY


def test_what_comes_by_a_secret_address_is_held_without_end(one, now, monkeypatch):
    for bound in ("MOST_OF_STRANGERS", "MOST_OF_ONE_STRANGER", "MOST_IN_ONE_NAME"):
        monkeypatch.setattr(crowds, bound, 0)
    done = one.receive(one.reply(attendee="la@khach.example"), now)
    assert (done.result, done.reason) == CRASHER
    by_hand = b"From: la@khach.example\r\nSubject: Xin loi\r\n\r\nToi den tre\r\n"
    done = one.receive(by_hand, now)
    assert (done.result, done.reason) == (Result.HOLD, "written_by_hand")
