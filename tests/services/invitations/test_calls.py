"""Calls on institutions that have not answered."""

from datetime import date

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.calls import CallDetails, CallMeans
from app.domain.errors import InvalidInput, NotAllowed, NotFound
from app.models.audit import AuditEntry
from app.models.calls import Call
from app.models.invitations import Invitation
from app.queries import calls as queries
from app.services.invitations import calls
from tests import guests

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def invited(now) -> str:
    guests.event()
    (only,) = guests.invited(guests.localities(1), now)
    return only


def record(actor, invitation, now, day=date(2027, 8, 2), **known):
    command = CallDetails(means=CallMeans.PHONE, called_on=day, **known)
    return calls.record(actor=actor, slug=guests.SLUG, invitation=invitation, command=command, now=now)


def test_a_call_is_recorded_once_and_stands_in_the_history(organizer, invited, now):
    day = now.date()
    first = record(organizer, invited, now, day, spoken_with="Bà Lan", note="Sẽ trả lời thứ Sáu")
    assert record(organizer, invited, now, day, spoken_with="Bà Lan", note="Sẽ trả lời thứ Sáu") == first
    record(organizer, invited, now, day, note="Đã gọi lại")
    invitation = db.session.scalars(sa.select(Invitation)).one()
    assert [call.note for call in queries.list_of(invitation)] == ["Đã gọi lại", "Sẽ trả lời thứ Sáu"]
    assert queries.list_last([invitation.id])[invitation.id].note == "Đã gọi lại"
    acts = db.session.scalars(
        sa.select(AuditEntry.act).filter_by(subject_id=invited).order_by(AuditEntry.id)
    ).all()
    assert acts.count("invitation.call") == 2


def test_a_call_that_lies_ahead_is_refused_at_its_field(organizer, invited, now):
    with pytest.raises(InvalidInput) as refusal:
        record(organizer, invited, now, date(2099, 1, 1))
    assert refusal.value.field == "called_on"
    assert not db.session.scalar(sa.select(sa.func.count(Call.id)))


def test_readers_and_strangers_record_nothing(colleague, organizer, invited, now):
    with pytest.raises(NotAllowed):
        record(colleague, invited, now)
    with pytest.raises(NotFound):
        record(organizer, "nobody", now)
