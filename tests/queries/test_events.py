"""Finding roundtables."""

from datetime import date, timedelta

import pytest

from app.domain.event_facts import EventCriteria, OtherTitleFacts, Shelf
from app.domain.event_times import Schedule
from app.domain.events import EventKind, EventStatus, Mode
from app.domain.policy import PUBLIC
from app.models.directory import Sector
from app.models.programme import Session
from app.queries import events
from app.services.events import calling_off, lifecycle
from app.services.transaction import unit_of_work
from tests.roundtables import TITLE, add_session, create, get, publish, store_directory

_HEADLINE = (
    "Tọa đàm xúc tiến, thúc đẩy hợp tác giữa các địa phương, doanh nghiệp của Việt Nam và Liên bang Nga"
)


@pytest.fixture(autouse=True)
def _directory(context):
    store_directory()


@pytest.fixture
def find(organizer, now):
    def found(actor=organizer, **criteria):
        return [e.slug for e in events.list_events(actor, EventCriteria(**criteria), now=now)]

    return found


@pytest.mark.parametrize(
    "words", [TITLE, _HEADLINE, "XUC TIEN lien bang nga", "межмидовские консультации", "của Việt Nam"]
)
def test_a03_every_form_of_the_title_finds_the_one_event(organizer, now, find, words):
    other = (
        OtherTitleFacts(language="vi", title=_HEADLINE),
        OtherTitleFacts(language="ru", title="российско-вьетнамские межмидовские консультации"),
    )
    slug = create(organizer, now, other_titles=other)
    create(organizer, now, titles={"vi": "Gặp gỡ Đoàn Ngoại giao"})
    assert find(words=words) == [slug]


def test_a07_the_kind_narrows_the_list(organizer, now, find):
    roundtable = create(organizer, now)
    forum = create(organizer, now, kind=EventKind.FORUM, titles={"vi": "Diễn đàn"})
    assert find(kind=EventKind.ROUNDTABLE) == [roundtable]
    assert find(kind=EventKind.FORUM) == [forum]


def test_b16_b22_a_field_of_cooperation_finds_events_and_events_by_their_sessions(organizer, now, find):
    own = create(organizer, now, sectors=("LOCAL_COOPERATION", "ENERGY"))
    by_session = create(organizer, now, titles={"vi": "Phiên có chủ đề"})
    add_session(by_session, organizer, 1)
    with unit_of_work() as session:
        row = session.query(Session).one()
        row.sectors = [session.get_one(Sector, "FTA"), session.get_one(Sector, "LOCAL_COOPERATION")]
    assert find(sector="ENERGY") == [own]
    assert find(sector="FTA") == [by_session]
    assert set(find(sector="LOCAL_COOPERATION")) == {own, by_session}


def test_mode_status_and_year_narrow_the_list(organizer, now, find):
    hybrid = publish(organizer, now, mode=Mode.HYBRID)
    past = create(organizer, now, schedule=Schedule(day=date(2021, 10, 27)), titles={"vi": "Cũ"})
    assert find(mode=Mode.HYBRID) == find(status=EventStatus.PUBLISHED) == find(year=2027) == [hybrid]
    assert find(year=2021) == [past]
    assert events.list_years(organizer) == [2027, 2021]


def test_b30_events_without_a_date_stand_on_their_shelf(organizer, now, find):
    draft = create(organizer, now, schedule=Schedule())
    archived = create(organizer, now, schedule=Schedule(), is_archive=True)
    lifecycle.publish(actor=organizer, slug=archived, now=now)
    assert (find(shelf=Shelf.DRAFTS), find(shelf=Shelf.ARCHIVE)) == ([draft], [archived])
    assert find(shelf=Shelf.UPCOMING) == find(shelf=Shelf.PAST) == []


def test_what_lies_ahead_comes_in_its_order_and_what_is_past_last_first(organizer, now, find):
    days = [now.date() + timedelta(days=number) for number in (30, 0, -1, -30)]
    late, today, yesterday, earlier = (publish(organizer, now, schedule=Schedule(day=day)) for day in days)
    assert find(shelf=Shelf.UPCOMING) == [today, late]
    assert find(shelf=Shelf.PAST) == [yesterday, earlier]
    calling_off.postpone(actor=organizer, slug=earlier, note={}, now=now)
    assert find(shelf=Shelf.UPCOMING) == [earlier, today, late]


def test_the_public_finds_no_drafts(organizer, now, find):
    create(organizer, now)
    published = publish(organizer, now)
    assert find(actor=PUBLIC) == [published]
    assert events.count_events(PUBLIC, EventCriteria(), now=now) == 1


def test_b31_the_framework_is_a_trail_and_a_series_a_list(organizer, now):
    outer = publish(organizer, now, titles={"vi": "Hội nghị Ngoại giao 31"}, kind=EventKind.CONFERENCE)
    inner = publish(organizer, now, parent=outer, series={"vi": "Gặp gỡ Nhật Bản"})
    part = publish(organizer, now, parent=inner)
    again = publish(
        organizer, now, series={"vi": "GẶP GỠ Nhật  Bản"}, schedule=Schedule(day=date(2028, 1, 5))
    )
    assert [e.slug for e in events.list_framework(get(part, organizer), organizer)] == [outer, inner]
    assert [e.slug for e in events.list_parts(get(outer, organizer), organizer)] == [inner]
    assert [e.slug for e in events.list_series(get(inner, organizer), organizer)] == [again, inner]
    assert events.list_series(get(outer, organizer), organizer) == []


def test_b31_an_unpublished_framework_is_not_shown_to_the_public(organizer, now):
    outer = create(organizer, now)
    inner = publish(organizer, now, parent=outer)
    assert events.list_framework(get(inner, organizer), PUBLIC) == []
