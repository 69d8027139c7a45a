"""In whatever order answers come in: the newest to the present question counts, and each but once."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.db import db
from app.domain.calendars import PartStat
from app.domain.inbound import Result
from app.domain.invitations import Answer, AnswerCommand, InvitationState
from app.services.invitations import answers
from tests.inbound.corpus import STAMP
from tests.inbound.invited import change, copy_of, institution, mails, tables


def test_the_same_mail_by_two_doors_is_one(context, now):
    one = institution(now)
    raw = one.reply(message_id="<same@client.example>")
    first = one.receive(raw, now)
    before = tables()
    second = one.receive(b"Received: from elsewhere\r\n" + raw.replace(b"\r\n", b"\n"), now)
    assert (second.result, second.reason, second.mail) == (Result.IGNORE, "same_mail", first.mail)
    assert (second.subject, second.answer_after) == (one.guest.public_id, PartStat.ACCEPTED)
    assert tables() == before
    assert len(mails()) == 1


def test_a_mail_without_message_id_is_known_by_all_of_it(context, now):
    one = institution(now)
    raw = one.reply(message_id="")
    assert one.receive(raw, now).reason == "answered"
    assert one.receive(raw, now).reason == "same_mail"
    assert one.receive(one.reply("DECLINED", message_id=""), now).reason == "answered"


def test_the_same_answer_again_changes_nothing(context, now):
    one = institution(now)
    one.receive(one.reply(), now)
    before = tables()
    again = one.receive(one.reply(), now)
    assert (again.result, again.reason) == (Result.IGNORE, "same_answer")
    assert tables() == before


def test_an_answer_that_comes_late_does_not_undo_a_newer_one(context, now):
    one = institution(now)
    one.receive(one.reply("DECLINED", stamp=STAMP + timedelta(hours=1)), now)
    before = tables()
    late = one.receive(one.reply("ACCEPTED"), now)
    assert (late.result, late.reason, late.answer_after) == (
        Result.IGNORE, "older_answer", PartStat.DECLINED,
    )  # fmt: skip
    assert tables() == before


def test_an_answer_by_the_link_after_it_stands(context, now):
    one = institution(now)
    answers.answer(invitation=one.guest.public_id, command=AnswerCommand(Answer.TENTATIVE), now=now)
    late = one.receive(one.reply("ACCEPTED", stamp=now - timedelta(minutes=1)), now + timedelta(minutes=5))
    assert (late.result, late.reason) == (Result.IGNORE, "older_answer")
    newer = one.receive(one.reply("DECLINED", stamp=now + timedelta(minutes=1)), now + timedelta(minutes=5))
    assert (newer.result, newer.reason) == (Result.APPLY, "answered")


@pytest.mark.parametrize(
    ("sequence", "result", "reason"),
    [
        (1, Result.HOLD, "older_version"),
        (3, Result.HOLD, "newer_version"),
        (2, Result.APPLY, "answered"),
        (None, Result.APPLY, "answered"),
        (-7, Result.APPLY, "answered"),
        (99999999999999999999, Result.APPLY, "answered"),
    ],
)
def test_an_answer_to_another_version_is_held_and_an_absurd_number_ignored(
    context, now, sequence, result, reason
):
    one = institution(now)
    done = one.receive(one.reply(sequence=sequence), now)
    assert (done.result, done.reason) == (result, reason)


def test_an_answer_without_a_stamp_is_as_old_as_its_arrival(context, now):
    one = institution(now)
    one.receive(one.reply(stamp=None), now)
    assert copy_of(one).replied_at == now


def test_a_stamp_far_ahead_is_not_believed(context, now):
    one = institution(now)
    one.receive(one.reply(stamp=now + timedelta(days=300)), now)
    assert copy_of(one).replied_at == now
    later = now + timedelta(minutes=1)
    assert one.receive(one.reply("DECLINED", stamp=later), later).reason == "answered"


def test_a_stamp_without_a_zone_is_utc(context, now):
    one = institution(now)
    one.receive(one.reply().replace(b"DTSTAMP:20270831T020000Z", b"DTSTAMP:20270831T020000"), now)
    assert copy_of(one).replied_at == STAMP


def test_an_answer_to_an_entry_that_was_taken_back_is_held(context, now):
    one = institution(now)
    change(copy_of(one), is_cancelled=True)
    assert one.receive(one.reply(), now).reason == "entry_cancelled"


_CHOICES = st.sampled_from(["ACCEPTED", "TENTATIVE", "DECLINED"])


@pytest.mark.databases("sqlite")
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(_CHOICES, min_size=2, max_size=5).flatmap(lambda said: st.permutations(list(enumerate(said))))
)
def test_the_order_of_arrival_never_matters(context, now, said):
    one = institution(now)
    for minute, partstat in said:
        one.receive(one.reply(partstat, stamp=STAMP + timedelta(minutes=minute)), now)
    _, newest = max(said)
    db.session.refresh(one.guest)
    assert one.guest.state is InvitationState(newest.lower())
    assert copy_of(one).partstat is PartStat(newest)
