"""Release a version of the programme."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import orm

from app.domain.errors import Conflict
from app.domain.policy import Actor, Permission, require
from app.domain.programme_versions import compare, concerned, next_number
from app.models.programme_versions import ProgrammeVersion
from app.queries import event_facts
from app.queries import programme_versions as versions
from app.queries.programme import get_programme
from app.services.events import notices
from app.services.programme import rows
from app.services.transaction import unit_of_work


def release(
    *, actor: Actor, slug: str, number: int, notes: Mapping[str, str], tells: bool, now: datetime
) -> int:
    """Release the programme as it is under the number that the organiser saw.

    With `tells` letters are drafted for those whom the changes concern, in place of earlier drafts about
    changes. Return how many wait. Raises Conflict when nothing has changed, or somebody else was faster.
    """
    require(actor, Permission.MANAGE_EVENTS)
    with unit_of_work() as session:
        event = rows.event_for_change(session, slug)
        last, lines = versions.find_latest(event), versions.present_lines(get_programme(event))
        differences = compare(versions.lines_of(last), lines)
        if next_number(last.number if last else None, differences) != number:
            raise Conflict("changed_meanwhile")
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
        if tells and last:
            orm.attributes.flag_modified(event, "changed_at")  # a new revision: these are new letters
            version.told = notices.draft_change(
                session,
                event,
                event_facts.times(event),
                now=now,
                only=versions.reach(event, concerned(differences)),
                note=notes,
            )
        details = {"number": number, "changes": len(differences), "letters": version.told}
        rows.record(
            session, event, version, str(number), actor=actor, act="programme.release", now=now, **details
        )
        return version.told
