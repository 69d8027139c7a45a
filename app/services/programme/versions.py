"""Release a version of the programme."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import orm

from app.domain.errors import Conflict
from app.domain.event_times import HOME_ZONE
from app.domain.policy import Actor, Permission, require
from app.domain.programme_versions import compare, news, next_number
from app.models.programme_versions import ProgrammeVersion
from app.queries import event_facts
from app.queries import programme_versions as versions
from app.queries.programme import get_plan, get_programme
from app.services.events import notices
from app.services.programme import editions, rows
from app.services.transaction import unit_of_work


def release(
    *, actor: Actor, slug: str, number: int, notes: Mapping[str, str], tells: bool, now: datetime
) -> int:
    """Release the programme as it is planned, under the number that the organiser saw.

    Guests know it from now on. With `tells` letters are drafted for those whom the changes concern, in place
    of earlier drafts about changes; where hours in calendars differ, in any case. Return how many wait.
    Raises Conflict when nothing has changed, or somebody else was faster.
    """
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        last = versions.find_latest(event)
        known, planned = versions.known_lines(event, last), versions.present_lines(get_plan(event))
        if next_number(last.number if last else None, compare(known, planned)) != number:
            raise Conflict("changed_meanwhile")
        editions.bring_out(session, event, now=now)
        lines = versions.present_lines(get_programme(event))
        changed = news(known, lines, zone=event.timezone or HOME_ZONE)
        version = ProgrammeVersion(
            event_id=event.id,
            number=number,
            notes=dict(notes),
            lines=[asdict(line) for line in lines],
            released_at=now,
            released_by_id=actor.account_id,
        )
        session.add(version)
        session.flush()
        if last and (tells or changed.concerned.must_be_told):
            orm.attributes.flag_modified(event, "changed_at")  # a new revision: these are new letters
            version.told = notices.draft_change(
                session,
                event,
                event_facts.times(event),
                now=now,
                only=versions.reach(event, changed.concerned),
                note=notes,
            )
        details = {"number": number, "changes": len(changed.differences), "letters": version.told}
        rows.record(
            session, event, version, str(number), actor=actor, act="programme.release", now=now, **details
        )
        return version.told
