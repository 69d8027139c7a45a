"""A roundtable with sides and a small directory, as rows: what tests of invitations start from."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from app.db import db
from app.domain.directory import OrganizationKind
from app.domain.events import EventStatus
from app.domain.invitations import Invite
from app.domain.policy import SYSTEM
from app.domain.text import fold
from app.models.directory import Contact, Organization
from app.models.events import Event, Side
from app.models.invitations import Invitation
from app.services.invitations import invite
from app.services.transaction import unit_of_work

K = OrganizationKind
CREATED = datetime(2027, 8, 1, 2, 0, tzinfo=UTC)
STARTS = datetime(2027, 10, 27, 7, 0, tzinfo=UTC)
SLUG = "toa-dam"


def event(slug: str = SLUG, *, sides: Sequence[str] = (), **known: object) -> Event:
    """Store a roundtable that admits answers until 20 October 2027, 17:00 in Hanoi."""
    values = {
        "titles": {
            "vi": "Tọa đàm kết nối địa phương",
            "en": "Roundtable of localities",
            "ru": "Круглый стол регионов",
        },
        "status": EventStatus.PUBLISHED,
        "date": date(2027, 10, 27),
        "starts_at": STARTS,
        "ends_at": datetime(2027, 10, 27, 10, 0, tzinfo=UTC),
        "timezone": "Asia/Ho_Chi_Minh",
        "registration_deadline": datetime(2027, 10, 20, 10, 0, tzinfo=UTC),
        "created_at": CREATED,
        "changed_at": CREATED,
        **known,
    }
    made = Event(slug=slug, **values)
    made.sides = [
        Side(code=code, names={"vi": f"Phía {code}"}, position=place) for place, code in enumerate(sides, 1)
    ]
    with unit_of_work() as session:
        session.add(made)
    return made


def organization(
    code: str, name: str, kind: K = K.LOCALITY, country: str = "VN", **known: object
) -> Organization:
    """Return an organisation of the directory, not stored yet."""
    values = {
        "email": f"{code.lower()}@example.vn",
        "sort_key": fold(name),
        "search": f" {fold(name)} {code.lower()} ",
    }
    return Organization(code=code, kind=kind, names={"vi": name}, country=country, **{**values, **known})


def store(*made: Organization) -> list[str]:
    """Store organisations; return their public ids."""
    with unit_of_work() as session:
        session.add_all(made)
    return [one.public_id for one in made]


def localities(count: int, **known: object) -> list[str]:
    """Store that many localities of Viet Nam."""
    return store(*(organization(f"VN-{n:02}", f"Tỉnh {n:02}", **known) for n in range(1, count + 1)))


def missions(count: int) -> list[str]:
    """Store that many missions of Viet Nam abroad."""
    return store(
        *(
            organization(
                f"M-{n:03}", f"Đại sứ quán {n:03}", K.EMBASSY, host_country="JP", timezone="Asia/Tokyo"
            )
            for n in range(1, count + 1)
        )
    )


def focal_point(public_id: str, name: str, **known: object) -> None:
    """Give a stored organisation a focal point."""
    with unit_of_work() as session:
        holder = session.query(Organization).filter_by(public_id=public_id).one()
        session.add(Contact(organization_id=holder.id, full_name=name, is_focal_point=True, **known))


def invited(public_ids: Sequence[str], now: datetime, slug: str = SLUG, **terms: object) -> list[str]:
    """Invite organisations; return the public ids of the invitations in list order."""
    invite.invite(actor=SYSTEM, slug=slug, command=Invite(organizations=tuple(public_ids), **terms), now=now)
    db.session.rollback()
    found = db.session.query(Invitation).join(Event).filter(Event.slug == slug).order_by(Invitation.position)
    return [invitation.public_id for invitation in found]
