"""Tests of the line are booked, moved and given back; no two sites share a slot (C05)."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.connection_tests import BookingState, Slot
from app.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.domain.events import EventStatus
from app.domain.invitations import Answer, AnswerCommand
from app.domain.policy import SYSTEM, Actor
from app.domain.sites import SiteStatus
from app.models.audit import AuditEntry
from app.models.sites import ConnectionTest, Site
from app.services.invitations import answers
from app.services.sites import booking, results
from app.services.transaction import unit_of_work
from tests.registration_rows import store_event
from tests.site_rows import BAD, FIRST, GOOD, HEAD, accept, add, book, get, get_bridge, note_test, open_bridge

pytestmark = pytest.mark.usefixtures("context")
_SITES = 23


@pytest.fixture
def event(context):
    return store_event()


@pytest.fixture
def own(event, now):
    invitation = accept(event)
    return add(event, "", now, institution=invitation.public_id)


@pytest.fixture
def bridge(event, now):
    return open_bridge(event, now)


def _slots():
    return {
        (test.site.public_id, test.starts_at, test.state)
        for test in db.session.scalars(sa.select(ConnectionTest))
    }


def test_c05_a_slot_is_booked_moved_and_given_back_as_one_entry_of_the_calendar(own, bridge, now):
    test = book(own, bridge, FIRST, now)
    assert book(own, bridge, FIRST, now) == test
    later = FIRST + timedelta(minutes=10)
    assert book(get(own.public_id), bridge, later, now) == test
    assert booking.give_back_test(actor=HEAD, site=get(own.public_id), now=now)
    assert not booking.give_back_test(actor=HEAD, site=get(own.public_id), now=now)
    assert _slots() == {(own.public_id, later, BookingState.GIVEN_BACK)}
    book(get(own.public_id), bridge, FIRST, now)
    (row,) = db.session.scalars(sa.select(ConnectionTest))
    assert (row.public_id, row.sequence, row.starts_at) == (test, 3, FIRST)
    of_site = sa.select(AuditEntry.act).where(AuditEntry.subject_id == own.public_id)
    acts = db.session.scalars(of_site.order_by(AuditEntry.id)).all()
    assert acts == ["site.add", "site.book_test", "site.move_test", "site.give_back_test", "site.move_test"]


def test_c05_a_slot_given_back_is_free_for_the_next(event, own, bridge, now):
    other = add(event, "Tổng Lãnh sự quán tại Nam Ninh", now)
    book(own, bridge, FIRST, now)
    with pytest.raises(Conflict, match="slot_taken"):
        book(other, bridge, FIRST, now, SYSTEM)
    booking.give_back_test(actor=HEAD, site=get(own.public_id), now=now)
    book(get(other.public_id), bridge, FIRST, now, SYSTEM)
    with pytest.raises(Conflict, match="slot_taken"):
        book(get(own.public_id), bridge, FIRST, now)


@pytest.mark.parametrize(
    ("starts_at", "code"),
    [
        (FIRST + timedelta(minutes=5), "slot_unknown"),
        (FIRST + timedelta(hours=3), "slot_unknown"),
        (FIRST - timedelta(minutes=10), "slot_unknown"),
    ],
)
def test_only_slots_on_offer_can_be_booked(own, bridge, now, starts_at, code):
    with pytest.raises(InvalidInput, match=code):
        book(own, bridge, starts_at, now)
    with pytest.raises(InvalidInput, match="slot_unknown"):
        book(get(own.public_id), "another", FIRST, now)


def test_a_slot_that_has_begun_cannot_be_booked(own, bridge):
    with pytest.raises(Conflict, match="slot_past"):
        book(own, bridge, FIRST, FIRST)


def test_a_bridge_of_another_event_is_not_on_offer(own, now):
    elsewhere = open_bridge(store_event(), now)
    with pytest.raises(InvalidInput, match="slot_unknown"):
        book(own, elsewhere, FIRST, now)


def test_a_site_that_is_called_off_needs_no_test(own, bridge, now):
    with unit_of_work():
        own.status = SiteStatus.CALLED_OFF
    with pytest.raises(Conflict, match="site_called_off"):
        book(own, bridge, FIRST, now)


def test_c10_an_institution_books_only_while_it_comes_and_only_its_own(event, own, bridge, now):
    with unit_of_work():
        own.invitation.state = "declined"
    with pytest.raises(Conflict, match="site_not_accepted"):
        book(own, bridge, FIRST, now)
    hall = add(event, "Hội trường", now)
    with pytest.raises(NotFound):
        book(hall, bridge, FIRST, now)
    with pytest.raises(NotFound):
        book(hall, bridge, FIRST, now, Actor("delegate", "Trần Thị B"))


def test_c05_an_institution_that_declines_leaves_its_slot_to_others(event, own, bridge, now):
    book(own, bridge, FIRST, now)
    invitation = own.invitation.public_id
    answers.answer(invitation=invitation, command=AnswerCommand(Answer.DECLINED), now=now)
    assert get(own.public_id).open_test is None
    book(add(event, "Nam Ninh", now), bridge, FIRST, now, SYSTEM)


def test_nothing_is_booked_by_link_for_an_event_that_is_cancelled_or_over(event, own, bridge, now):
    with pytest.raises(Conflict, match="event_not_open"):
        book(own, bridge, FIRST, datetime(2027, 10, 28, tzinfo=UTC))
    with unit_of_work():
        event.status = EventStatus.CANCELLED
    with pytest.raises(Conflict, match="event_not_open"):
        book(get(own.public_id), bridge, FIRST, now)


def test_c05_a_failed_line_is_tested_again_in_another_slot(own, bridge, now):
    book(own, bridge, FIRST, now)
    assert not note_test(get(own.public_id), BAD, now)
    assert not get(own.public_id).is_tested
    second = book(get(own.public_id), bridge, FIRST + timedelta(minutes=20), now)
    assert note_test(get(own.public_id), GOOD, now)
    found = get(own.public_id)
    assert (found.is_tested, found.open_test, found.last_result.public_id) == (True, None, second)
    assert (found.last_result.latency_ms, found.last_result.tested_by) == (80, "Trung")


def test_a_line_is_also_tested_off_hand_without_a_slot(own, now):
    assert note_test(own, GOOD, now)
    assert get(own.public_id).last_result.bridge_id is None


def test_two_results_cannot_overwrite_each_other_silently(own, now):
    seen = get(own.public_id)
    revision = seen.revision
    note_test(seen, GOOD, now)
    with pytest.raises(Conflict, match="changed_meanwhile"):
        results.record_result(actor=SYSTEM, site=get(own.public_id), result=BAD, revision=revision, now=now)


def test_c05_the_database_itself_refuses_two_sites_in_one_slot(event, own, bridge, now):
    other = add(event, "Nam Ninh", now)
    book(own, bridge, FIRST, now)
    number = get_bridge(bridge).id
    times = {"starts_at": FIRST, "ends_at": FIRST, "created_at": now, "changed_at": now}
    second = ConnectionTest(site_id=other.id, bridge_id=number, state=BookingState.BOOKED, **times)
    with pytest.raises(sa.exc.IntegrityError), unit_of_work() as session:
        session.add(second)


@pytest.mark.slow
def test_c05_twenty_three_sites_at_once_never_share_a_minute_of_one_bridge(app, event, now):
    bridge = open_bridge(event, now, minutes=5)
    sites = [add(event, f"Điểm cầu {number}", now).id for number in range(_SITES)]
    db.session.rollback()
    start = Barrier(_SITES)

    def one(place):
        with app.app_context():
            start.wait()
            for wish in range(_SITES):  # everybody wants the earliest slot, and goes on until one is free
                mine = db.session.get_one(Site, sites[place])
                slot = Slot(bridge=bridge, starts_at=FIRST + timedelta(minutes=5 * wish))
                with suppress(Conflict):
                    return booking.book_test(actor=SYSTEM, site=mine, slot=slot, now=now)
            return None

    with ThreadPoolExecutor(_SITES) as pool:
        made = list(pool.map(one, range(_SITES)))
    db.session.rollback()
    taken = sorted(db.session.scalars(sa.select(ConnectionTest.starts_at)))
    assert None not in made
    assert taken == [FIRST + timedelta(minutes=5 * place) for place in range(_SITES)]


def test_a_stranger_books_nothing(own, bridge, now, colleague):
    with pytest.raises(NotAllowed):
        book(own, bridge, FIRST, now, colleague)
