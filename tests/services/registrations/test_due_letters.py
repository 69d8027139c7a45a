"""Letters that the courier writes after the act: nobody who registers waits for them, none is lost."""

from datetime import timedelta

import pytest

from app.db import db
from app.domain.events import EventStatus
from app.domain.people import PersonDetails
from app.domain.registrations import EditDelegate
from app.models.registrations import Delegate
from app.services.mail import deliver
from app.services.registrations import due_letters, edit, notices, register, withdraw
from app.services.transaction import unit_of_work
from tests.registration_rows import (
    FOCAL_POINT,
    command,
    get_delegate,
    list_mails,
    store_event,
    store_invitation,
)

pytestmark = pytest.mark.usefixtures("context")
AN = "an@x.vn"


def _registered(now, invitation=None) -> Delegate:
    """Register somebody; his letter is due."""
    done = register.register_delegate(
        actor=FOCAL_POINT,
        invitation=invitation or store_invitation(store_event()),
        command=command("Lê Văn An", email=AN),
        now=now,
    )
    return get_delegate(done.public_id)


def _edit(delegate, now) -> None:
    edit.edit_delegate(
        actor=FOCAL_POINT,
        delegate=delegate,
        command=EditDelegate(
            person=PersonDetails(full_name="Lê Văn Ân", email=AN),
            role=delegate.role,
            sessions=(),
            revision=delegate.revision,
        ),
        now=now,
    )


def test_a_letter_is_due_once_and_makes_no_new_revision_of_anybody(now):
    delegate = _registered(now)
    revision = delegate.revision
    assert list_mails() == []
    assert (due_letters.write_due(now=now), due_letters.write_due(now=now)) == (1, 0)
    db.session.expire_all()
    assert (list_mails(), delegate.revision) == ([("registration", AN)], revision)


def test_who_is_changed_before_his_letter_is_written_gets_one_letter_that_is_true(now):
    delegate = _registered(now)
    _edit(delegate, now)
    due_letters.write_due(now=now)
    assert list_mails() == [("registration", AN)]


def test_who_has_left_before_his_letter_is_written_is_told_that_alone(now):
    delegate = _registered(now)
    withdraw.withdraw_delegate(actor=FOCAL_POINT, delegate=delegate, now=now)
    due_letters.write_due(now=now)
    assert list_mails() == [("withdrawal", AN)]


def test_no_letter_is_due_where_nobody_is_told(now):
    _registered(now, store_invitation(store_event(is_archive=True)))
    register.register_delegate(
        actor=FOCAL_POINT, invitation=store_invitation(store_event()), command=command("Bê"), now=now
    )
    assert due_letters.write_due(now=now) == 0
    assert {one.due_letter for one in db.session.query(Delegate)} == {None}


def test_a_letter_that_cannot_be_written_stays_due_and_holds_nothing_up(now, monkeypatch, caplog):
    delegate = _registered(now)

    def fail(*_, **__):
        raise RuntimeError("a template is broken")

    with monkeypatch.context() as broken:
        broken.setattr(notices, "tell_registered", fail)
        deliver.deliver(clock=lambda: now)
    assert "letters that are due" in caplog.text
    db.session.expire_all()
    assert delegate.due_letter is not None
    assert due_letters.write_due(now=now + timedelta(minutes=1)) == 1


def test_a_letter_outlives_the_closing_of_the_event(now):
    delegate = _registered(now)
    with unit_of_work():
        delegate.event.status = EventStatus.CLOSED
    due_letters.write_due(now=now)
    assert list_mails() == [("registration", AN)]
