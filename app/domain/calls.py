"""Calls on institutions that have not answered: somebody telephoned, wrote or went there."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.errors import InvalidInput
from app.domain.event_times import HOME_ZONE


class CallMeans(StrEnum):
    """How an institution was called on."""

    PHONE = "phone"
    MESSAGE = "message"
    EMAIL = "email"
    LETTER = "letter"
    VISIT = "visit"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallDetails:
    """A call as it is recorded."""

    means: CallMeans
    called_on: date
    spoken_with: str = ""
    note: str = ""


def require_past(day: date, *, now: datetime, zone: str | None) -> None:
    """Raise InvalidInput("call_ahead") for a call that has not taken place yet, as days go in the zone."""
    if day > now.astimezone(ZoneInfo(zone or HOME_ZONE)).date():
        raise InvalidInput("call_ahead", field="called_on")
