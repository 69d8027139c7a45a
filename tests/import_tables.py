"""Imports as a focal point and the desk make them, without pages."""

from datetime import datetime

from app.documents import tables
from app.domain.import_rows import count_states, judge
from app.domain.imports import Judged
from app.domain.invitations import AnswerSource
from app.models.events import Event
from app.models.invitations import Invitation
from app.queries import imports
from app.queries.imports import Holder
from app.services.imports import confirm, drafts
from tests.registration_rows import FOCAL_POINT


def holder(event: Event, invitation: Invitation | None = None) -> Holder:
    """Return whose imports are meant."""
    return Holder(event.id, invitation.id if invitation else None)


def start(event: Event, text: str, now: datetime, *, invitation=None, actor=FOCAL_POINT) -> str:
    """Send a pasted table; return the public id of the draft."""
    return drafts.start(
        actor=actor,
        event=event,
        invitation=invitation,
        grid=tables.read_pasted(text),
        language="vi",
        now=now,
    )


def look(event: Event, draft: str, now: datetime, *, of: Holder) -> list[Judged]:
    """Return the rows as the preview shows them."""
    found = imports.get_draft(of, draft, now=now)
    table = imports.get_table(found)
    scene = imports.get_scene(event, table, invitation_id=found.invitation_id, language="vi")
    return judge(table.list_people(), scene)


def states(event: Event, draft: str, now: datetime, *, of: Holder) -> dict[str, int]:
    """Return how many rows stand in each state."""
    return {state.value: n for state, n in count_states(look(event, draft, now, of=of)).items()}


def take_over(draft: str, now: datetime, *, of: Holder, actor=FOCAL_POINT, tells: bool = True) -> str:
    """Confirm a draft; return the public id of the import."""
    return confirm.confirm(
        actor=actor, holder=of, draft=draft, tells=tells, source=AnswerSource.LINK, now=now
    )
