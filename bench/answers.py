"""Ten thousand answers by calendar come in: the last thousand must not be slower than the first."""

import time
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from app import create_app, site
from app.db import db
from app.domain.directory import OrganizationKind
from app.domain.events import EventStatus
from app.domain.inbound import Door, Result
from app.domain.invitations import InvitationState
from app.models.calendars import CalendarCopy
from app.models.directory import Organization
from app.models.events import Event
from app.models.invitations import Invitation
from app.services import schema
from app.services.calendars import scheduling
from app.services.inbound.ingest import ingest
from app.services.transaction import unit_of_work
from bench.figure import Figure, Measured
from bench.product import settings_of

_NOW = datetime(2027, 9, 1, 2, 0, tzinfo=UTC)
_STARTS = datetime(2027, 10, 27, 7, 0, tzinfo=UTC)
_MANY = 10_000
_SOME = 1_000


def steady() -> Measured:
    """Times the CPU of the first thousand answers that the last thousand take (SQLite in a file)."""
    with create_app(settings_of("answers")).app_context():
        schema.upgrade()
        _store_guests()
        replies = [_reply(*row) for row in db.session.execute(_guests())]
        took = [_seconds(replies[at : at + _SOME]) for at in range(0, _MANY, _SOME)]
    each = took[0] / _SOME
    return Measured(took[-1] / took[0], f"{each * 1e3:.2g} ms each at first, {_MANY} answers of institutions")


def _seconds(replies: list[tuple[bytes, str]]) -> float:
    began = time.process_time()
    for raw, envelope_to in replies:
        done = ingest(raw=raw, envelope_to=envelope_to, door=Door.COMMAND, now=_NOW)
        assert done.result is Result.APPLY, done
    return time.process_time() - began


def _reply(public_id: str, email: str, uid: str) -> tuple[bytes, str]:
    to = site.reply_address("invitation-reply", public_id, 1)
    lines = (
        f"From: {email}",
        f"To: {to}",
        f"Message-ID: <{public_id}@client.example>",
        "MIME-Version: 1.0",
        "Content-Type: text/calendar; method=REPLY; charset=UTF-8",
        "",
        "BEGIN:VCALENDAR",
        "METHOD:REPLY",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{email}",
        "DTSTAMP:20270831T020000Z",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    return "\r\n".join(lines).encode(), to


def _guests() -> sa.Select[tuple[str, str, str]]:
    return (
        sa.select(Invitation.public_id, Invitation.email, Event.calendar_uid)
        .join(Invitation.event)
        .order_by(Invitation.id)
    )


def _store_guests() -> None:
    """Store the institutions, and that each was sent the entry of one roundtable."""
    event = Event(
        slug="toa-dam",
        status=EventStatus.PUBLISHED,
        titles={"vi": "Tọa đàm kết nối địa phương"},
        date=date(2027, 10, 27),
        starts_at=_STARTS,
        ends_at=_STARTS + timedelta(hours=3),
        timezone="Asia/Ho_Chi_Minh",
        join_url="https://zoom.example/j/81",
        created_at=_NOW,
        changed_at=_NOW,
    )
    with unit_of_work() as session:
        session.add_all(_invitation(event, number) for number in range(_MANY))
        session.flush()
        first, *others = session.scalars(sa.select(Invitation).order_by(Invitation.id))
        scheduling.of_invitation(first, _NOW)
        session.flush()
        told = session.scalars(sa.select(CalendarCopy)).one()
        known = {
            name: getattr(told, name)
            for name in (
                "uid",
                "generation",
                "sequence",
                "hours",
                "essence",
                "is_cancelled",
                "partstat",
                "stamp",
            )
        }
        session.execute(
            sa.insert(CalendarCopy),
            [{**known, "invitation_id": one.id, "email": one.email, "comment": ""} for one in others],
        )


def _invitation(event: Event, number: int) -> Invitation:
    organization = Organization(
        code=f"O-{number}", kind=OrganizationKind.LOCALITY, names={"vi": f"Tỉnh {number}"}, country="VN"
    )
    return Invitation(
        event=event,
        organization=organization,
        position=number,
        quota=3,
        email=f"ngoaivu{number}@example.vn",
        state=InvitationState.SENT,
        created_at=_NOW,
    )


FIGURES = (Figure("ingest-steady", "times", 1.2, steady),)
