"""What the calendars of guests are told: every scheduling message of the outbox, read by icalendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy

import icalendar
import sqlalchemy as sa

from app.db import db
from app.domain.mail import MessageState
from app.mail import outbox
from app.models.mail import OutboxMessage


@dataclass(frozen=True)
class CalendarMail:
    """One entry of one mail that leaves."""

    to: str
    kind: str
    method: str
    entry: icalendar.Event

    @property
    def uid(self) -> str:
        return str(self.entry["UID"])

    @property
    def sequence(self) -> int:
        return int(self.entry["SEQUENCE"])

    @property
    def partstat(self) -> str:
        return str(self.entry["ATTENDEE"].params["PARTSTAT"])

    @property
    def organizer(self) -> str:
        return str(self.entry["ORGANIZER"]).removeprefix("mailto:")


def list_calendar_mails(*, to: str | None = None) -> list[CalendarMail]:
    """Return the scheduling messages that were queued, in order; drafts have told nobody."""
    db.session.rollback()
    query = sa.select(OutboxMessage).where(OutboxMessage.state == MessageState.QUEUED)
    found = db.session.scalars(query.order_by(OutboxMessage.id)).all()
    mails = [mail for message in found for mail in _mails(message)]
    return [mail for mail in mails if to in {None, mail.to}]


def acts(mails: Sequence[CalendarMail]) -> list[tuple[str, str, int]]:
    """Return recipient, METHOD and SEQUENCE of each."""
    return [(mail.to, mail.method, mail.sequence) for mail in mails]


def _mails(message: OutboxMessage) -> list[CalendarMail]:
    mail = message_from_bytes(outbox.content(message), policy=policy.default)
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert len(parts) <= 1
    return [_read(message, part) for part in parts]


def _read(message: OutboxMessage, part: object) -> CalendarMail:
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    (entry,) = calendar.walk("VEVENT")
    assert not entry.errors
    assert part.get_param("method") == calendar["METHOD"]
    assert str(entry["ATTENDEE"]) == f"mailto:{message.recipient}"
    return CalendarMail(message.recipient, message.kind.value, str(calendar["METHOD"]), entry)
