"""A roundtable with two sessions, an invited province and its delegate, as rows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from app.db import db
from app.domain.directory import OrganizationKind
from app.domain.events import EventStatus
from app.domain.invitations import InvitationState
from app.domain.programme import AgendaKind
from app.domain.registrations import DelegateRole, SeatState
from app.models.directory import Organization
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.people import Person
from app.models.programme import AgendaItem, Session
from app.models.registrations import Delegate, Seat
from app.services.transaction import unit_of_work

CREATED = datetime(2027, 8, 1, 2, 0, tzinfo=UTC)
CHANGED = datetime(2027, 8, 20, 2, 0, tzinfo=UTC)
JOIN = "https://zoom.example/j/81?pwd=secret"


@dataclass
class Rows:
    """What was stored."""

    event: Event
    sessions: list[Session]
    invitation: Invitation
    delegate: Delegate


def store(*, timed: bool = True, state: SeatState = SeatState.CONFIRMED, **known: object) -> Rows:
    """Store the roundtable with `known` columns of the event; the delegate's seat is in session 2."""
    event = Event(**{**_event(), **known})
    sessions = [_session(event, number, timed=timed) for number in (1, 2)]
    province = Organization(
        code="RU-SA",
        kind=OrganizationKind.FOREIGN_LOCALITY,
        names={"vi": "Cộng hòa Sakha", "ru": "Республика Саха"},
        timezone="Asia/Yakutsk",
    )
    invitation = Invitation(
        event=event,
        organization=province,
        position=1,
        quota=3,
        language="ru",
        state=InvitationState.SENT,
        created_at=CREATED,
    )
    person = Person(full_name="Иванов Иван", sort_name="Иванов Иван", language="ru", organization=province)
    with unit_of_work() as session:
        session.add_all([event, *sessions, invitation])
        session.flush()
        person.event_id = event.id
        delegate = Delegate(
            event=event,
            invitation=invitation,
            person=person,
            role=DelegateRole.DELEGATE,
            state=SeatState.CONFIRMED,
            request_key="k",
            registered_at=CREATED,
            changed_at=CHANGED,
            seats=[Seat(session=sessions[1], state=state, created_at=CREATED)],
        )
        session.add_all([delegate, *_agenda(event, sessions)])
    return Rows(event, sessions, invitation, delegate)


def change(row: object, **columns: object) -> None:
    """Change columns of a stored row."""
    with unit_of_work():
        db.session.refresh(row)
        for name, value in columns.items():
            setattr(row, name, value)


def _event() -> dict[str, object]:
    return {
        "slug": "ket-noi",
        "status": EventStatus.PUBLISHED,
        "titles": {"vi": "Tọa đàm Việt – Nga", "en": "Viet Nam – Russia roundtable", "ru": "Круглый стол"},
        "purposes": {"vi": "Kết nối địa phương, doanh nghiệp.", "en": "To link localities and enterprises."},
        "platform": "Zoom",
        "join_url": JOIN,
        "date": date(2027, 10, 27),
        "starts_at": datetime(2027, 10, 27, 7, 0, tzinfo=UTC),
        "ends_at": datetime(2027, 10, 27, 10, 0, tzinfo=UTC),
        "timezone": "Asia/Ho_Chi_Minh",
        "contact_name": "Cục Ngoại vụ",
        "contact_email": "toadam@example.vn",
        "created_at": CREATED,
        "changed_at": CHANGED,
    }


def _session(event: Event, number: int, *, timed: bool) -> Session:
    titles = {1: "Kết nối vì phát triển", 2: "Hợp tác đầu tư và thương mại"}
    return Session(
        event=event,
        position=number,
        titles={"vi": titles[number], "ru": f"Сессия {number}"},
        starts_at=datetime(2027, 10, 27, 6 + number, 30, tzinfo=UTC) if timed else None,
        changed_at=CHANGED,
    )


def _agenda(event: Event, sessions: list[Session]) -> list[AgendaItem]:
    rows = ((0, AgendaKind.OPENING_REMARKS, {}), (1, AgendaKind.DISCUSSION, {"vi": "Trao đổi cơ hội"}))
    return [
        AgendaItem(event_id=event.id, session_id=sessions[n].id, position=n + 1, kind=kind, titles=titles)
        for n, kind, titles in rows
    ]
