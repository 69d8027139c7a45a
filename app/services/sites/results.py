"""Record what the test of a site's line showed."""

from datetime import datetime

from app.domain.connection_tests import BookingState, LineResult, is_passed
from app.domain.policy import Actor, Permission, require
from app.models.sites import ConnectionTest, Site
from app.services.sites import rows
from app.services.transaction import unit_of_work


def record_result(*, actor: Actor, site: Site, result: LineResult, revision: int, now: datetime) -> bool:
    """Record the result of the booked test, or of one made off-hand; tell whether the line is tested now."""
    require(actor, Permission.MANAGE_EVENTS)
    number, event_id = site.id, site.event_id
    with unit_of_work() as session:
        held = rows.lock_site(session, number, event_id)
        rows.require_unchanged(held, revision)
        test = held.open_test or _off_hand(held, now)
        test.sound, test.picture, test.line = result.sound, result.picture, result.line
        test.latency_ms, test.note = result.latency_ms, result.note
        test.tested_by = result.tested_by or actor.name
        test.is_passed, test.state = is_passed(result), BookingState.DONE
        test.recorded_at = test.changed_at = now
        rows.touch(held, now)
        session.add(test)
        session.flush()
        rows.record(held, "site.record_test", actor, now, passed=test.is_passed)
        return bool(test.is_passed)


def _off_hand(site: Site, now: datetime) -> ConnectionTest:
    """Return a test that nobody had booked: made now, on no bridge."""
    return ConnectionTest(site=site, starts_at=now, ends_at=now, sequence=0, created_at=now)
