"""Sessions: in their order, with or without hours, never taken from under somebody."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.directory import OrganizationKind
from app.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.domain.local_time import Hours
from app.domain.programme import AgendaItemDetails, AgendaKind, SessionDetails, SessionStatus
from app.domain.registrations import DelegateRole, SeatState
from app.models.audit import AuditEntry
from app.models.directory import Sector
from app.models.events import Event
from app.models.people import Person
from app.models.programme import AgendaItem, Session
from app.models.registrations import Delegate, Seat
from app.queries import programme as reads
from app.services.programme import agenda, sessions
from tests.programme import make_event

_FIRST = SessionDetails(titles={"vi": "Kết nối vì phát triển", "ru": "Взаимодействие ради развития"})
_SECOND = SessionDetails(titles={"vi": "Hợp tác đầu tư và thương mại"})
_HOURS = Hours(day=date(2027, 10, 27), starts=time(14), ends=time(15, 30))


@pytest.fixture
def event(context):
    return make_event()


@pytest.fixture
def add(event, organizer, now):
    def act(command):
        return sessions.add_session(actor=organizer, slug="toa-dam", command=command, now=now)

    return act


def _titles():
    return [row.titles["vi"] for row in reads.list_sessions(db.session.scalars(sa.select(Event)).one())]


def _row(public_id):
    return db.session.scalars(sa.select(Session).where(Session.public_id == public_id)).one()


def test_b13_a_session_has_its_own_title_order_and_calendar_identity(add):
    first, second = (_row(add(command)) for command in (_FIRST, _SECOND))
    assert [first.position, second.position] == [1, 2]
    assert first.titles["ru"] == "Взаимодействие ради развития"
    assert first.calendar_uid != second.calendar_uid


def test_b19_the_order_is_kept_when_times_are_empty(add, organizer, now):
    first, _ = add(_FIRST), add(_SECOND)
    assert _titles() == ["Kết nối vì phát triển", "Hợp tác đầu tư và thương mại"]
    sessions.move_session(actor=organizer, slug="toa-dam", session_id=first, places=1, now=now)
    assert _titles() == ["Hợp tác đầu tư và thương mại", "Kết nối vì phát triển"]
    assert (_row(first).position, _row(first).starts_at) == (2, None)


def test_b20_a_session_keeps_the_kinds_it_admits(add):
    kinds = (OrganizationKind.ENTERPRISE, OrganizationKind.CORPORATION)
    assert _row(add(replace(_SECOND, admitted_kinds=kinds))).admitted_kinds == ["enterprise", "corporation"]


def test_b22_a_session_can_belong_to_a_sector(add):
    db.session.add(Sector(code="FTA", position=1, names={"vi": "FTA"}))
    db.session.commit()
    assert [sector.code for sector in _row(add(replace(_SECOND, sectors=("FTA",)))).sectors] == ["FTA"]


def test_hours_are_typed_in_the_zone_of_the_event(add):
    row = _row(add(replace(_FIRST, hours=_HOURS)))
    assert row.starts_at == datetime(2027, 10, 27, 7, tzinfo=UTC)
    assert row.ends_at == datetime(2027, 10, 27, 8, 30, tzinfo=UTC)


def test_moving_the_hours_raises_the_sequence_and_takes_the_agenda_along(add, organizer, now):
    public_id = add(replace(_FIRST, hours=_HOURS))
    agenda.add_item(
        actor=organizer,
        slug="toa-dam",
        command=AgendaItemDetails(kind=AgendaKind.DISCUSSION, session=public_id, starts=time(14, 45)),
        now=now,
    )
    later = replace(_FIRST, hours=replace(_HOURS, starts=time(15), ends=time(16)))
    _edit(organizer, public_id, later, now)
    assert _row(public_id).sequence == 1
    item = db.session.scalars(sa.select(AgendaItem)).one()
    assert item.starts_at == datetime(2027, 10, 27, 8, 45, tzinfo=UTC)


def test_an_edit_of_words_leaves_the_sequence(add, organizer, now):
    public_id = add(replace(_FIRST, hours=_HOURS))
    _edit(organizer, public_id, replace(_SECOND, hours=_HOURS, room="Phòng 2"), now)
    assert (_row(public_id).sequence, _row(public_id).titles) == (0, dict(_SECOND.titles))


def test_a_new_link_and_a_new_status_raise_the_sequence(add, organizer, now):
    public_id = add(_FIRST)
    _edit(organizer, public_id, replace(_FIRST, join_url="https://meet.example/1"), now)
    assert _row(public_id).sequence == 1
    for _ in range(2):  # the second time changes nothing
        sessions.cancel_session(actor=organizer, slug="toa-dam", session_id=public_id, now=now)
    assert (_row(public_id).sequence, _row(public_id).status) == (2, SessionStatus.CANCELLED)
    sessions.restore_session(actor=organizer, slug="toa-dam", session_id=public_id, now=now)
    assert (_row(public_id).sequence, _row(public_id).status) == (3, SessionStatus.PLANNED)


def test_two_colleagues_do_not_overwrite_each_other(add, organizer, now):
    public_id = add(_FIRST)
    _edit(organizer, public_id, _SECOND, now)
    with pytest.raises(Conflict) as refusal:
        _edit(organizer, public_id, _FIRST, now, revision=1)
    assert refusal.value.code == "changed_meanwhile"
    assert _row(public_id).titles == dict(_SECOND.titles)


def test_moving_a_session_does_not_disturb_who_edits_it(add, organizer, now):
    public_id, _ = add(_FIRST), add(_SECOND)
    sessions.move_session(actor=organizer, slug="toa-dam", session_id=public_id, places=1, now=now)
    assert _row(public_id).revision == 1


def test_a_session_with_seats_is_called_off_not_deleted(add, event, organizer, now):
    public_id = add(_FIRST)
    _seat(event, _row(public_id), now)
    with pytest.raises(Conflict) as refusal:
        sessions.delete_session(actor=organizer, slug="toa-dam", session_id=public_id, now=now)
    assert (refusal.value.code, refusal.value.params) == ("session_has_seats", {"seats": 1})


def test_deleting_a_session_closes_the_gap_in_the_numbers(add, organizer, now):
    first, second = add(_FIRST), add(_SECOND)
    sessions.delete_session(actor=organizer, slug="toa-dam", session_id=first, now=now)
    assert [row.position for row in db.session.scalars(sa.select(Session))] == [1]
    assert _row(second).titles == dict(_SECOND.titles)


def test_capacity_cannot_fall_below_the_seats_that_are_taken(add, organizer, now):
    public_id = add(replace(_FIRST, capacity=10))
    db.session.execute(sa.update(Session).values(taken=8))
    db.session.commit()
    with pytest.raises(InvalidInput) as refusal:
        _edit(organizer, public_id, replace(_FIRST, capacity=7), now)
    assert refusal.value.field == "capacity"


def test_more_room_goes_to_those_who_wait(add, event, organizer, now):
    public_id = add(replace(_FIRST, capacity=0))
    _seat(event, _row(public_id), now, SeatState.WAITING)
    _edit(organizer, public_id, replace(_FIRST, capacity=1), now)
    assert db.session.scalars(sa.select(Seat.state)).all() == [SeatState.CONFIRMED]
    assert _row(public_id).taken == 1


def test_a_session_of_another_event_is_not_found(add, organizer, now):
    make_event("other")
    public_id = add(_FIRST)
    with pytest.raises(NotFound):
        sessions.cancel_session(actor=organizer, slug="other", session_id=public_id, now=now)


def test_a_colleague_who_may_only_read_changes_nothing(event, colleague, now):
    with pytest.raises(NotAllowed):
        sessions.add_session(actor=colleague, slug="toa-dam", command=_FIRST, now=now)


def test_every_act_is_in_the_history_of_the_event(add, organizer, now):
    public_id = add(_FIRST)
    sessions.cancel_session(actor=organizer, slug="toa-dam", session_id=public_id, now=now)
    of_events = sa.select(AuditEntry).where(AuditEntry.event_id.is_not(None))
    entries = db.session.scalars(of_events.order_by(AuditEntry.id)).all()
    assert [(entry.act, entry.subject_name) for entry in entries] == [
        ("session.add", "Kết nối vì phát triển"),
        ("session.cancel", "Kết nối vì phát triển"),
    ]


def _edit(actor, public_id, command, now, revision=None):
    sessions.edit_session(
        actor=actor,
        slug="toa-dam",
        session_id=public_id,
        revision=revision or _row(public_id).revision,
        command=command,
        now=now,
    )


def _seat(event, session, now, state=SeatState.CONFIRMED):
    person = Person(event_id=event.id, full_name="Nguyễn Văn A", sort_name="A Nguyễn Văn")
    delegate = Delegate(
        event=event,
        person=person,
        role=DelegateRole.DELEGATE,
        state=SeatState.CONFIRMED,
        request_key="one",
        registered_at=now,
        changed_at=now,
    )
    db.session.add(Seat(delegate=delegate, session=session, state=state, created_at=now))
    db.session.commit()


def _three(add):
    day = date(2027, 10, 27)
    hours = [(time(14), time(15)), (time(15), time(16)), (time(16), time(17))]
    return [add(replace(_SECOND, hours=Hours(day=day, starts=s, ends=e))) for s, e in hours]


def _lengthen(key, organizer, now, **known):
    hours = Hours(day=date(2027, 10, 27), starts=time(14), ends=time(15, 20))
    command = replace(_SECOND, hours=hours, **known)
    act = {"actor": organizer, "slug": "toa-dam", "now": now, "revision": _row(key).revision}
    return sessions.edit_session(**act, session_id=key, command=command)


def test_sessions_that_follow_move_along_with_their_agenda_when_it_is_wanted(add, organizer, now):
    keys = _three(add)
    item = AgendaItemDetails(kind=AgendaKind.BREAK, session=keys[1], starts=time(15, 30))
    agenda.add_item(actor=organizer, slug="toa-dam", command=item, now=now)
    _lengthen(keys[0], organizer, now, moves_following=True)
    assert [f"{_row(key).starts_at:%H:%M}-{_row(key).ends_at:%H:%M}" for key in keys] == [
        "07:00-08:20",
        "08:20-09:20",
        "09:20-10:20",
    ]
    assert [_row(key).sequence for key in keys] == [1, 1, 1]
    assert f"{db.session.scalars(sa.select(AgendaItem)).one().starts_at:%H:%M}" == "08:50"


def test_sessions_that_follow_stay_where_nobody_moves_them(add, organizer, now):
    keys = _three(add)
    _lengthen(keys[0], organizer, now)
    assert [f"{_row(key).starts_at:%H:%M}" for key in keys] == ["07:00", "08:00", "09:00"]
    assert _row(keys[2]).sequence == 0
