"""Answers in the shape of every calendar people have: each counts, and sits in the history."""

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.calendars import PartStat
from app.domain.inbound import Result
from app.domain.invitations import AnswerSource, InvitationState
from app.models.audit import AuditEntry
from tests.inbound.corpus import CLIENTS, STAMP
from tests.inbound.invited import copy_of, delegate, institution, mails


@pytest.mark.parametrize("client", CLIENTS)
def test_c02_an_answer_of_every_client_counts_like_that_of_the_form(context, now, client):
    one = institution(now)
    done = one.receive(one.reply("ACCEPTED", client, comment="Sẽ đến"), now)
    assert (done.result, done.reason, done.answer_after) == (Result.APPLY, "answered", PartStat.ACCEPTED)
    db.session.refresh(one.guest)
    assert done.subject == one.guest.public_id
    assert one.guest.state is InvitationState.ACCEPTED
    (given,) = one.guest.answers
    assert (given.source, given.note) == (AnswerSource.CALENDAR, "Sẽ đến")
    copy = copy_of(one)
    assert (copy.partstat, copy.replied_at, copy.comment) == (PartStat.ACCEPTED, STAMP, "Sẽ đến")
    (mail,) = mails()
    assert (mail.public_id, mail.result, mail.uid, mail.method) == (
        done.mail, Result.APPLY, one.request.uid, "REPLY",
    )  # fmt: skip


def test_c02_the_history_says_that_it_came_from_the_calendar(context, now):
    one = institution(now)
    one.receive(one.reply("DECLINED"), now)
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.act == "invitation.answer")).one()
    assert (entry.source, entry.details["after"]) == ("calendar", "declined")


@pytest.mark.parametrize("partstat", ["ACCEPTED", "TENTATIVE"])
def test_the_answer_of_a_delegate_is_noted_at_his_entry(context, now, partstat):
    one = delegate(now)
    done = one.receive(one.reply(partstat, "exchange"), now)
    assert (done.result, done.answer_after) == (Result.APPLY, PartStat(partstat))
    assert copy_of(one).partstat is PartStat(partstat)
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.act == "delegate.answer")).one()
    assert (entry.source, entry.subject_id) == ("calendar", one.guest.public_id)
