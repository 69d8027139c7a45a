"""Guests keep the programme that was released, and the desk plans on (decision 14)."""

from dataclasses import replace
from datetime import date, time, timedelta

import icalendar
import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.errors import Conflict, InvalidInput
from app.domain.event_facts import CopyFacts, NewDate
from app.domain.event_times import Schedule
from app.domain.local_time import Hours
from app.domain.people import PersonDetails
from app.domain.programme import (
    AgendaItemDetails,
    AgendaKind,
    AppointmentDetails,
    AppointmentRole,
    SessionDetails,
    SessionStatus,
)
from app.domain.registrations import ReplaceDelegate
from app.domain.speaking import AnswerToSpeaker, AskToSpeak
from app.models.audit import AuditEntry
from app.models.invitations import Invitation
from app.models.people import Person
from app.models.programme import Appointment
from app.models.speaking import SpeakingRequest
from app.queries import events, open_registration, programme, programme_versions
from app.services.events import calling_off, cloning
from app.services.programme import agenda, appointments, sessions, speaking, versions
from app.services.registrations import replace as replacing
from tests.registration_rows import FOCAL_POINT, get_delegate, register_one
from tests.roundtables import invite, publish, store_directory

_DAY = date(2027, 10, 27)
_FIRST = SessionDetails(
    titles={"vi": "Phiên một", "en": "First"}, hours=Hours(day=_DAY, starts=time(14), ends=time(15))
)
_SECOND = replace(
    _FIRST, titles={"vi": "Phiên hai", "en": "Second"}, hours=Hours(day=_DAY, starts=time(15), ends=time(16))
)
_LATER = replace(_FIRST, hours=Hours(day=_DAY, starts=time(14, 20), ends=time(15)))


class Desk:
    """The desk of one published roundtable with two sessions, one agenda item and one speaker."""

    def __init__(self, organizer, now):
        self.slug = publish(organizer, now)
        self.act = {"actor": organizer, "slug": self.slug, "now": now}
        self.now = now
        self.first = sessions.add_session(**self.act, command=_FIRST)
        self.second = sessions.add_session(**self.act, command=_SECOND)
        talk = AgendaItemDetails(kind=AgendaKind.PRESENTATION, session=self.first, minutes=20)
        self.talk = agenda.add_item(**self.act, command=talk)
        place = AppointmentDetails(
            role=AppointmentRole.SPEAKER, agenda_item=self.talk, labels={"vi": "Viện Năng lượng"}
        )
        self.speaker = appointments.appoint(**self.act, command=place)

    @property
    def event(self):
        db.session.rollback()
        return events.get(self.slug, self.act["actor"])

    def edit(self, session_id, command):
        revision = programme.get_session(self.event, session_id).revision
        return sessions.edit_session(**self.act, session_id=session_id, revision=revision, command=command)

    def release(self, number, **known):
        return versions.release(**self.act, number=number, **{"notes": {}, "tells": True, **known})

    def guests(self):
        """Return what guests read, line by line."""
        return programme_versions.present_lines(programme.get_programme(self.event))

    def plan(self):
        return programme_versions.present_lines(programme.get_plan(self.event))

    def waiting(self):
        return programme_versions.count_waiting(self.event)


def _province(desk, organizer=None, now=None):
    """Return the invitation of the province, which is sent out first where `organizer` says so."""
    if organizer:
        invite(desk.slug, organizer, now)
    db.session.rollback()
    return db.session.scalars(sa.select(Invitation)).one()


@pytest.fixture
def desk(context, organizer, now):
    store_directory()
    return Desk(organizer, now)


def test_before_the_first_release_guests_read_every_change_at_once(desk):
    desk.edit(desk.first, _LATER)
    assert desk.guests() == desk.plan()
    assert desk.waiting() == 0
    assert [block.session.starts_at.minute for block in programme.get_programme(desk.event).sessions] == [
        20,
        0,
    ]


def test_after_it_no_act_of_the_desk_reaches_them_until_the_next(desk):
    desk.release(1)
    known = desk.guests()
    assert known == desk.plan()
    assert desk.edit(desk.first, replace(_LATER, titles={"vi": "Tên khác"})) == 0
    sessions.move_session(**desk.act, session_id=desk.second, places=-1)
    sessions.add_session(**desk.act, command=replace(_SECOND, titles={"vi": "Phiên ba"}))
    agenda.add_item(
        **desk.act, command=AgendaItemDetails(kind=AgendaKind.BREAK, session=desk.first, minutes=5)
    )
    agenda.move_item(**desk.act, item_id=desk.talk, places=1)
    name = PersonDetails(full_name="Nguyễn Văn A")
    appointments.name_person(**desk.act, appointment_id=desk.speaker, command=name)
    assert desk.guests() == known
    assert desk.plan() != known
    assert desk.waiting() > 0
    desk.release(2)
    assert desk.guests() == desk.plan()
    assert desk.waiting() == 0


def test_texts_that_no_line_shows_wait_and_are_released_too(desk):
    desk.release(1)
    desk.edit(desk.first, replace(_FIRST, summaries={"vi": "Tóm tắt"}, languages=("vi", "ru")))
    assert desk.waiting() == 1
    assert not any(block.session.summaries for block in programme.get_programme(desk.event).sessions)
    desk.release(2)
    assert programme.get_programme(desk.event).sessions[0].session.summaries == {"vi": "Tóm tắt"}


def test_a_new_session_can_be_chosen_from_its_release_on(desk, organizer, now):
    desk.release(1)
    new = sessions.add_session(**desk.act, command=replace(_SECOND, titles={"vi": "Phiên ba"}))
    invitation = _province(desk, organizer, now)
    with pytest.raises(InvalidInput, match="session_unknown"):
        register_one(invitation, now, "Lê Văn B", email="lb@example.vn", sessions=(new,))
    assert [row.public_id for row in desk.event.sessions] == [desk.first, desk.second]
    desk.release(2)
    assert register_one(_province(desk), now, "Lê Văn B", email="lb@example.vn", sessions=(new,))


def test_who_registers_alone_is_offered_what_was_released(desk):
    desk.release(1)
    desk.edit(desk.first, _LATER)
    sessions.add_session(**desk.act, command=replace(_SECOND, titles={"vi": "Phiên ba"}))
    event = desk.event
    event.admits_open_registration = True
    _, offered = open_registration.get_open_event(desk.slug)
    assert [(row.public_id, row.starts_at.minute) for row in offered] == [(desk.first, 0), (desk.second, 0)]


def test_seats_and_link_hold_at_once(desk, organizer, now):
    desk.release(1)
    invitation = _province(desk, organizer, now)
    register_one(invitation, now, "Lê Văn B", email="lb@example.vn", sessions=(desk.first,))
    link = "https://zoom.example/j/7"
    desk.edit(desk.first, replace(_LATER, capacity=3, join_url=link))
    (known, _) = desk.event.sessions
    assert (known.capacity, known.taken, known.join_url, known.starts_at.minute) == (3, 1, link, 0)
    block = programme.get_plan(desk.event).sessions[0]
    assert (block.taken, block.session.capacity) == (1, 3)
    with pytest.raises(InvalidInput, match="capacity_below_taken"):
        desk.edit(desk.first, replace(_LATER, capacity=0))


def test_calling_off_waits_for_no_release(desk):
    desk.release(1)
    desk.edit(desk.first, _LATER)
    sessions.cancel_session(**desk.act, session_id=desk.first)
    (known, _) = desk.event.sessions
    assert (known.status, known.starts_at.minute) == (SessionStatus.CANCELLED, 0)
    sessions.restore_session(**desk.act, session_id=desk.first)
    assert desk.event.sessions[0].status is SessionStatus.PLANNED
    assert desk.waiting() == 1, "the hours still wait"


def test_a_deleted_session_goes_with_the_release(desk):
    desk.release(1)
    sessions.delete_session(**desk.act, session_id=desk.second)
    assert len(desk.event.sessions) == 2
    desk.release(2)
    assert [row.public_id for row in desk.event.sessions] == [desk.first]


def test_a_deleted_session_in_which_somebody_sits_by_then_is_called_off(desk, organizer, now):
    desk.release(1)
    sessions.delete_session(**desk.act, session_id=desk.second)
    invitation = _province(desk, organizer, now)
    register_one(invitation, now, "Lê Văn B", email="lb@example.vn", sessions=(desk.second,))
    assert desk.release(2) >= 1, "he is told"
    assert [row.status for row in desk.event.sessions] == [SessionStatus.PLANNED, SessionStatus.CANCELLED]
    assert desk.waiting() == 0
    with pytest.raises(Conflict, match="session_has_seats"):
        sessions.delete_session(**desk.act, session_id=desk.second)


def test_a_moved_event_takes_both_along_so_that_nothing_more_waits(desk):
    desk.release(1)
    desk.edit(desk.first, _LATER)
    later = Schedule(day=_DAY + timedelta(days=7), starts=time(14), ends=time(17), zone="Asia/Ho_Chi_Minh")
    calling_off.move(**desk.act, command=NewDate(schedule=later))
    known, planned = desk.event.sessions[0], programme.get_plan(desk.event).sessions[0].session
    assert planned.starts_at - known.starts_at == timedelta(minutes=20)
    assert known.starts_at.day == _DAY.day + 7 - 31
    assert desk.waiting() == 1


def test_files_and_feeds_stay_to_the_byte_until_the_release(desk, client):
    desk.release(1)
    addresses = [f"/events/{desk.slug}.ics", f"/events/{desk.slug}/sessions/1.ics"]
    before = [client.get(address).data for address in addresses]
    desk.edit(desk.first, replace(_LATER, titles={"vi": "Tên khác", "en": "Another name"}))
    assert [client.get(address).data for address in addresses] == before
    desk.release(2)
    (entry,) = icalendar.Calendar.from_ical(client.get(addresses[1]).data).walk("VEVENT")
    assert (entry.start.minute, entry["SEQUENCE"]) == (20, 1)


def test_the_public_page_its_data_and_letters_say_what_was_released(desk, client):
    desk.release(1)
    desk.edit(desk.first, replace(_LATER, titles={"vi": "Tên khác"}))
    page = client.get(f"/events/{desk.slug}?lang=vi").text
    assert "Phiên một" in page
    assert "Tên khác" not in page
    assert "14:20" not in page
    desk.release(2)
    page = client.get(f"/events/{desk.slug}?lang=vi").text
    assert "Phiên một" not in page
    assert "Tên khác" in page


def test_the_desk_says_how_many_changes_wait(desk, organizer_client):
    path = f"/organizer/events/{desk.slug}/programme"
    desk.release(1)
    assert "chưa phát hành" not in organizer_client.get(f"{path}?lang=vi").text
    desk.edit(desk.first, _LATER)
    sessions.move_session(**desk.act, session_id=desk.second, places=-1)
    page = organizer_client.get(f"{path}?lang=vi").text
    assert "2 thay đổi chưa phát hành" in page
    assert f"{path}/versions" in page


def test_who_lets_a_place_go_leaves_both_and_is_forgotten_with_the_last(desk):
    name = PersonDetails(full_name="Nguyễn Văn A")
    appointments.name_person(**desk.act, appointment_id=desk.speaker, command=name)
    desk.release(1)
    appointments.release_person(**desk.act, appointment_id=desk.speaker)
    assert "Nguyễn Văn A" in str(desk.guests())
    desk.release(2)
    assert "Nguyễn Văn A" not in str(desk.guests())
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 0


def test_a_speaker_who_got_the_floor_stands_there_from_the_release_on(desk, organizer, now):
    desk.release(1)
    invitation = _province(desk, organizer, now)
    asked = AskToSpeak(session=desk.first, topics={"vi": "Cửa khẩu"}, minutes=10)
    speaking.ask_for_institution(actor=FOCAL_POINT, invitation=invitation, command=asked, now=now)
    request = db.session.scalars(sa.select(SpeakingRequest)).one()
    speaking.answer(actor=organizer, request=request, command=AnswerToSpeaker(accepts=True), now=now)
    assert "Quảng Trị" not in str(desk.guests())
    assert "Quảng Trị" in str(desk.plan())
    desk.release(2)
    assert "Quảng Trị" in str(desk.guests())


def test_a_successor_speaks_at_once_and_is_recorded_once(desk, organizer, now):
    delegate = register_one(_province(desk, organizer, now), now, "Lê Văn B", email="lb@example.vn")
    place = AppointmentDetails(role=AppointmentRole.SPEAKER, person=delegate.person.public_id)
    appointments.appoint(**desk.act, command=place)
    desk.release(1)
    command = ReplaceDelegate(
        person=PersonDetails(full_name="Phạm Thị Mới", email="moi@example.vn"),
        is_substitute=False,
        request_key="r1",
        revision=get_delegate(delegate.public_id).revision,
    )
    held = get_delegate(delegate.public_id)
    replacing.replace_delegate(actor=FOCAL_POINT, delegate=held, command=command, now=now)
    assert "Phạm Thị Mới" in str(desk.guests())
    assert "Phạm Thị Mới" in str(desk.plan())
    assert desk.waiting() == 0
    recorded = sa.select(sa.func.count()).where(AuditEntry.act == "appointment.name")
    assert db.session.scalar(recorded) == 1


def test_a_copy_of_the_event_is_made_of_what_is_planned(desk, organizer):
    desk.release(1)
    desk.edit(desk.first, replace(_LATER, titles={"vi": "Tên khác"}))
    slug = cloning.clone(**desk.act, command=CopyFacts(titles={"vi": "Bản sao"}))
    copy = events.get(slug, organizer)
    assert [row.titles["vi"] for row in copy.sessions] == ["Tên khác", "Phiên hai"]
    of_it = sa.select(sa.func.count()).where(Appointment.event_id == copy.id)
    assert db.session.scalar(of_it) == 1
