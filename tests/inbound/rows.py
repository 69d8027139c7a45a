"""Mails that came back, as rows: judged already, so that pages have something to show."""

from datetime import datetime
from itertools import count

from app import site
from app.domain.calendars import PartStat
from app.domain.inbound import Door, Reason, Result
from app.models.events import Event
from app.models.inbound import InboundMail
from app.models.invitations import Invitation
from app.models.registrations import Delegate
from app.sealed import seal
from app.services.transaction import unit_of_work

_NUMBERS = count(1)
TOKEN = "k" * 44
RAW = (
    f"From: a@example.com\r\nTo: rsvp+{TOKEN}@localhost\r\nSubject: Yes\r\n\r\nWe come. See {TOKEN}\r\n"
).encode()


def store_mail(
    event: Event, guest: Invitation | Delegate | None = None, *, at: datetime, **known: object
) -> str:
    """Store a mail that waits, by itself an acceptance whose sender is not proven; return its public id."""
    whose = {"invitation_id": guest.id} if isinstance(guest, Invitation) else {}
    if isinstance(guest, Delegate):
        whose = {"delegate_id": guest.id}
    mail = InboundMail(
        **{
            "fingerprint": f"{next(_NUMBERS):064}",
            "received_at": at,
            "door": Door.MAILBOX,
            "sealed": seal(site.settings().secret_keys, RAW),
            "result": Result.HOLD,
            "reason": Reason.SENDER_NOT_PROVEN.value,
            "sender": "a@example.com",
            "subject": "Accepted: Roundtable",
            "event_id": event.id,
            "uid": event.calendar_uid,
            "method": "REPLY",
            "partstat": PartStat.ACCEPTED,
            "comment": "",
            **whose,
            **known,
        }
    )
    with unit_of_work() as session:
        session.add(mail)
        session.flush()
        return mail.public_id
