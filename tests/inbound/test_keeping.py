"""Mail is kept before it is judged, sealed, and not for ever."""

from datetime import timedelta

import pytest

from app import site
from app.db import db
from app.domain.inbound import Door, Result
from app.domain.invitations import InvitationState
from app.mail import doorbell
from app.sealed import unseal
from app.services.inbound import ingest as service
from app.services.inbound import outcome, retention
from app.services.inbound.ingest import receive, work_off
from tests.inbound.invited import institution, mails, tables, take


def kept(one, raw, now) -> str:
    return receive(raw=raw, envelope_to=one.request.organizer, door=Door.LISTENER, now=now)


def test_a_received_mail_is_judged_by_the_worker(context, now):
    one = institution(now)
    doorbell.bell().huey.flush()
    public_id = kept(one, one.reply(), now)
    assert (mails()[0].result, doorbell.bell().huey.pending_count()) == (None, 1)
    assert work_off(clock=lambda: now) == 1
    (mail,) = mails()
    assert (mail.public_id, mail.result, mail.reason) == (public_id, Result.APPLY, "answered")
    db.session.refresh(one.guest)
    assert one.guest.state is InvitationState.ACCEPTED
    assert work_off(clock=lambda: now) == 0


def test_a_mail_that_is_received_twice_is_one(context, now):
    one = institution(now)
    raw = one.reply()
    assert kept(one, raw, now) == kept(one, raw, now)
    assert take(raw, now, one.request.organizer).reason == "answered"
    assert [mail.reason for mail in mails()] == ["answered"]
    assert work_off(clock=lambda: now) == 0


def test_what_a_mail_says_cannot_be_read_from_the_database(context, now):
    one = institution(now)
    raw = one.reply()
    kept(one, raw, now)
    (mail,) = mails()
    assert one.request.organizer.encode() not in mail.sealed
    assert unseal(site.settings().secret_keys, mail.sealed) == raw


def test_a_mail_that_cannot_be_judged_is_put_aside_and_the_next_one_read(context, now, monkeypatch, caplog):
    one = institution(now)
    kept(one, one.reply(comment="poison"), now)
    kept(one, one.reply("DECLINED"), now)
    reach = outcome.reach

    def stumble(session, raw, **how):
        if b"poison" in raw:
            raise ValueError("a mail like no other")
        return reach(session, raw, **how)

    monkeypatch.setattr(service.outcome, "reach", stumble)
    assert work_off(clock=lambda: now) == 2
    assert [mail.reason for mail in mails()] == ["failed", "answered"]
    assert "a mail could not be judged" in caplog.text
    done = take(one.reply(comment="poison too"), now, one.request.organizer)
    assert (done.result, done.reason) == (Result.REJECT, "failed")


def test_raw_mail_goes_after_ninety_days_and_ignored_mail_after_thirty(context, now):
    one = institution(now)
    one.receive(one.reply(), now)
    take(b"From: a@b.example\n\nAdvertisement", now)
    assert retention.sweep(now=now + timedelta(days=29)) == 0
    assert retention.sweep(now=now + timedelta(days=31)) == 1
    assert [(mail.reason, mail.sealed is None) for mail in mails()] == [("answered", False)]
    assert retention.sweep(now=now + timedelta(days=91)) == 1
    assert [(mail.reason, mail.sealed is None) for mail in mails()] == [("answered", True)]
    assert retention.sweep(now=now + timedelta(days=92)) == 0


@pytest.mark.databases("sqlite")
def test_a_dry_run_changes_nothing_at_all(context, now):
    one = institution(now)
    before, rings = tables(), doorbell.bell().huey.pending_count()
    done = one.receive(one.reply("DECLINED"), now, dry_run=True)
    assert (done.result, done.reason, done.mail) == (Result.APPLY, "answered", None)
    assert (done.subject, done.answer_after.value) == (one.guest.public_id, "DECLINED")
    assert mails() == []
    assert tables() == before
    assert doorbell.bell().huey.pending_count() == rings
