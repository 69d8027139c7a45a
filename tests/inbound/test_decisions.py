"""The organiser's word on held mail: recorded by the use-case of the form, dismissed, once."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.calendars import PartStat
from app.domain.errors import Conflict, NotAllowed, NotFound
from app.domain.inbound import HoldDecision
from app.domain.invitations import AnswerSource, InvitationState
from app.domain.registrations import SeatState
from app.models.audit import AuditEntry
from app.queries import inbound
from app.services.inbound.ingest import decide
from tests.inbound.invited import change, copy_of, institution, mails, tables
from tests.registration_rows import register_one, store_event

PASSED = datetime(2027, 8, 31, tzinfo=UTC)


def held(now, partstat="ACCEPTED", **how):
    """Return a guest whose answer came after the deadline, and the mail that is held for it."""
    one = institution(now)
    change(one.event, registration_deadline=PASSED)
    return one, one.receive(one.reply(partstat, **how), now).mail


def test_an_answer_after_the_deadline_is_recorded_when_the_organizer_says_so(context, now, organizer):
    one, mail = held(now, comment="Xin lỗi vì muộn")
    assert inbound.count_held(one.event) == 1
    decide(actor=organizer, slug=one.event.slug, mail=mail, decision=HoldDecision.APPLIED, now=now)
    db.session.refresh(one.guest)
    (given,) = one.guest.answers
    assert (one.guest.state, given.source, given.note) == (
        InvitationState.ACCEPTED, AnswerSource.CALENDAR, "Xin lỗi vì muộn",
    )  # fmt: skip
    assert given.recorded_by_id == organizer.account_id
    assert copy_of(one).partstat is PartStat.ACCEPTED
    row = inbound.get(one.event, mail)
    assert (row.decision, row.decided_at, row.decided_by_id) == (
        HoldDecision.APPLIED, now, organizer.account_id,
    )  # fmt: skip
    assert inbound.count_held(one.event) == 0
    assert [(one.public_id, one.decision) for one in inbound.list_settled(one.event)] == [
        (mail, HoldDecision.APPLIED)
    ]


def test_the_organizers_word_confirms_that_delegates_are_withdrawn(context, now, organizer):
    one = institution(now)
    person = register_one(one.guest, now)
    mail = one.receive(one.reply("DECLINED", stamp=now), now).mail
    decide(actor=organizer, slug=one.event.slug, mail=mail, decision=HoldDecision.APPLIED, now=now)
    db.session.refresh(person)
    assert person.state is SeatState.WITHDRAWN


def test_a_dismissed_mail_changes_nothing_and_is_gone_from_the_list(context, now, organizer):
    one, mail = held(now)
    before = tables()
    assert [row.public_id for row in inbound.list_held(one.event)] == [mail]
    decide(actor=organizer, slug=one.event.slug, mail=mail, decision=HoldDecision.DISMISSED, now=now)
    assert inbound.list_held(one.event) == []
    after = tables()
    assert {name for name in after if after[name] != before[name]} == {"audit"}
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.act, entry.details["reason"]) == ("answer.dismiss", "deadline_passed")


def test_a_mail_is_decided_once(context, now, organizer):
    one, mail = held(now)
    decide(actor=organizer, slug=one.event.slug, mail=mail, decision=HoldDecision.DISMISSED, now=now)
    with pytest.raises(Conflict, match="mail_decided"):
        decide(actor=organizer, slug=one.event.slug, mail=mail, decision=HoldDecision.APPLIED, now=now)


def test_what_is_not_the_guests_own_answer_cannot_be_recorded_as_it_stands(context, now, organizer):
    one = institution(now)
    mail = one.receive(one.reply(attendee="x@khach.example"), now).mail
    assert not inbound.may_apply(mails()[0])
    with pytest.raises(Conflict, match="mail_not_applicable"):
        decide(actor=organizer, slug=one.event.slug, mail=mail, decision=HoldDecision.APPLIED, now=now)


def test_only_the_desk_decides_and_only_about_its_own_event(context, now, organizer, colleague):
    one, mail = held(now)
    with pytest.raises(NotAllowed):
        decide(actor=colleague, slug=one.event.slug, mail=mail, decision=HoldDecision.DISMISSED, now=now)
    other = store_event().slug
    with pytest.raises(NotFound):
        decide(actor=organizer, slug=other, mail=mail, decision=HoldDecision.DISMISSED, now=now)


def test_the_mails_of_a_guest_are_listed_latest_first(context, now):
    one, mail = held(now)
    note = one.receive(one.reply(headers=("Auto-Submitted: auto-replied",)), now + timedelta(hours=1)).mail
    assert [row.public_id for row in inbound.list_of_guest(one.guest)] == [note, mail]
