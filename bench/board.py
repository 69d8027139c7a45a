"""The coverage board of a roundtable with 10,000 invitations: its first page, as the organiser opens it."""

import statistics
import time
from datetime import UTC, date, datetime
from datetime import time as clock_time

import sqlalchemy as sa
from flask import Flask

from app import create_app
from app.db import db
from app.documents import directory as files
from app.domain.accounts import Role
from app.domain.directory import OrganizationKind
from app.domain.event_facts import EventFacts
from app.domain.event_times import Schedule
from app.domain.events import ProtocolOrder
from app.domain.identifiers import new_public_id
from app.domain.invitations import InvitationState
from app.domain.policy import SYSTEM
from app.domain.programme import SideDetails
from app.domain.registrations import DelegateRole, SeatState
from app.models.directory import Organization
from app.models.events import Event, Side
from app.models.invitations import Invitation
from app.models.people import Person
from app.models.registrations import Delegate
from app.services import accounts, schema
from app.services.directory.load import load
from app.services.events import editing, lifecycle
from app.services.programme import sides
from app.services.transaction import unit_of_work
from bench.figure import Figure, Measured
from bench.product import settings_of
from bench.requests import Browser

_NOW = datetime(2027, 8, 1, 2, 0, tzinfo=UTC)
_INVITED = 10_000
_PASSWORD = "a password of the benchmark"
_STATES = list(InvitationState)
_REPEATS = 9


def first_page() -> Measured:
    """Milliseconds of the first page in the slowest order, the median of nine calls; half with people."""
    app = create_app(settings_of("board"))
    with app.app_context():
        slug = roundtable()
        fill(slug)
        accounts.add_account(
            actor=SYSTEM,
            email="board@example.vn",
            name="Nguyễn Thị Hà",
            role=Role.ORGANIZER,
            language="vi",
            now=_NOW,
            password=_PASSWORD,
        )
    browser = Browser(app.wsgi_app)
    browser.submit("/organizer/sign-in", {"email": "board@example.vn", "password": _PASSWORD})
    path = f"/organizer/events/{slug}/board"
    times = {order.value: _in_order(app, browser, path, order) for order in ProtocolOrder}
    slowest = ", ".join(f"{order} {milliseconds:.0f}" for order, milliseconds in times.items())
    return Measured(
        max(times.values()), f"{_INVITED} invitations, SQLite; WSGI called in-process; by order: {slowest}"
    )


def _in_order(app: Flask, browser: Browser, path: str, order: ProtocolOrder) -> float:
    """Return the milliseconds of the first page in an order."""
    with app.app_context(), unit_of_work() as session:
        session.execute(sa.update(Event).values(protocol_order=order, order_letter="C"))
    return statistics.median(_timed(browser, path) for _ in range(_REPEATS)) * 1e3


def _timed(browser: Browser, path: str) -> float:
    began = time.perf_counter()
    browser.get(path)
    return time.perf_counter() - began


def roundtable() -> str:
    """Return a published roundtable with two sides in a new database."""
    schema.upgrade()
    load(
        actor=SYSTEM,
        organizations=files.read_own_organizations(),
        sectors=files.read_sectors(),
        now=_NOW,
    )
    schedule = Schedule(
        day=date(2027, 10, 27), starts=clock_time(14), ends=clock_time(17), zone="Asia/Ho_Chi_Minh"
    )
    facts = EventFacts(
        titles={"vi": "Tọa đàm mười nghìn cơ quan"}, schedule=schedule, organizers=("MOFA-VN-DLFA",)
    )
    slug = editing.create(actor=SYSTEM, command=facts, now=_NOW)
    for code, name in (("VN", "Phía Việt Nam"), ("RU", "Phía Liên bang Nga")):
        sides.add_side(actor=SYSTEM, slug=slug, command=SideDetails(code=code, names={"vi": name}), now=_NOW)
    lifecycle.publish(actor=SYSTEM, slug=slug, now=_NOW)
    return slug


def fill(slug: str) -> None:
    """Invite the directory and as many firms as are missing, in bulk: what is measured is reading."""
    event_id = db.session.scalars(sa.select(Event.id).filter_by(slug=slug)).one()
    with unit_of_work() as session:
        kinds = [OrganizationKind.ENTERPRISE, OrganizationKind.CORPORATION]
        session.execute(sa.insert(Organization), [_firm(n, kinds[n % 2]) for n in range(_INVITED)])
        numbers = session.scalars(sa.select(Organization.id).order_by(Organization.id).limit(_INVITED)).all()
        places = session.scalars(sa.select(Side.id).filter_by(event_id=event_id)).all()
        session.execute(
            sa.insert(Invitation),
            [
                {
                    "public_id": new_public_id(),
                    "event_id": event_id,
                    "organization_id": number,
                    "side_id": places[place % 2],
                    "position": place,
                    "state": _STATES[place % len(_STATES)],
                    "email": f"{place}@example.vn",
                    "quota": 3,
                    "created_at": _NOW,
                    "sent_at": _NOW,
                }
                for place, number in enumerate(numbers, 1)
            ],
        )
        invited = session.scalars(sa.select(Invitation.id).filter_by(event_id=event_id)).all()[::2]
        people = [
            {
                "public_id": new_public_id(),
                "event_id": event_id,
                "full_name": f"Đại biểu {n}",
                "sort_name": str(n),
                "language": "vi",
            }
            for n in invited
        ]
        session.execute(sa.insert(Person), people)
        named = session.scalars(sa.select(Person.id).filter_by(event_id=event_id)).all()
        pairs = zip(invited, named, strict=True)
        session.execute(sa.insert(Delegate), [_delegate(event_id, *pair) for pair in pairs])


def _firm(number: int, kind: OrganizationKind) -> dict[str, object]:
    return {
        "public_id": new_public_id(),
        "code": f"F-{number}",
        "kind": kind,
        "names": {"vi": f"Công ty {number}"},
        "country": "VN",
        "search": f" cong ty {number} ",
    }


def _delegate(event_id: int, invitation: int, person: int) -> dict[str, object]:
    return {
        "public_id": new_public_id(),
        "event_id": event_id,
        "invitation_id": invitation,
        "person_id": person,
        "role": DelegateRole.DELEGATE,
        "state": SeatState.CONFIRMED,
        "request_key": str(person),
        "registered_at": _NOW,
        "changed_at": _NOW,
    }


FIGURES = (Figure("board", "ms", 150, first_page),)
