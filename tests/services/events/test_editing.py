"""Creating and editing roundtables."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.errors import Conflict, InvalidInput, NotAllowed
from app.domain.event_facts import OccasionFacts, OtherTitleFacts, RelationLevel
from app.domain.event_times import Schedule
from app.domain.events import EventStatus, Mode, OrganizerRole, PartOfDay
from app.domain.mail import MessageKind, MessageState
from app.domain.registrations import SeatState
from app.models.audit import AuditEntry
from app.models.mail import OutboxMessage
from app.models.programme import Session
from app.models.registrations import Delegate
from app.services.events import editing
from tests.roundtables import (
    SCHEDULE,
    TITLE,
    add_session,
    create,
    facts,
    get,
    invite,
    publish,
    store_directory,
)


@pytest.fixture(autouse=True)
def _directory(context):
    store_directory()


def test_a05_a_date_only_event_is_stored_without_an_invented_hour(organizer, now):
    schedule = Schedule(day=date(2021, 10, 27), part_of_day=PartOfDay.AFTERNOON, zone="Asia/Ho_Chi_Minh")
    event = get(create(organizer, now, schedule=schedule, is_archive=True), organizer)
    assert (event.date, event.part_of_day) == (date(2021, 10, 27), PartOfDay.AFTERNOON)
    assert (event.starts_at, event.ends_at) == (None, None)


def test_a08_an_online_event_needs_no_venue(organizer, now):
    event = get(publish(organizer, now, mode=Mode.ONLINE), organizer)
    assert (event.status, event.mode, event.venues) == (EventStatus.PUBLISHED, Mode.ONLINE, {})


def test_a13_b10_purpose_and_tagline_are_kept_per_language(organizer, now):
    purposes = {"vi": "Kết nối các địa phương", "ru": "Связать регионы"}
    taglines = {"vi": "Lấy người dân, địa phương, doanh nghiệp làm trung tâm"}
    event = get(create(organizer, now, purposes=purposes, taglines=taglines), organizer)
    assert (event.purposes, event.taglines) == (purposes, taglines)


def test_a14_a15_two_anniversaries_are_kept_and_one_may_lie_after_the_event(organizer, now):
    occasions = (
        OccasionFacts(
            years=20,
            labels={"vi": "thiết lập quan hệ Đối tác chiến lược"},
            relation_level=RelationLevel.STRATEGIC_PARTNERSHIP,
            date_from=date(2001, 3, 1),
            date_to=date(2021, 3, 1),
            countries=("VN", "RU"),
        ),
        OccasionFacts(
            years=10,
            labels={"vi": "nâng cấp lên quan hệ Đối tác chiến lược toàn diện"},
            date_from=date(2012, 7, 27),
            date_to=date(2022, 7, 27),
        ),
    )
    schedule = Schedule(day=date(2021, 10, 27))
    event = get(create(organizer, now, occasions=occasions, schedule=schedule, is_archive=True), organizer)
    assert [(o.years, o.date_to) for o in event.occasions] == [
        (20, date(2021, 3, 1)),
        (10, date(2022, 7, 27)),
    ]
    assert event.occasions[1].date_to > event.date
    assert event.occasions[0].countries == ["VN", "RU"]


def test_an_anniversary_that_ends_before_it_begins_is_refused(organizer, now):
    occasion = OccasionFacts(labels={"vi": "x"}, date_from=date(2021, 1, 1), date_to=date(2020, 1, 1))
    with pytest.raises(InvalidInput) as refusal:
        create(organizer, now, occasions=(occasion,))
    assert (refusal.value.code, refusal.value.field) == ("occasion_dates", "occasions")


def test_a36_organizers_are_found_by_name_code_or_choice_from_the_list(organizer, now):
    slug = create(organizer, now, organizers=("cuc ngoai vu",), co_organizers=("Quảng Trị [VN-25]", "MOFA"))
    carriers = [(c.organization.code, c.role) for c in get(slug, organizer).organizers]
    assert carriers == [
        ("LFA", OrganizerRole.ORGANIZER),
        ("VN-25", OrganizerRole.CO_ORGANIZER),
        ("MOFA", OrganizerRole.CO_ORGANIZER),
    ]


def test_an_unknown_organizer_is_refused_by_name_at_its_field(organizer, now):
    with pytest.raises(InvalidInput) as refusal:
        create(organizer, now, co_organizers=("Cục Nào đó",))
    assert (refusal.value.code, refusal.value.field) == ("organization_unknown", "co_organizers")
    assert refusal.value.params == {"typed": "Cục Nào đó"}


def test_b26_a_title_comes_back_byte_for_byte(organizer, now):
    title = "GẶP GỠ Đoàn Ngoại giao, Hiệp hội doanh nghiệp nước ngoài – “kết nối”"
    event = get(create(organizer, now, titles={"vi": title}), organizer)
    assert event.titles["vi"].encode() == title.encode()


def test_two_events_of_one_title_get_addresses_of_their_own(organizer, now):
    first, second, foreign = (
        create(organizer, now),
        create(organizer, now),
        create(organizer, now, titles={"vi": "会议"}),
    )
    assert second == f"{first}-2"
    assert get(foreign, organizer).slug


def test_editing_texts_leaves_the_sequence_and_writes_nobody(organizer, now):
    slug = publish(organizer, now)
    invite(slug, organizer, now)
    assert editing.edit(actor=organizer, slug=slug, command=facts(purposes={"vi": "Mới"}), now=now) == 0
    assert get(slug, organizer).sequence == 0
    assert db.session.scalar(sa.select(sa.func.count(OutboxMessage.id))) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"schedule": replace(SCHEDULE, starts=time(15))},
        {"schedule": replace(SCHEDULE, ends=time(18))},
        {"join_url": "https://meet.example/1"},
    ],
)
def test_a_change_of_hours_or_link_raises_the_sequence_once_and_drafts_letters(organizer, now, change):
    slug = publish(organizer, now)
    invite(slug, organizer, now)
    later = now + timedelta(hours=1)
    assert editing.edit(actor=organizer, slug=slug, command=facts(**change), now=later) == 2
    event = get(slug, organizer)
    assert (event.sequence, event.changed_at) == (1, later)
    letters = db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id)).all()
    assert [(m.kind, m.state, m.recipient, m.language) for m in letters] == [
        (MessageKind.EVENT_CHANGED, MessageState.DRAFT, "qt@example.vn", "vi"),
        (MessageKind.EVENT_CHANGED, MessageState.DRAFT, "b@example.vn", "en"),
    ]


def test_a_second_change_withdraws_the_letters_of_the_first(organizer, now):
    slug = publish(organizer, now)
    invite(slug, organizer, now)
    for hour in (15, 16):
        command = facts(schedule=replace(SCHEDULE, starts=time(hour)))
        editing.edit(actor=organizer, slug=slug, command=command, now=now)
    states = db.session.scalars(sa.select(OutboxMessage.state).order_by(OutboxMessage.id)).all()
    assert states == [MessageState.WITHDRAWN] * 2 + [MessageState.DRAFT] * 2


def test_a_draft_is_in_nobodys_calendar_and_keeps_its_sequence(organizer, now):
    slug = create(organizer, now)
    editing.edit(actor=organizer, slug=slug, command=facts(join_url="https://meet.example/1"), now=now)
    assert get(slug, organizer).sequence == 0


@pytest.mark.parametrize(("moves", "hour", "sequence"), [(True, 8, 1), (False, 7, 0)])
def test_sessions_move_along_when_that_is_wanted(organizer, now, moves, hour, sequence):
    slug = publish(organizer, now)
    starts, ends = datetime(2027, 10, 27, 7, 30, tzinfo=UTC), datetime(2027, 10, 27, 8, tzinfo=UTC)
    add_session(slug, organizer, 1, starts_at=starts, ends_at=ends)
    schedule = replace(SCHEDULE, starts=time(15), ends=time(18))
    editing.edit(actor=organizer, slug=slug, command=facts(schedule=schedule, moves_programme=moves), now=now)
    db.session.expire_all()
    session = db.session.scalars(sa.select(Session)).one()
    assert (session.starts_at, session.sequence) == (starts.replace(hour=hour), sequence)


def test_what_is_published_stays_complete(organizer, now):
    slug = publish(organizer, now)
    with pytest.raises(InvalidInput) as refusal:
        editing.edit(actor=organizer, slug=slug, command=facts(organizers=()), now=now)
    assert refusal.value.code == "event_incomplete"
    assert len(get(slug, organizer).organizers) == 1


def test_an_edit_of_an_older_state_is_refused_and_changes_nothing(organizer, now):
    slug = create(organizer, now)
    seen = get(slug, organizer).revision
    editing.edit(actor=organizer, slug=slug, command=facts(contact_name="Cục"), now=now, revision=seen)
    with pytest.raises(Conflict) as refusal:
        editing.edit(actor=organizer, slug=slug, command=facts(contact_name="Vụ"), now=now, revision=seen)
    assert refusal.value.code == "changed_meanwhile"
    assert get(slug, organizer).contact_name == "Cục"


def test_the_history_tells_what_was_changed_from_what_to_what(organizer, now):
    slug = create(organizer, now)
    editing.edit(actor=organizer, slug=slug, command=facts(capacity=100, sectors=("FTA",)), now=now)
    entries = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(e.act, e.subject_name) for e in entries[-2:]] == [("event.create", TITLE), ("event.edit", TITLE)]
    assert entries[-1].details == {"changed": {"capacity": [None, 100], "sectors": [[], ["FTA"]]}}


def test_a_reader_may_not_change_events(colleague, now):
    with pytest.raises(NotAllowed):
        create(colleague, now)


def test_an_event_is_never_within_its_own_framework(organizer, now):
    outer = create(organizer, now)
    inner = create(organizer, now, parent=outer)
    with pytest.raises(InvalidInput) as refusal:
        editing.edit(actor=organizer, slug=outer, command=facts(parent=inner), now=now)
    assert (refusal.value.code, refusal.value.field) == ("umbrella_of_itself", "parent")


def test_a_capacity_below_the_seats_taken_is_refused(organizer, now):
    slug = create(organizer, now)
    event = get(slug, organizer)
    event.taken = 12
    db.session.commit()
    with pytest.raises(InvalidInput) as refusal:
        editing.edit(actor=organizer, slug=slug, command=facts(capacity=11), now=now)
    assert (refusal.value.code, refusal.value.params) == ("capacity_below_taken", {"taken": 12})


def test_more_seats_go_to_those_who_wait(organizer, now):
    slug = publish(organizer, now, capacity=1, offer_hours=0)
    invite(slug, organizer, now)
    get(slug, organizer).taken = 1
    waiting = db.session.scalars(sa.select(Delegate)).one()
    waiting.state = SeatState.WAITING
    db.session.commit()
    editing.edit(actor=organizer, slug=slug, command=facts(capacity=2, offer_hours=0), now=now)
    db.session.expire_all()
    assert (waiting.state, get(slug, organizer).taken) == (SeatState.CONFIRMED, 2)
    assert db.session.scalars(sa.select(OutboxMessage.kind)).all() == [MessageKind.REGISTRATION_CHANGED]


def test_other_titles_follow_an_edit(organizer, now):
    other = OtherTitleFacts(language="ru", title="российско-вьетнамские межмидовские консультации")
    slug = create(organizer, now, other_titles=(other,))
    assert [t.title for t in get(slug, organizer).other_titles] == [other.title]
    editing.edit(actor=organizer, slug=slug, command=facts(), now=now)
    assert get(slug, organizer).other_titles == []
