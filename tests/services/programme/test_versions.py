"""Versions of the programme: released, compared with what is, told to those whom it concerns."""

import re
from dataclasses import replace
from datetime import date, time
from email import message_from_bytes, policy

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.errors import Conflict, NotAllowed
from app.domain.local_time import Hours
from app.domain.mail import MessageState
from app.domain.programme import AgendaItemDetails, AgendaKind, SessionDetails
from app.domain.registrations import DelegateRole, SeatState
from app.mail import outbox
from app.models.audit import AuditEntry
from app.models.mail import OutboxMessage
from app.models.people import Person
from app.models.programme import Session, at_desk, for_guests
from app.models.programme_versions import ProgrammeVersion
from app.models.registrations import Delegate, Seat
from app.queries import events
from app.services.programme import agenda, sessions, versions
from tests.roundtables import invite, publish, store_directory

_DAY = date(2027, 10, 27)
_FIRST = SessionDetails(titles={"vi": "Phiên 1"}, hours=Hours(day=_DAY, starts=time(14), ends=time(15)))
_SECOND = SessionDetails(titles={"vi": "Phiên 2"}, hours=Hours(day=_DAY, starts=time(15), ends=time(16)))
_NOTE = {"vi": "Phiên 2 bắt đầu muộn hơn.", "en": "Session 2 begins later."}


@pytest.fixture
def slug(context, organizer, now):
    """A published roundtable with two sessions; the province's delegate sits in the first of them."""
    store_directory()
    slug = publish(organizer, now)
    invite(slug, organizer, now)
    for command in (_FIRST, _SECOND):
        sessions.add_session(actor=organizer, slug=slug, command=command, now=now)
    _sit(db.session.scalars(sa.select(Delegate)).one(), _session("Phiên 1"), now)
    return slug


def _session(title):
    rows = db.session.scalars(sa.select(Session).where(for_guests(Session))).all()
    return next(row for row in rows if row.titles["vi"] == title)


def _sit(delegate, block, now):
    seat = {"delegate_id": delegate.id, "session_id": block.id, "created_at": now}
    db.session.add(Seat(**seat, state=SeatState.CONFIRMED))
    db.session.commit()


def _other_delegate(slug, organizer, now, block):
    event_id = events.get(slug, organizer).id
    person = Person(event_id=event_id, full_name="Trần Thị C", sort_name="C", email="c@example.vn")
    known = {"event_id": event_id, "role": DelegateRole.DELEGATE, "state": SeatState.CONFIRMED}
    delegate = Delegate(person=person, request_key="c", registered_at=now, changed_at=now, **known)
    db.session.add(delegate)
    db.session.flush()
    if block:
        _sit(delegate, block, now)
    db.session.commit()


def _planned(title):
    rows = db.session.scalars(sa.select(Session).where(at_desk(Session))).all()
    return next(row for row in rows if row.titles["vi"] == title)


def _edit(slug, organizer, now, title, **facts):
    row, command = _planned(title), _FIRST if title == "Phiên 1" else _SECOND
    act = {"actor": organizer, "slug": slug, "session_id": row.public_id, "now": now}
    return sessions.edit_session(**act, revision=row.revision, command=replace(command, **facts))


def _move(slug, organizer, now, title, starts, ends):
    return _edit(slug, organizer, now, title, hours=Hours(day=_DAY, starts=starts, ends=ends))


def _release(slug, organizer, now, number, **known):
    act = {"actor": organizer, "slug": slug, "number": number, "notes": {}, "tells": True, "now": now}
    return versions.release(**{**act, **known})


def _drafts():
    waiting = sa.select(OutboxMessage).where(OutboxMessage.state == MessageState.DRAFT)
    return db.session.scalars(waiting.order_by(OutboxMessage.id)).all()


def test_the_first_version_is_kept_and_tells_nobody(slug, organizer, now):
    assert _release(slug, organizer, now, 1) == 0
    kept = db.session.scalars(sa.select(ProgrammeVersion)).one()
    assert [line["titles"]["vi"] for line in kept.lines[1:]] == ["Phiên 1", "Phiên 2"]
    assert kept.released_at == now
    assert "programme.release" in db.session.scalars(sa.select(AuditEntry.act)).all()


def test_only_those_in_the_session_that_changed_are_told(slug, organizer, now):
    _other_delegate(slug, organizer, now, _session("Phiên 2"))
    _release(slug, organizer, now, 1)
    _move(slug, organizer, now, "Phiên 2", time(15, 30), time(16, 30))
    assert _drafts() == [], "a move alone is told to nobody: it waits for the release"
    assert _release(slug, organizer, now, 2, notes=_NOTE) == 1
    (letter,) = _drafts()
    assert letter.recipient == "c@example.vn"
    text = message_from_bytes(outbox.content(letter), policy=policy.default).get_body(("plain",))
    assert _NOTE["vi"] in text.get_content()


def test_an_institution_is_told_with_its_delegate(slug, organizer, now):
    _other_delegate(slug, organizer, now, _session("Phiên 2"))
    _release(slug, organizer, now, 1)
    _move(slug, organizer, now, "Phiên 1", time(14, 10), time(15))
    assert _release(slug, organizer, now, 2) == 2
    assert {letter.recipient for letter in _drafts()} == {"qt@example.vn", "b@example.vn"}


def test_who_chose_no_session_sits_in_the_whole_and_is_told(slug, organizer, now):
    _other_delegate(slug, organizer, now, None)
    _release(slug, organizer, now, 1)
    _move(slug, organizer, now, "Phiên 2", time(15, 30), time(16, 30))
    assert _release(slug, organizer, now, 2) == 1
    assert [letter.recipient for letter in _drafts()] == ["c@example.vn"]


def test_other_words_are_told_only_where_that_is_wanted(slug, organizer, now):
    _release(slug, organizer, now, 1)
    _edit(slug, organizer, now, "Phiên 1", room="Phòng 2")
    assert _release(slug, organizer, now, 2, tells=False) == 0
    assert _drafts() == []


def test_other_hours_are_told_in_any_case(slug, organizer, now):
    """Else a guest's calendar would go on showing hours that the page does not show any more."""
    _release(slug, organizer, now, 1)
    _move(slug, organizer, now, "Phiên 1", time(14, 10), time(15))
    assert _release(slug, organizer, now, 2, tells=False) == 2
    assert {letter.recipient for letter in _drafts()} == {"qt@example.vn", "b@example.vn"}


def test_who_waits_for_an_earlier_letter_is_written_to_again(slug, organizer, now):
    """The earlier draft is withdrawn, and with it the only word that the session is called off."""
    _other_delegate(slug, organizer, now, _session("Phiên 2"))
    _release(slug, organizer, now, 1)
    off = _planned("Phiên 1").public_id
    assert sessions.cancel_session(actor=organizer, slug=slug, session_id=off, now=now) == 2
    _move(slug, organizer, now, "Phiên 2", time(15, 30), time(16, 30))
    assert _release(slug, organizer, now, 2) == 3


def test_a_link_that_changes_is_told_at_once(slug, organizer, now):
    _other_delegate(slug, organizer, now, _session("Phiên 2"))
    link = "https://zoom.example/j/1"
    _edit(slug, organizer, now, "Phiên 2", join_url=link)
    assert len(_drafts()) == 3, "before the first release everybody"
    _release(slug, organizer, now, 1)
    _edit(slug, organizer, now, "Phiên 1", join_url=link)
    assert _session("Phiên 1").join_url == link


def test_a_version_in_which_nothing_changed_is_refused(slug, organizer, now):
    _release(slug, organizer, now, 1)
    with pytest.raises(Conflict, match="version_unchanged"):
        _release(slug, organizer, now, 2)


def test_of_two_officers_who_release_the_second_is_refused(slug, organizer, now):
    _release(slug, organizer, now, 1)
    _move(slug, organizer, now, "Phiên 1", time(14, 10), time(15))
    with pytest.raises(Conflict, match="changed_meanwhile"):
        _release(slug, organizer, now, 1)


def test_a_reader_releases_nothing(slug, colleague, now):
    with pytest.raises(NotAllowed):
        _release(slug, colleague, now, 1)


def test_the_desk_shows_what_changed_and_whom_it_concerns(slug, organizer, organizer_client, now):
    _other_delegate(slug, organizer, now, _session("Phiên 2"))
    path = f"/organizer/events/{slug}/programme/versions"
    assert organizer_client.post(path, data={"number": "1"}).status_code == 303
    assert 'name="number"' not in organizer_client.get(path).text, "nothing has changed"
    _move(slug, organizer, now, "Phiên 2", time(15, 30), time(16, 30))
    item = AgendaItemDetails(kind=AgendaKind.DISCUSSION, session=_planned("Phiên 2").public_id)
    agenda.add_item(actor=organizer, slug=slug, command=item, now=now)
    page = " ".join(organizer_client.get(f"{path}?lang=vi").text.split())
    assert "đổi giờ" in page
    assert re.search(r"Thảo luận <span[^>]*>· Phiên 2</span>", page)
    assert "15:00–16:00 Hà Nội (GMT+7)" in page
    assert "15:30–16:30 Hà Nội (GMT+7)" in page
    assert "Những người liên quan: 0 cơ quan, 1 đại biểu; tổng số: 1 cơ quan, 2 đại biểu." in page
    assert re.findall(r'name="number"[^>]*value="(\d+)"', page) == ["2"]
    sent = {"number": "2", "notes-vi": _NOTE["vi"], "tells": "y"}
    assert organizer_client.post(path, data=sent).status_code == 303
    refused = organizer_client.post(path, data=sent)
    assert (refused.status_code, len(_drafts())) == (422, 1)


def test_the_public_page_says_number_and_note_of_the_released_version(slug, organizer, client, now):
    assert "phiên bản" not in client.get(f"/events/{slug}?lang=vi").text
    _release(slug, organizer, now, 1, notes=_NOTE)
    page = client.get(f"/events/{slug}?lang=vi").text
    assert "Chương trình phiên bản 1, phát hành 01/09/2027 09:00" in page
    assert _NOTE["vi"] in page
