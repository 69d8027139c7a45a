"""Guests are told when a session is moved or called off; the letters wait for the organiser."""

from dataclasses import replace
from datetime import date, time

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.local_time import Hours
from app.domain.mail import MessageState
from app.domain.programme import SessionDetails
from app.mail import outbox
from app.models.events import Event
from app.models.mail import OutboxMessage
from app.models.programme import Session
from app.services.programme import sessions
from tests.roundtables import create, invite, publish, store_directory

_DETAILS = SessionDetails(
    titles={"vi": "Kết nối vì phát triển", "en": "Connecting for development"},
    hours=Hours(day=date(2027, 10, 27), starts=time(14), ends=time(15)),
)
_LATER = replace(_DETAILS, hours=replace(_DETAILS.hours, starts=time(15), ends=time(16)))


@pytest.fixture(autouse=True)
def _directory(context):
    store_directory()


@pytest.fixture
def published(organizer, now):
    """A published event with one session; a province and its delegate are invited."""
    slug = publish(organizer, now)
    invite(slug, organizer, now)
    session_id = sessions.add_session(actor=organizer, slug=slug, command=_DETAILS, now=now)
    return {"actor": organizer, "slug": slug, "session_id": session_id, "now": now}


def _edit(command, **where):
    revision = db.session.scalar(sa.select(Session.revision))
    return sessions.edit_session(command=command, revision=revision, **where)


def _drafts():
    waiting = sa.select(OutboxMessage).where(OutboxMessage.state == MessageState.DRAFT)
    return db.session.scalars(waiting.order_by(OutboxMessage.id)).all()


def test_c08_moving_a_session_drafts_a_letter_to_everybody_with_the_present_programme(published):
    assert _edit(_LATER, **published) == 2
    province, delegate = _drafts()
    assert (province.recipient, delegate.recipient) == ("qt@example.vn", "b@example.vn")
    text = outbox.content(delegate).decode()
    assert "Connecting for development" in text
    assert "15:00" in text


def test_a_second_move_takes_the_place_of_the_first_letter(published):
    _edit(_LATER, **published)
    _edit(_DETAILS, **published)
    assert len(_drafts()) == 2
    assert "14:00" in outbox.content(_drafts()[1]).decode()


def test_calling_a_session_off_is_told_once(published):
    assert sessions.cancel_session(**published) == 2
    assert sessions.cancel_session(**published) == 0
    assert "this session is cancelled" in outbox.content(_drafts()[1]).decode().replace("=\n", "")


def test_words_are_changed_without_a_letter(published):
    assert _edit(replace(_DETAILS, room="Phòng 2"), **published) == 0
    assert _drafts() == []


def test_a_draft_event_tells_nobody(organizer, now):
    slug = create(organizer, now)
    session_id = sessions.add_session(actor=organizer, slug=slug, command=_DETAILS, now=now)
    where = {"actor": organizer, "slug": slug, "session_id": session_id, "now": now}
    assert (_edit(_LATER, **where), db.session.scalar(sa.select(Event.sequence))) == (0, 0)
