"""Roundtables as organisers enter them, and what is around them."""

from datetime import date, datetime, time
from typing import Any

from app.db import db
from app.domain.directory import OrganizationKind
from app.domain.event_facts import EventFacts
from app.domain.event_times import Schedule
from app.domain.invitations import InvitationState
from app.domain.policy import Actor
from app.domain.registrations import DelegateRole, SeatState
from app.domain.text import fold
from app.models.directory import Contact, Organization, Sector
from app.models.events import Event
from app.models.invitations import Invitation
from app.models.people import Person
from app.models.programme import Session
from app.models.registrations import Delegate
from app.queries import events
from app.services.events import editing, lifecycle
from app.services.transaction import unit_of_work

TITLE = "Xúc tiến, thúc đẩy hợp tác giữa các địa phương, doanh nghiệp Việt Nam và Liên bang Nga"
SCHEDULE = Schedule(day=date(2027, 10, 27), starts=time(14), ends=time(17), zone="Asia/Ho_Chi_Minh")


def facts(**changes: Any) -> EventFacts:
    """Return a roundtable that could be published, but for `changes`."""
    complete: dict[str, Any] = {"titles": {"vi": TITLE}, "schedule": SCHEDULE, "organizers": ("LFA",)}
    return EventFacts(**{**complete, **changes})


def store_directory() -> None:
    """Store the department that organises, its ministry, a province, and two fields of cooperation."""
    named = {
        "MOFA": (OrganizationKind.MINISTRY, "Bộ Ngoại giao"),
        "LFA": (OrganizationKind.DEPARTMENT_MINISTRY, "Cục Ngoại vụ"),
        "VN-25": (OrganizationKind.LOCALITY, "Quảng Trị"),
    }
    with unit_of_work() as session:
        for code, (kind, name) in named.items():
            search = f" {code.lower()} {fold(name)} "
            session.add(Organization(code=code, kind=kind, names={"vi": name}, search=search, country="VN"))
        for position, code in enumerate(("LOCAL_COOPERATION", "ENERGY", "FTA")):
            session.add(Sector(code=code, position=position, names={"vi": code}))


def create(actor: Actor, now: datetime, **changes: Any) -> str:
    """Create a draft and return its slug."""
    return editing.create(actor=actor, command=facts(**changes), now=now)


def publish(actor: Actor, now: datetime, **changes: Any) -> str:
    """Create and publish a roundtable; return its slug."""
    slug = create(actor, now, **changes)
    lifecycle.publish(actor=actor, slug=slug, now=now)
    return slug


def get(slug: str, actor: Actor) -> Event:
    """Return the event as it is stored now."""
    db.session.rollback()
    return events.get(slug, actor)


def add_session(slug: str, actor: Actor, number: int, **known: Any) -> None:
    """Store a session of the event."""
    event_id = events.get(slug, actor).id
    with unit_of_work() as session:
        titles = {"vi": f"Phiên {number}"}
        changed_at = datetime.fromisoformat("2027-08-01T00:00Z")
        session.add(
            Session(event_id=event_id, position=number, titles=titles, changed_at=changed_at, **known)
        )


def invite(slug: str, actor: Actor, now: datetime, *, email: str | None = "qt@example.vn") -> None:
    """Store an invitation of the province that left, with one delegate who has a seat."""
    event = events.get(slug, actor)
    province = db.session.query(Organization).filter_by(code="VN-25").one()
    event_id, province_id = event.id, province.id
    with unit_of_work() as session:
        contact = Contact(organization_id=province_id, full_name="Nguyễn Văn A", email=email)
        person = Person(
            event_id=event_id, full_name="Trần Thị B", sort_name="B", email="b@example.vn", language="en"
        )
        session.add_all([contact, person])
        session.flush()
        invitation = Invitation(
            event_id=event_id,
            organization_id=province_id,
            contact_id=contact.id,
            position=1,
            quota=3,
            state=InvitationState.DECLINED,
            created_at=now,
            sent_at=now,
        )
        session.add(invitation)
        session.flush()
        session.add(
            Delegate(
                event_id=event_id,
                invitation_id=invitation.id,
                person_id=person.id,
                role=DelegateRole.DELEGATE,
                state=SeatState.CONFIRMED,
                request_key="k",
                registered_at=now,
                changed_at=now,
            )
        )
