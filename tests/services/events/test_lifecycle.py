"""Publishing, closing, archiving."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.db import db
from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.event_times import Schedule
from app.domain.events import EventStatus, Missing, Mode
from app.domain.policy import PUBLIC
from app.i18n.wording import error_text, label
from app.models.audit import AuditEntry
from app.models.programme import Session
from app.queries import events
from app.services.events import lifecycle
from tests.roundtables import TITLE, add_session, create, get, invite, publish, store_directory

_UNKNOWN = {"schedule": Schedule(), "mode": Mode.UNKNOWN, "organizers": ()}


@pytest.fixture(autouse=True)
def _directory(context):
    store_directory()


def test_b30_a_live_event_without_date_and_mode_is_not_published_and_the_words_say_why(organizer, now):
    slug = create(organizer, now, **_UNKNOWN)
    with pytest.raises(InvalidInput) as refusal:
        lifecycle.publish(actor=organizer, slug=slug, now=now)
    assert refusal.value.params == {"missing": (Missing.DATE, Missing.MODE, Missing.ORGANIZER)}
    assert error_text(refusal.value, "vi") == "Còn thiếu: ngày tổ chức, hình thức tổ chức, cơ quan tổ chức."
    assert get(slug, organizer).status is EventStatus.DRAFT


def test_b30_a36_a_record_of_the_past_is_shown_with_what_its_source_says(organizer, now):
    slug = create(organizer, now, is_archive=True, **_UNKNOWN)
    assert lifecycle.publish(actor=organizer, slug=slug, now=now) is EventStatus.ARCHIVED
    event = events.get(slug, PUBLIC)
    assert (event.date, event.mode, event.organizers) == (None, Mode.UNKNOWN, [])


def test_closing_and_reopening_leave_the_calendar_alone(organizer, now):
    slug = publish(organizer, now)
    lifecycle.close(actor=organizer, slug=slug, now=now)
    assert get(slug, organizer).status is EventStatus.CLOSED
    lifecycle.reopen(actor=organizer, slug=slug, now=now)
    event = get(slug, organizer)
    assert (event.status, event.sequence) == (EventStatus.PUBLISHED, 0)


def test_only_what_took_place_is_archived_and_it_can_be_taken_out_again(organizer, now):
    slug = publish(organizer, now)
    with pytest.raises(Conflict) as refusal:
        lifecycle.archive(actor=organizer, slug=slug, now=now)
    assert refusal.value.code == "event_not_over"
    later = now + timedelta(days=90)
    lifecycle.archive(actor=organizer, slug=slug, now=later)
    assert get(slug, organizer).status is EventStatus.ARCHIVED
    lifecycle.restore(actor=organizer, slug=slug, now=later)
    assert get(slug, organizer).status is EventStatus.CLOSED


@pytest.mark.parametrize("act", [lifecycle.reopen, lifecycle.restore, lifecycle.publish])
def test_an_act_that_does_not_fit_the_status_is_refused(organizer, now, act):
    slug = publish(organizer, now)
    with pytest.raises(Conflict) as refusal:
        act(actor=organizer, slug=slug, now=now)
    assert refusal.value.code == "event_status"
    assert label(EventStatus.PUBLISHED, "vi") in error_text(refusal.value, "vi")


def test_an_archived_draft_of_a_live_event_must_be_complete_too(organizer, now):
    slug = create(organizer, now, schedule=Schedule(day=date(2027, 1, 1)), organizers=())
    with pytest.raises(InvalidInput) as refusal:
        lifecycle.archive(actor=organizer, slug=slug, now=now)
    assert refusal.value.code == "event_incomplete"


def test_a_draft_is_discarded_with_its_programme_and_the_history_remembers(organizer, now):
    slug = create(organizer, now)
    inner = create(organizer, now, parent=slug)
    add_session(slug, organizer, 1)
    lifecycle.discard(actor=organizer, slug=slug, now=now)
    with pytest.raises(NotFound):
        get(slug, organizer)
    assert get(inner, organizer).parent_id is None
    assert db.session.scalar(sa.select(sa.func.count(Session.id))) == 0
    last = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (last.act, last.subject_name) == ("event.discard", TITLE)


def test_nothing_is_discarded_that_concerns_others(organizer, now):
    published, invited = publish(organizer, now), create(organizer, now)
    invite(invited, organizer, now)
    for slug, code in ((published, "event_status"), (invited, "draft_has_guests")):
        with pytest.raises(Conflict) as refusal:
            lifecycle.discard(actor=organizer, slug=slug, now=now)
        assert refusal.value.code == code
