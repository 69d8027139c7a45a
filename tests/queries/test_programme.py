"""The programme is read in a constant number of statements."""

from datetime import time

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.clashes import WarningCode
from app.domain.events import EventStatus
from app.domain.invitations import InvitationState
from app.domain.local_time import Hours
from app.domain.people import PersonDetails
from app.domain.programme import (
    AgendaItemDetails,
    AgendaKind,
    AppointmentDetails,
    AppointmentRole,
    SessionDetails,
    SideDetails,
)
from app.models.events import Event
from app.models.invitations import Invitation
from app.queries import clashes, programme
from app.services.programme import agenda, appointments, sessions, sides
from tests.programme import make_directory, make_event


@pytest.fixture
def act(context, organizer, now):
    def do(use_case, slug="toa-dam", **arguments):
        return use_case(actor=organizer, slug=slug, now=now, **arguments)

    return do


@pytest.fixture
def directory(context):
    return make_directory()


def _fill(act, number, slug="toa-dam", **facts):
    """Add a session with an agenda item and two speakers, one named."""
    hours = Hours(day=_event(slug).date, **facts)
    details = SessionDetails(titles={"vi": f"Phiên {number}"}, hours=hours, room="Phòng 1")
    session = act(sessions.add_session, slug, command=details)
    item = act(
        agenda.add_item, slug, command=AgendaItemDetails(kind=AgendaKind.PRESENTATION, session=session)
    )
    for code in ("DLFA", "EMB-LA-HAN"):
        place = AppointmentDetails(role=AppointmentRole.SPEAKER, agenda_item=item, organization=code)
        key = act(appointments.appoint, slug, command=place)
    person = PersonDetails(full_name=f"Diễn giả {number}")
    act(appointments.name_person, slug, appointment_id=key, command=person)


def _event(slug="toa-dam"):
    return db.session.scalars(sa.select(Event).where(Event.slug == slug)).one()


def _statements(look):
    seen = []
    db.session.rollback()
    db.session.expunge_all()
    event = _event()

    def note(_connection, _cursor, statement, *_):
        seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    look(event)
    sa.event.remove(db.engine, "before_cursor_execute", note)
    return len([statement for statement in seen if statement.startswith("SELECT")])


def _read_everything(event):
    found = programme.get_programme(event)
    clashes.list_warnings(found)
    for block in found.sessions:
        for point in block.agenda:
            for _, places in point.roles:
                for place in places:
                    assert place.organization.names
                    assert place.organization.parent is None or place.organization.parent.names
                    assert place.person is None or place.person.organization.names


def test_the_programme_takes_as_many_statements_for_three_sessions_as_for_one(act, directory):
    make_event()
    _fill(act, 1)
    one = _statements(_read_everything)
    for number in (2, 3):
        _fill(act, number)
    assert _statements(_read_everything) == one <= 12


def test_a30_the_slots_of_a_side_stand_beside_those_who_were_invited(act, directory, now):
    event = make_event()
    side = act(sides.add_side, command=SideDetails(code="VN", names={"vi": "Phía Việt Nam"}))
    for position, code in enumerate(("VN-13", "VN-25", "VASEP"), 1):
        db.session.add(
            Invitation(
                event=event,
                organization=directory[code],
                side=_event().sides[0],
                state=InvitationState.DRAFT,
                position=position,
                quota=3,
                created_at=now,
            )
        )
    db.session.commit()
    act(appointments.reserve, side=side, slots=2)
    command = AppointmentDetails(role=AppointmentRole.SPEAKER, side=side, organization="VN-25")
    act(appointments.appoint, command=command)
    [slots] = programme.get_programme(_event()).slots.values()
    assert (slots.reserved, slots.filled, slots.invited) == (3, 1, 3)


@pytest.mark.parametrize(
    ("status", "codes"),
    [
        (EventStatus.PUBLISHED, [WarningCode.ROOM_TAKEN, WarningCode.ORGANIZATION_OVERLAPS]),
        (EventStatus.CANCELLED, None),
    ],
)
def test_warnings_look_at_other_events_that_take_place(act, directory, status, codes):
    make_event()
    make_event("other", titles={"vi": "Diễn đàn"})
    for slug in ("toa-dam", "other"):
        _fill(act, slug, slug, starts=time(14), ends=time(15))
    db.session.execute(sa.update(Event).where(Event.slug == "other").values(status=status))
    db.session.commit()
    found = programme.get_programme(_event())
    warnings = clashes.list_warnings(found).get(found.sessions[0].session.public_id)
    assert (warnings and [warning.code for warning in warnings]) == codes
    if warnings:
        assert warnings[0].params["event"] == {"vi": "Diễn đàn"}


def test_the_unit_of_a_chair_leads_to_its_ministry(act, directory):
    make_event()
    act(
        appointments.appoint,
        command=AppointmentDetails(role=AppointmentRole.CHAIR, organization="DLFA"),
    )
    [chair] = programme.get_programme(_event()).chairs
    assert [chair.organization.code, chair.organization.parent.code] == ["DLFA", "MOFA-VN"]
