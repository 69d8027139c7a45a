"""The agenda: points in their order, of a session or of the event as a whole."""

from datetime import UTC, datetime, time

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.errors import InvalidInput
from app.domain.programme import (
    AgendaItemDetails,
    AgendaKind,
    AppointmentDetails,
    AppointmentRole,
    Interpretation,
    SessionDetails,
)
from app.models.events import Event
from app.models.programme import AgendaItem, Appointment
from app.queries import programme as reads
from app.services.programme import agenda, appointments, sessions
from tests.programme import make_directory, make_event

_SEED = (AgendaKind.OPENING_REMARKS, AgendaKind.PRESENTATION, AgendaKind.DISCUSSION, AgendaKind.PROPOSALS)


@pytest.fixture
def act(context, organizer, now):
    make_directory()
    make_event()

    def do(use_case, slug="toa-dam", **arguments):
        return use_case(actor=organizer, slug=slug, now=now, **arguments)

    return do


@pytest.fixture
def items(act):
    return [act(agenda.add_item, command=AgendaItemDetails(kind=kind)) for kind in _SEED]


def _kinds():
    event = db.session.scalars(sa.select(Event)).one()
    return [point.item.kind for point in reads.get_programme(event).agenda]


def _item(public_id):
    return db.session.scalars(sa.select(AgendaItem).where(AgendaItem.public_id == public_id)).one()


def test_a31_the_agenda_goes_from_the_opening_to_the_proposals(items):
    assert _kinds() == list(_SEED)


def test_the_order_of_the_agenda_can_be_changed(act, items):
    act(agenda.move_item, item_id=items[3], places=-1)
    assert _kinds() == [_SEED[0], _SEED[1], _SEED[3], _SEED[2]]
    act(agenda.remove_item, item_id=items[0])
    assert [_item(key).position for key in (items[1], items[3], items[2])] == [1, 2, 3]


def test_an_item_goes_to_another_session_with_its_speakers(act, items):
    session = act(sessions.add_session, command=SessionDetails(titles={"vi": "Phiên 1"}))
    speaker = AppointmentDetails(role=AppointmentRole.SPEAKER, agenda_item=items[1], organization="VN-25")
    act(appointments.appoint, command=speaker)
    act(
        agenda.edit_item,
        item_id=items[1],
        revision=_item(items[1]).revision,
        command=AgendaItemDetails(kind=AgendaKind.PRESENTATION, session=session),
    )
    moved = db.session.scalars(sa.select(Appointment)).one()
    assert (moved.session.public_id, _item(items[1]).position, _item(items[2]).position) == (session, 1, 2)


def test_a_removed_item_leaves_its_speaker_in_the_programme(act, items):
    for organization in ("VN-25", ""):
        labels = {} if organization else {"vi": "một địa phương"}
        place = AppointmentDetails(
            role=AppointmentRole.SPEAKER, agenda_item=items[1], organization=organization, labels=labels
        )
        act(appointments.appoint, command=place)
    act(agenda.remove_item, item_id=items[1])
    left = db.session.scalars(sa.select(Appointment)).all()
    assert [(a.agenda_item_id, bool(a.organization), a.labels) for a in left] == [
        (None, True, {}),
        (None, False, {"vi": "một địa phương"}),
    ]


def test_the_clock_of_an_item_stands_on_the_day_of_the_event(act):
    key = act(
        agenda.add_item, command=AgendaItemDetails(kind=AgendaKind.BREAK, starts=time(15, 30), minutes=15)
    )
    assert (_item(key).starts_at, _item(key).minutes) == (datetime(2027, 10, 27, 8, 30, tzinfo=UTC), 15)


def test_b30_without_a_day_an_item_has_no_clock(act):
    make_event("no-date", date=None, starts_at=None, ends_at=None)
    with pytest.raises(InvalidInput) as refusal:
        act(
            agenda.add_item,
            slug="no-date",
            command=AgendaItemDetails(kind=AgendaKind.BREAK, starts=time(15)),
        )
    assert (refusal.value.code, refusal.value.field) == ("event_day_missing", "starts")


def _clocks(*keys):
    return [starts and f"{starts:%H:%M}" for starts in (_item(key).starts_at for key in keys)]


def _timed(act, *starts, minutes=10, **known):
    details = {"kind": AgendaKind.PRESENTATION, "minutes": minutes, **known}
    return [act(agenda.add_item, command=AgendaItemDetails(**details, starts=at)) for at in starts]


def test_items_that_follow_move_along_when_it_is_wanted(act):
    keys = _timed(act, time(14), time(14, 10), None, time(14, 40))
    longer = AgendaItemDetails(
        kind=AgendaKind.PRESENTATION, starts=time(14, 15), minutes=15, moves_following=True
    )
    act(agenda.edit_item, item_id=keys[1], revision=_item(keys[1]).revision, command=longer)
    assert _clocks(*keys) == ["07:00", "07:15", None, "07:50"]


def test_items_that_follow_stay_where_nobody_moves_them(act):
    keys = _timed(act, time(14), time(14, 10))
    longer = AgendaItemDetails(kind=AgendaKind.PRESENTATION, starts=time(14), minutes=30)
    act(agenda.edit_item, item_id=keys[0], revision=_item(keys[0]).revision, command=longer)
    assert _clocks(*keys) == ["07:00", "07:10"]


def test_consecutive_interpretation_delays_what_follows_by_twice_the_speech(act):
    db.session.scalars(sa.select(Event)).one().interpretation = Interpretation.CONSECUTIVE
    db.session.commit()
    keys = _timed(act, time(14), time(14, 20))
    longer = AgendaItemDetails(
        kind=AgendaKind.PRESENTATION, starts=time(14), minutes=15, moves_following=True
    )
    act(agenda.edit_item, item_id=keys[0], revision=_item(keys[0]).revision, command=longer)
    assert _clocks(*keys) == ["07:00", "07:30"]


def test_an_item_is_put_at_its_place_and_keeps_its_hour(act, items):
    act(agenda.place_item, item_id=items[0], place=3)
    assert _kinds() == [_SEED[1], _SEED[2], _SEED[0], _SEED[3]]
    act(agenda.place_item, item_id=items[0], place=99)
    assert _kinds() == [_SEED[1], _SEED[2], _SEED[3], _SEED[0]]
