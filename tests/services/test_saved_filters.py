"""Filters that accounts keep for themselves: their own, counted, without the same name twice on a list."""

from dataclasses import replace

import pytest

from app.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.domain.policy import PUBLIC
from app.domain.saved_filters import MOST, FilteredList, SaveFilter
from app.queries import events
from app.queries import saved_filters as kept
from app.services import saved_filters
from app.services.events import lifecycle
from tests import guests

pytestmark = pytest.mark.usefixtures("context")
DECLINED = SaveFilter(shown_on=FilteredList.BOARD, slug=guests.SLUG, name="Từ chối", query="state=declined")


@pytest.fixture
def event():
    return guests.event()


def names(actor, event, shown_on=FilteredList.BOARD):
    return [row.name for row in kept.list_offered(actor, shown_on, event)]


def test_a_filter_is_offered_on_its_list_and_to_its_owner_alone(event, organizer, colleague, now):
    saved_filters.save(actor=organizer, command=DECLINED, now=now)
    other = guests.event("khac")
    assert names(organizer, events.get(guests.SLUG, organizer)) == ["Từ chối"]
    assert names(organizer, other) == names(colleague, other) == []
    assert names(colleague, events.get(guests.SLUG, colleague)) == []
    assert names(organizer, event, FilteredList.GUESTS) == []


def test_one_for_every_event_is_offered_at_each(event, organizer, now):
    saved_filters.save(actor=organizer, command=replace(DECLINED, is_everywhere=True), now=now)
    assert names(organizer, guests.event("khac")) == ["Từ chối"]


def test_the_same_sent_twice_is_kept_once_and_the_name_of_another_is_refused(event, organizer, now):
    first = saved_filters.save(actor=organizer, command=DECLINED, now=now)
    assert saved_filters.save(actor=organizer, command=DECLINED, now=now) == first
    for other in (replace(DECLINED, query="state=accepted"), replace(DECLINED, is_everywhere=True)):
        with pytest.raises(Conflict, match="filter_exists"):
            saved_filters.save(actor=organizer, command=other, now=now)
    assert kept.count(organizer) == 1


def test_no_account_keeps_more_than_there_is_room_for(event, organizer, colleague, now):
    for number in range(MOST):
        saved_filters.save(actor=organizer, command=replace(DECLINED, name=f"Lọc {number}"), now=now)
    with pytest.raises(Conflict, match="filters_full"):
        saved_filters.save(actor=organizer, command=DECLINED, now=now)
    saved_filters.save(actor=colleague, command=DECLINED, now=now)
    assert (kept.count(organizer), kept.count(colleague)) == (MOST, 1)


def test_nobody_deletes_what_another_keeps(event, organizer, colleague, now):
    saved = saved_filters.save(actor=organizer, command=DECLINED, now=now)
    with pytest.raises(NotFound):
        saved_filters.delete(actor=colleague, saved=saved)
    saved_filters.delete(actor=organizer, saved=saved)
    assert kept.count(organizer) == 0


def test_who_has_no_account_keeps_nothing(event, now):
    with pytest.raises(NotAllowed):
        saved_filters.save(actor=PUBLIC, command=DECLINED, now=now)


def test_a_filter_that_narrows_nothing_or_says_too_much_is_refused():
    for query in ("", "q=" + 1_000 * "x"):
        with pytest.raises(InvalidInput):
            replace(DECLINED, query=query)


def test_filters_of_a_draft_go_with_it(organizer, now):
    guests.event(status="draft")
    saved_filters.save(actor=organizer, command=DECLINED, now=now)
    lifecycle.discard(actor=organizer, slug=guests.SLUG, now=now)
    assert kept.list_all(organizer) == []


def test_a_filter_gets_another_name_that_no_other_of_its_list_bears(event, organizer, colleague, now):
    saved = saved_filters.save(actor=organizer, command=DECLINED, now=now)
    other = replace(DECLINED, name="Nhận lời", query="state=accepted", is_everywhere=True)
    saved_filters.save(actor=organizer, command=other, now=now)
    with pytest.raises(Conflict, match="filter_exists"):
        saved_filters.rename(actor=organizer, saved=saved, name="Nhận lời")
    with pytest.raises(NotFound):
        saved_filters.rename(actor=colleague, saved=saved, name="Của người khác")
    for name in ("Không dự", "Không dự"):  # the same sent twice is no conflict with itself
        saved_filters.rename(actor=organizer, saved=saved, name=name)
    assert names(organizer, events.get(guests.SLUG, organizer)) == ["Không dự", "Nhận lời"]


def test_one_for_every_event_takes_no_name_that_stands_at_one_event(event, organizer, now):
    saved_filters.save(actor=organizer, command=DECLINED, now=now)
    everywhere = replace(DECLINED, name="Nhận lời", query="state=accepted", is_everywhere=True)
    saved = saved_filters.save(actor=organizer, command=everywhere, now=now)
    with pytest.raises(Conflict, match="filter_exists"):
        saved_filters.rename(actor=organizer, saved=saved, name=DECLINED.name)
