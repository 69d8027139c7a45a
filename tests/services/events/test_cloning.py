"""Cloning: the texts and the programme, but nobody's person, answer or link."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.event_facts import CopyFacts, OccasionFacts
from app.domain.events import EventStatus
from app.domain.programme import AgendaKind, AppointmentRole
from app.models.directory import Sector
from app.models.events import Event, Occasion, Side
from app.models.invitations import Invitation
from app.models.people import Person
from app.models.programme import AgendaItem, Appointment, Session
from app.models.registrations import Delegate
from app.services.events import cloning
from app.services.transaction import unit_of_work
from tests.roundtables import SCHEDULE, add_session, get, invite, publish, store_directory

_STARTS = datetime(2027, 10, 27, 7, 30, tzinfo=UTC)
_TITLES = {"vi": "Tọa đàm năm sau", "en": "Next year's roundtable"}


@pytest.fixture(autouse=True)
def _directory(context):
    store_directory()


@pytest.fixture
def original(organizer, now):
    slug = publish(
        organizer,
        now,
        purposes={"vi": "Kết nối"},
        sectors=("FTA",),
        occasions=(OccasionFacts(labels={"vi": "20 năm"}, years=20),),
        join_url="https://meet.example/1",
        public_notes={"vi": "Đổi giờ"},
        deadline_date=date(2027, 10, 20),
        deadline_clock=time(17),
    )
    add_session(slug, organizer, 1, starts_at=_STARTS, capacity=50, join_url="https://meet.example/2")
    invite(slug, organizer, now)
    _add_programme(slug, organizer)
    return slug


def _add_programme(slug, organizer):
    event_id = get(slug, organizer).id
    with unit_of_work() as session:
        row = session.scalars(sa.select(Session)).one()
        row.sectors = [session.get_one(Sector, "ENERGY")]
        side = Side(event_id=event_id, code="VN", names={"vi": "Phía Việt Nam"}, position=1)
        item = AgendaItem(event_id=event_id, session_id=row.id, position=1, kind=AgendaKind.DISCUSSION)
        person = session.scalars(sa.select(Person)).one()
        session.add_all([side, item])
        session.flush()
        session.add(
            Appointment(
                event_id=event_id,
                session_id=row.id,
                agenda_item_id=item.id,
                side_id=side.id,
                position=1,
                role=AppointmentRole.CHAIR,
                person_id=person.id,
                labels={"vi": "Cục Ngoại vụ"},
            )
        )


def test_a_clone_is_a_draft_of_its_own_with_the_texts_of_the_original(organizer, now, original):
    slug = cloning.clone(actor=organizer, slug=original, command=CopyFacts(titles=_TITLES), now=now)
    copy, source = get(slug, organizer), get(original, organizer)
    assert (slug, copy.status, copy.titles) == ("toa-dam-nam-sau", EventStatus.DRAFT, _TITLES)
    assert copy.calendar_uid != source.calendar_uid
    assert (copy.purposes, copy.public_notes, copy.join_url) == (source.purposes, {}, None)
    assert [o.organization.code for o in copy.organizers] == ["LFA"]
    assert [o.years for o in copy.occasions] == [20]
    assert [s.code for s in copy.sectors] == ["FTA"]
    assert [s.code for s in copy.sides] == ["VN"]


def test_a_clone_has_the_programme_without_persons_invitations_and_delegates(organizer, now, original):
    slug = cloning.clone(actor=organizer, slug=original, command=CopyFacts(titles=_TITLES), now=now)
    copy = get(slug, organizer)
    session = db.session.scalars(sa.select(Session).where(Session.event_id == copy.id)).one()
    chair = db.session.scalars(sa.select(Appointment).where(Appointment.event_id == copy.id)).one()
    assert (session.capacity, session.join_url, [s.code for s in session.sectors]) == (50, None, ["ENERGY"])
    assert (chair.role, chair.person_id, chair.labels) == (
        AppointmentRole.CHAIR,
        None,
        {"vi": "Cục Ngoại vụ"},
    )
    assert (chair.session, chair.side) == (session, copy.sides[0])
    assert chair.agenda_item.event_id == copy.id
    for guests in (Invitation, Delegate):
        assert db.session.scalar(sa.select(sa.func.count()).where(guests.event_id == copy.id)) == 0


@pytest.mark.parametrize(
    ("table", "copied", "left"),
    [
        (
            Event,
            cloning._EVENT,
            "titles date starts_at ends_at registration_deadline created_at changed_at search slug "
            "public_notes join_url status is_archive keeps_editions taken sequence calendar_uid revision",
        ),
        (
            Session,
            cloning._SESSION,
            "event_id starts_at ends_at changed_at join_url status taken sequence calendar_uid edition "
            "revision",
        ),
        (AgendaItem, cloning._AGENDA, "event_id session_id starts_at edition revision"),
        (
            Appointment,
            cloning._APPOINTMENT,
            "event_id session_id agenda_item_id side_id person_id edition revision",
        ),
        (Side, cloning._SIDE, "event_id taken revision"),
        (Occasion, cloning._OCCASION, "event_id"),
    ],
)
@pytest.mark.databases("sqlite")
def test_every_column_is_copied_or_left_behind_on_purpose(table, copied, left):
    columns = {attribute.key for attribute in sa.inspect(table).column_attrs} - {"id", "public_id"}
    assert columns == {*copied, *left.split()}


def test_a_clone_with_a_date_is_shifted_and_one_without_has_no_hours(organizer, now, original):
    for day, starts, deadline in (
        (
            date(2028, 10, 25),
            datetime(2028, 10, 25, 7, 30, tzinfo=UTC),
            datetime(2028, 10, 18, 10, tzinfo=UTC),
        ),
        (None, None, None),
    ):
        command = CopyFacts(titles=_TITLES, day=day)
        copy = get(cloning.clone(actor=organizer, slug=original, command=command, now=now), organizer)
        session = db.session.scalars(sa.select(Session).where(Session.event_id == copy.id)).one()
        assert (copy.date, session.starts_at, copy.registration_deadline) == (day, starts, deadline)


def test_a_clone_keeps_the_clock_on_the_wall_across_daylight_saving(organizer, now):
    schedule = replace(SCHEDULE, zone="Europe/Paris")
    slug = publish(organizer, now, schedule=schedule)
    command = CopyFacts(titles=_TITLES, day=date(2027, 11, 10))
    copy = get(cloning.clone(actor=organizer, slug=slug, command=command, now=now), organizer)
    assert copy.starts_at == datetime(2027, 11, 10, 13, tzinfo=UTC)
