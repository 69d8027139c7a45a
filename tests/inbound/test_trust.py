"""Who is believed: the secret address, or the guest's own domain; everybody else waits for the organiser."""

from dataclasses import replace

import pytest

from app import site
from app.db import db
from app.domain.calendars import PartStat
from app.domain.inbound import Result
from app.domain.invitations import InvitationState
from tests.inbound import corpus
from tests.inbound.invited import (
    FOCAL_POINT,
    addressed,
    change,
    colleague_of,
    copy_of,
    delegate,
    institution,
    mails,
    tables,
    take,
)

OURS = "mx.mofa.example"
PASS = f"Authentication-Results: {OURS}; dmarc=pass header.from=quangtri.example.vn"
FAIL = f"Authentication-Results: {OURS}; dmarc=fail header.from=quangtri.example.vn"


@pytest.fixture
def believing(app, monkeypatch):
    """The site knows under which name its mail server speaks."""
    monkeypatch.setitem(app.extensions, "bantron", replace(app.extensions["bantron"], mail_authserv_id=OURS))


def bare(one, **how):
    """Return a reply that names no secret address."""
    return corpus.reply(replace(one.request, organizer="toadam@mofa.example"), **how)


@pytest.mark.parametrize("header", ["Delivered-To", "X-Original-To", "Cc"])
def test_the_secret_address_counts_in_every_header_that_says_where_the_mail_went(context, now, header):
    one = institution(now)
    raw = bare(one, headers=(f"{header}: {one.request.organizer.upper()}",))
    assert take(raw, now).result is Result.APPLY


def test_the_secret_address_counts_as_organizer_of_the_reply(context, now):
    one = institution(now)
    raw = one.reply().replace(f"To: {one.request.organizer}".encode(), b"To: toadam@mofa.example")
    assert take(raw, now).result is Result.APPLY


def test_with_the_secret_address_the_sender_may_be_a_service(context, now):
    one = institution(now)
    assert one.receive(one.reply(client="google"), now).result is Result.APPLY


def test_a_sender_whose_domain_disowns_the_mail_is_held_in_spite_of_the_secret(context, now, believing):
    one = institution(now)
    done = one.receive(one.reply(headers=(FAIL,)), now)
    assert (done.result, done.reason) == (Result.HOLD, "sender_not_proven")
    db.session.refresh(one.guest)
    assert one.guest.state is InvitationState.SENT


def test_without_the_secret_the_proven_address_of_the_guest_counts(context, now, believing):
    one = institution(now)
    assert take(bare(one, headers=(PASS,)), now).result is Result.APPLY


@pytest.mark.parametrize(
    "headers",
    [
        (),
        (FAIL,),
        (f"Authentication-Results: {OURS}; dmarc=pass header.from=evil.example",),
        ("Authentication-Results: evil.example; dmarc=pass header.from=quangtri.example.vn", PASS),
    ],
)
def test_a_forged_sender_is_held_and_changes_nothing(context, now, believing, headers):
    one = institution(now)
    before = tables()
    done = take(bare(one, headers=headers), now)
    assert (done.result, done.reason) == (Result.HOLD, "sender_not_proven")
    assert done.subject == one.guest.public_id
    assert tables() == before


def test_the_word_of_our_server_counts_only_when_its_name_is_configured(context, now):
    one = institution(now)
    assert take(bare(one, headers=(PASS,)), now).reason == "sender_not_proven"


def test_a_proven_stranger_does_not_answer_for_the_guest(context, now, believing):
    one = institution(now)
    stranger = f"Authentication-Results: {OURS}; dmarc=pass header.from=evil.example"
    done = take(bare(one, headers=(stranger,), sender="x@evil.example"), now)
    assert (done.result, done.reason) == (Result.HOLD, "sender_not_proven")


def test_somebody_elses_attendee_asks_to_attend_and_is_held(context, now):
    one = institution(now)
    before = tables()
    done = one.receive(one.reply(attendee="la@khach.example", parameters=";CN=Người lạ"), now)
    assert (done.result, done.reason) == (Result.HOLD, "party_crasher")
    assert tables() == before
    (mail,) = mails()
    assert mail.comment == "Người lạ <la@khach.example>"
    assert mail.partstat is PartStat.ACCEPTED


def test_a_guest_does_not_answer_for_another_by_his_own_secret(context, now):
    one = delegate(now)
    other = colleague_of(one, now)
    done = one.receive(other.reply("DECLINED"), now, envelope_to=one.request.organizer)
    assert (done.result, done.reason) == (Result.HOLD, "several_guests")
    done = one.receive(one.reply("DECLINED", attendee=other.request.attendee), now)
    assert (done.result, done.reason) == (Result.HOLD, "party_crasher")


def test_a_revoked_secret_is_held(context, now):
    one = institution(now)
    change(one.guest, generation=2)
    done = one.receive(one.reply(), now)
    assert (done.result, done.reason) == (Result.HOLD, "link_revoked")
    assert one.request.organizer != site.reply_address("invitation-reply", one.guest.public_id, 2)


def test_the_present_address_of_the_guest_counts_as_well_as_the_one_he_was_invited_at(context, now):
    one = institution(now)
    change(one.guest, email="moi@quangtri.example.vn")
    earlier = one.receive(one.reply("TENTATIVE", attendee=FOCAL_POINT.upper()), now, dry_run=True)
    assert earlier.result is Result.APPLY
    assert one.receive(one.reply(attendee="moi@quangtri.example.vn"), now).result is Result.APPLY


def test_an_entry_that_the_guest_was_never_sent_is_held_or_of_no_concern(context, now):
    one = institution(now)
    done = one.receive(one.reply(uid="somebody-elses"), now)
    assert (done.result, done.reason) == (Result.HOLD, "unknown_entry")
    done = take(bare(one, uid="somebody-elses"), now)
    assert (done.result, done.reason, done.subject) == (Result.IGNORE, "unknown_entry", None)


def test_two_guests_of_one_address_are_not_guessed_between(context, now, believing):
    one = delegate(now)
    change(colleague_of(one, now).guest.person, email=one.request.attendee)
    done = take(bare(one, headers=(PASS,)), now)
    assert (done.result, done.reason) == (Result.HOLD, "several_guests")


@pytest.mark.parametrize(
    ("by", "result"), [("thuky@quangtri.example.vn", Result.APPLY), ("thuky@khac.example", Result.HOLD)]
)
def test_a_secretary_of_the_same_house_may_answer(context, now, by, result):
    one = institution(now)
    done = one.receive(one.reply(parameters=f';CN=Lê An;SENT-BY="mailto:{by}"'), now)
    assert done.result is result
    if result is Result.APPLY:
        db.session.refresh(one.guest)
        assert one.guest.answers[0].answered_by == f"Lê An ({by})"


@pytest.mark.parametrize("sender", ["a@b.example, c@d.example", ""])
def test_a_mail_without_one_sender_is_held(context, now, sender):
    one = institution(now)
    raw = one.reply(sender=sender or "?")
    done = one.receive(raw, now)
    assert (done.result, done.reason) == (Result.HOLD, "several_senders")


def test_a_second_from_header_is_held(context, now):
    one = institution(now)
    done = one.receive(one.reply(headers=("From: boss@mofa.example",)), now)
    assert (done.result, done.reason) == (Result.HOLD, "several_senders")


def test_an_old_key_still_proves_the_address_it_made(context, app, now, monkeypatch):
    one = institution(now)
    settings = app.extensions["bantron"]
    newer = replace(
        settings,
        secret_key="another key of the tests, 0123456789 abc",
        secret_key_fallbacks=(settings.secret_key,),
    )
    monkeypatch.setitem(app.extensions, "bantron", newer)
    assert one.receive(one.reply(), now).result is Result.APPLY
    assert copy_of(one).partstat is PartStat.ACCEPTED
    assert addressed(one).request == one.request
