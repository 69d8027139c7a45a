"""Who speaks when a speaker does not come (C02, C03): his successor, else his institution, unnamed."""

from datetime import timedelta

import pytest

from app.db import db
from app.domain.people import PersonDetails
from app.domain.programme import AppointmentRole
from app.domain.registrations import ReplaceDelegate
from app.models.audit import AuditEntry
from app.models.programme import Appointment
from app.services.registrations import replace, withdraw
from app.services.transaction import unit_of_work
from tests.registration_rows import FOCAL_POINT, get_delegate, register_one, store_event, store_invitation

pytestmark = pytest.mark.usefixtures("context")


def _speaker(now):
    event = store_event()
    invitation = store_invitation(event)
    delegate = register_one(invitation, now, email="an@x.vn")
    with unit_of_work() as session:
        slot = Appointment(
            event_id=event.id,
            position=1,
            role=AppointmentRole.SPEAKER,
            organization_id=invitation.organization_id,
            person_id=delegate.person_id,
        )
        session.add(slot)
    return delegate, slot


def _acts():
    return [row.act for row in db.session.query(AuditEntry).order_by(AuditEntry.id)]


def test_c02_the_successor_of_a_speaker_speaks(now):
    delegate, slot = _speaker(now)
    command = ReplaceDelegate(
        person=PersonDetails(full_name="Phạm Thị Mới", email="moi@x.vn"),
        is_substitute=False,
        request_key="r1",
        revision=delegate.revision,
    )
    made = replace.replace_delegate(actor=FOCAL_POINT, delegate=delegate, command=command, now=now)
    assert slot.person is get_delegate(made).person
    assert "appointment.name" in _acts()


def test_c03_who_withdraws_leaves_his_slot_to_the_institution(now):
    delegate, slot = _speaker(now)
    withdraw.withdraw_delegate(actor=FOCAL_POINT, delegate=delegate, now=now)
    assert slot.person is None
    assert slot.organization_id == delegate.invitation.organization_id
    assert "appointment.release" in _acts()


def test_a_form_that_is_open_on_the_event_stays_valid(now):
    delegate, _slot = _speaker(now)
    revision = delegate.event.revision
    withdraw.withdraw_delegate(actor=FOCAL_POINT, delegate=delegate, now=now + timedelta(hours=1))
    db.session.expire_all()
    assert delegate.event.revision == revision
    assert delegate.event.changed_at == now + timedelta(hours=1)
