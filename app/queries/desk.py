"""What waits on the organiser's desk: the events that lie ahead, and what has to be done about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.event_facts import EventCriteria, Shelf
from app.domain.events import EventStatus
from app.domain.policy import Actor
from app.queries import directory, event_tallies, events, tasks
from app.queries.tasks import Running, Task, TaskKind

_MOST = 20


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk of an organiser; on a fresh installation it is empty."""

    running: Sequence[Running]
    tasks: Sequence[Task]
    has_directory: bool
    attention: int

    @property
    def next(self) -> Running | None:
        """Return the event that comes first."""
        return next((one for one in self.running if one.event.status is not EventStatus.DRAFT), None)


def get_desk(actor: Actor, *, now: datetime) -> Desk:
    """Return the desk; its statements grow with the events under way, not with their guests."""
    ahead = events.list_events(actor, EventCriteria(shelf=Shelf.UPCOMING), now=now, limit=_MOST)
    drafts = events.list_events(actor, EventCriteria(shelf=Shelf.DRAFTS), now=now, limit=_MOST)
    running = [Running(event, event_tallies.tally(event)) for event in (*ahead, *drafts)]
    waiting = tasks.list_tasks(running, now=now)
    return Desk(
        running=running,
        tasks=waiting,
        has_directory=not directory.is_empty(),
        attention=sum(task.count for task in waiting if task.kind is TaskKind.DECIDE),
    )
