"""A province and two of its delegates whose calendars were told of a roundtable: what answers refer to."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import sqlalchemy as sa

from app import site
from app.db import db
from app.domain.inbound import Door
from app.models.calendars import CalendarCopy
from app.models.events import Event
from app.models.inbound import InboundMail
from app.models.invitations import Invitation
from app.models.registrations import Delegate
from app.services.calendars import scheduling
from app.services.inbound.ingest import Ingested, ingest
from app.services.transaction import unit_of_work
from tests.inbound import corpus
from tests.registration_rows import register_one, session_ids, store_event, store_invitation

FOCAL_POINT = "ngoaivu@quangtri.example.vn"
SEQUENCE = 2
TOLD = datetime(2027, 8, 20, tzinfo=UTC)
STARTS = datetime(2027, 10, 27, 7, 0, tzinfo=UTC)


@dataclass
class Invited:
    """One guest and the entry he was sent: `request` is what his calendar answers to."""

    guest: Invitation | Delegate
    request: corpus.Request
    event: Event = field(repr=False)

    def reply(self, partstat: str = "ACCEPTED", client: str = "plain", **how: object) -> bytes:
        """Return the answer as this client writes it."""
        return corpus.reply(self.request, partstat, client, **how)

    def receive(self, raw: bytes, now: datetime, **how: object) -> Ingested:
        """Let a mail come in at his secret address."""
        return take(raw, now, **{"envelope_to": self.request.organizer, **how})


def take(raw: bytes, now: datetime, envelope_to: str = "", **how: object) -> Ingested:
    """Let a mail come in."""
    db.session.rollback()
    return ingest(raw=raw, envelope_to=envelope_to, door=Door.COMMAND, now=now, **how)


def institution(now: datetime, email: str = FOCAL_POINT, **known: object) -> Invited:
    """Store a province whose focal point was sent the event's entry."""
    event = store_event(sequence=SEQUENCE, **known)
    invitation = store_invitation(event)
    with unit_of_work():
        invitation.email, invitation.sent_at = email, now
        scheduling.of_invitation(invitation, TOLD)
    return _told(event, invitation, event.calendar_uid, email)


def delegate(
    now: datetime,
    *,
    sessions: int = 2,
    number: int = 1,
    email: str = "an@quangtri.example.vn",
    **known: object,
) -> Invited:
    """Store a delegate who was sent his sessions, seats in so many; the entry is that of session `number`.

    0: that of the event, whose sessions have no hours.
    """
    event = store_event(sequence=SEQUENCE, **known)
    with unit_of_work():
        for session in event.sessions:
            session.sequence = SEQUENCE
            session.starts_at = session.starts_at if number else None
    chosen = session_ids(event)[:sessions]
    person = register_one(store_invitation(event), now, "Lê Văn An", email=email, sessions=chosen)
    uid = event.sessions[number - 1].calendar_uid if number else event.calendar_uid
    return _told(event, person, uid, email)


def colleague_of(one: Invited, now: datetime, email: str = "binh@quangtri.example.vn") -> Invited:
    """Store another delegate who was sent the same entries."""
    chosen = session_ids(one.event)
    person = register_one(one.guest.invitation, now, "Trần Thị Bình", email=email, sessions=chosen)
    return _told(one.event, person, one.request.uid, email)


def copy_of(one: Invited) -> CalendarCopy:
    """Return what the guest's calendar was told, as it is now."""
    db.session.rollback()
    own = CalendarCopy.invitation_id if isinstance(one.guest, Invitation) else CalendarCopy.delegate_id
    return db.session.scalars(
        sa.select(CalendarCopy).where(own == one.guest.id, CalendarCopy.uid == one.request.uid)
    ).one()


def mails() -> list[InboundMail]:
    """Return every mail that came in."""
    db.session.rollback()
    return list(db.session.scalars(sa.select(InboundMail).order_by(InboundMail.id)))


def change(row: object, **columns: object) -> None:
    """Change columns of a row."""
    with unit_of_work():
        db.session.refresh(row)
        for name, value in columns.items():
            setattr(row, name, value)


def tables() -> dict[str, list[tuple]]:
    """Return every row of every table but that of the mails themselves."""
    db.session.rollback()
    metadata = InboundMail.metadata
    return {
        table.name: sorted(map(tuple, db.session.execute(sa.select(table))), key=repr)
        for table in metadata.sorted_tables
        if table.name != InboundMail.__tablename__
    }


def _told(event: Event, guest: Invitation | Delegate, uid: str, email: str) -> Invited:
    purpose = "invitation-reply" if isinstance(guest, Invitation) else "delegate-reply"
    address = site.reply_address(purpose, guest.public_id, guest.generation)
    request = corpus.Request(uid=uid, organizer=address, attendee=email, sequence=SEQUENCE, starts=STARTS)
    return Invited(guest=guest, request=request, event=event)


def addressed(one: Invited, **changed: object) -> Invited:
    """Return the same guest with another request."""
    return replace(one, request=replace(one.request, **changed))
