"""What stands in the way of an answer by calendar at the moment it comes."""

from datetime import datetime
from typing import Protocol

from app.domain.events import CALLED_OFF, EventStatus, is_over
from app.domain.inbound import Reason
from app.domain.invitations import Datable, effective_deadline
from app.domain.registrations import SeatState

_STILL_ON = frozenset({EventStatus.PUBLISHED, EventStatus.CLOSED})


class Held(Datable, Protocol):
    """What an event says about its time and state."""

    status: EventStatus
    ends_at: datetime | None


def of_institution(event: Held, own_deadline: datetime | None, now: datetime) -> Reason | None:
    """Return why an institution cannot answer now, as by its link."""
    if (reason := _of_event(event, now)) is not None:
        return reason
    if event.status is not EventStatus.PUBLISHED:
        return Reason.EVENT_NOT_OPEN
    deadline = effective_deadline(own_deadline, event)
    return Reason.DEADLINE_PASSED if deadline is not None and now > deadline else None


def of_delegate(event: Held, state: SeatState, now: datetime) -> Reason | None:
    """Return why a delegate cannot answer now: he may decline until the event is over."""
    if (reason := _of_event(event, now)) is not None:
        return reason
    if event.status not in _STILL_ON:
        return Reason.EVENT_NOT_OPEN
    return Reason.DELEGATE_WITHDRAWN if state is SeatState.WITHDRAWN else None


def _of_event(event: Held, now: datetime) -> Reason | None:
    if event.status in CALLED_OFF:
        return Reason.EVENT_CALLED_OFF
    over = is_over(event.date, event.starts_at, event.ends_at, now=now)
    return Reason.EVENT_OVER if over or event.status is EventStatus.ARCHIVED else None
