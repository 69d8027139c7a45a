"""A published roundtable with two sessions, and institutions that are invited to it, as rows."""

from datetime import UTC, date, datetime
from itertools import count

import sqlalchemy as sa

from app.db import db
from app.domain.collation import collation_key
from app.domain.directory import OrganizationKind
from app.domain.events import EventStatus
from app.domain.invitations import InvitationState
from app.domain.mail import MessageKind
from app.domain.people import PersonDetails
from app.domain.policy import Actor
from app.domain.registrations import DelegateRole, RegisterDelegate
from app.models.directory import Organization
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.mail import OutboxMessage
from app.models.programme import Session
from app.models.registrations import Delegate
from app.services.registrations import due_letters, register
from app.services.transaction import unit_of_work

CREATED = datetime(2027, 8, 1, 2, 0, tzinfo=UTC)
FOCAL_POINT = Actor("institution", "Sở Ngoại vụ Quảng Trị")
_NUMBERS = count(1)


def store_event(
    *, capacity: int | None = None, seats: tuple[int | None, ...] = (None, None), **known: object
) -> Event:
    """Store a roundtable whose sessions have so many `seats`."""
    event = Event(
        **{
            "slug": f"ket-noi-{next(_NUMBERS)}",
            "titles": {"vi": "Tọa đàm Việt – Nga", "en": "Viet Nam – Russia roundtable"},
            "status": EventStatus.PUBLISHED,
            "date": date(2027, 10, 27),
            "starts_at": datetime(2027, 10, 27, 7, 0, tzinfo=UTC),
            "ends_at": datetime(2027, 10, 27, 10, 0, tzinfo=UTC),
            "timezone": "Asia/Ho_Chi_Minh",
            "join_url": "https://zoom.example/j/81",
            "contact_name": "Cục Ngoại vụ",
            "capacity": capacity,
            "created_at": CREATED,
            "changed_at": CREATED,
            **known,
        }
    )
    titles = ("Kết nối vì phát triển", "Hợp tác đầu tư và thương mại", "Bế mạc")
    with unit_of_work() as session:
        session.add(event)
        for number, room in enumerate(seats, 1):
            session.add(
                Session(
                    event=event,
                    position=number,
                    titles={"vi": titles[number - 1]},
                    capacity=room,
                    changed_at=CREATED,
                    starts_at=datetime(2027, 10, 27, 6 + number, 0, tzinfo=UTC),
                )
            )
    return event


def store_invitation(
    event: Event, *, name: str = "Quảng Trị", quota: int = 3, side: object = None, **known: object
) -> Invitation:
    """Invite an institution of this name; `known` are columns of the organisation."""
    number = next(_NUMBERS)
    organization = Organization(
        **{
            "code": f"O-{number}",
            "kind": OrganizationKind.LOCALITY,
            "names": {"vi": name},
            "sort_key": collation_key(name),
            "country": "VN",
            "timezone": "Asia/Ho_Chi_Minh",
            **known,
        }
    )
    invitation = Invitation(
        event=event,
        organization=organization,
        side=side,
        position=number,
        quota=quota,
        state=InvitationState.SENT,
        created_at=CREATED,
    )
    with unit_of_work() as session:
        session.add(invitation)
    return invitation


def invite_again(invitation: Invitation, event: Event, *, quota: int = 3) -> Invitation:
    """Invite the institution of an invitation to another event."""
    again = Invitation(
        event_id=event.id,
        organization_id=invitation.organization_id,
        position=next(_NUMBERS),
        quota=quota,
        state=InvitationState.SENT,
        created_at=CREATED,
    )
    with unit_of_work() as session:
        session.add(again)
    return again


def command(name: str = "Nguyễn Triều Thương", **known: object) -> RegisterDelegate:
    """Return what a focal point sends; `known` are fields of the person or of the command."""
    own = {"role": DelegateRole.DELEGATE, "sessions": (), "request_key": f"key {next(_NUMBERS)}"}
    own.update({key: known.pop(key) for key in list(known) if key in own})
    return RegisterDelegate(person=PersonDetails(full_name=name, **known), **own)


def register_one(invitation: Invitation, now: datetime, name: str = "Lê Văn An", **known: object) -> Delegate:
    """Register somebody as the focal point does, let his letter be written, and return the row."""
    done = register.register_delegate(
        actor=FOCAL_POINT, invitation=invitation, command=command(name, **known), now=now
    )
    due_letters.write_due(now=now)
    return get_delegate(done.public_id)


def get_delegate(public_id: str) -> Delegate:
    """Return a delegate as the database has him."""
    return db.session.scalars(sa.select(Delegate).where(Delegate.public_id == public_id)).one()


def session_ids(event: Event) -> tuple[str, ...]:
    """Return the public ids of the sessions in order."""
    return tuple(session.public_id for session in event.sessions)


def list_mails() -> list[tuple[str, str]]:
    """Return kind and recipient of every letter in the outbox; entries that travel alone are left out."""
    letters = sa.select(OutboxMessage).where(OutboxMessage.kind != MessageKind.CALENDAR)
    rows = db.session.scalars(letters.order_by(OutboxMessage.id))
    return [(row.kind.value, row.recipient) for row in rows]


def list_written_mails(now: datetime = CREATED) -> list[tuple[str, str]]:
    """Let the courier write what is due, and return what list_mails() does."""
    due_letters.write_due(now=now)
    return list_mails()
