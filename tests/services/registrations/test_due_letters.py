"""Letters that the courier writes after the act: nobody who registers waits for them, none is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.events import EventStatus
from app.domain.mail import DueLetter
from app.domain.people import PersonDetails
from app.domain.registrations import EditDelegate
from app.models.mail import OutboxMessage
from app.models.registrations import Delegate
from app.services.mail import deliver
from app.services.programme import rows
from app.services.registrations import due_letters, edit, notices, particulars, places, register, withdraw
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
    assert "a letter that is due cannot be written" in caplog.text
    db.session.expire_all()
    assert delegate.due_letter is not None
    assert due_letters.write_due(now=now + timedelta(minutes=1)) == 1


def test_a_letter_that_cannot_be_written_holds_up_no_other_letter(now, monkeypatch, caplog):
    first, tell = _registered(now), notices.tell_registered
    invitation = store_invitation(store_event())
    sent = command("Trần Thị Bé", email="be@x.vn")
    register.register_delegate(actor=FOCAL_POINT, invitation=invitation, command=sent, now=now)
    number = first.id

    def tell_all_but_the_first(delegate, now):
        if delegate.id == number:
            raise RuntimeError("a name that no template can print")
        tell(delegate, now)

    monkeypatch.setattr(notices, "tell_registered", tell_all_but_the_first)
    assert (due_letters.write_due(now=now), due_letters.write_due(now=now)) == (1, 0)
    assert list_mails() == [("registration", "be@x.vn")]
    assert f"delegate {number}" in caplog.text


def test_a_letter_outlives_the_closing_of_the_event(now):
    delegate = _registered(now)
    with unit_of_work():
        delegate.event.status = EventStatus.CLOSED
    due_letters.write_due(now=now)
    assert list_mails() == [("registration", AN)]


def _meanwhile(app, act):
    """Do what another process does at this moment, in a thread and with a session of its own."""

    def done():
        with app.app_context():
            return act()

    other = ThreadPoolExecutor(1)
    try:
        return other.submit(done).result(timeout=10)
    finally:
        other.shutdown(wait=False)


@pytest.mark.databases("postgresql")
def test_a_change_is_told_when_the_courier_writes_the_letter_during_the_act(app, now, monkeypatch):
    delegate, write = _registered(now), particulars.write

    def slowly(person, details):
        assert _meanwhile(app, lambda: due_letters.write_due(now=now)) == 1
        write(person, details)

    monkeypatch.setattr(particulars, "write", slowly)
    _edit(delegate, now)
    due_letters.write_due(now=now)
    assert list_mails() == [("registration", AN), ("registration_changed", AN)]


@pytest.mark.databases("postgresql")
def test_a_letter_is_owed_anew_when_the_courier_writes_the_last_one_during_the_act(app, now):
    delegate = _registered(now)
    with unit_of_work():
        held = places.lock_delegate(db.session(), delegate.id, delegate.event_id)
        assert held.due_letter is DueLetter.REGISTRATION
        _meanwhile(app, lambda: due_letters.write_due(now=now))
        notices.owe(held, held.event, DueLetter.REGISTRATION_CHANGED)
    due_letters.write_due(now=now)
    assert list_mails() == [("registration", AN), ("registration_changed", AN)]


@pytest.mark.databases("postgresql")
def test_the_courier_does_not_wait_for_whoever_changes_the_programme(app, now):
    """Who promotes people needs their rows, which the courier holds: each would wait for the other."""
    delegate = _registered(now)
    slug = delegate.event.slug
    with unit_of_work() as session:
        rows.event_for_change(session, slug)
        assert _meanwhile(app, lambda: due_letters.write_due(now=now)) == 1
    assert db.session.scalar(sa.select(OutboxMessage.recipient)) == AN
