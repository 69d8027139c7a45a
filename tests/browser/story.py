"""What the journeys start from: the real directory, a past roundtable, a desk; and the caught mail."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time
from email import message_from_bytes, policy
from email.message import EmailMessage

import sqlalchemy as sa
from icalendar import Calendar

from app.cli.demo import archive
from app.db import db
from app.domain import clock
from app.domain.accounts import Role
from app.domain.contacts import ContactDetails
from app.domain.event_facts import EventFacts
from app.domain.event_times import Schedule
from app.domain.invitations import Invite
from app.domain.local_time import Hours
from app.domain.mail import MessageKind
from app.domain.policy import SYSTEM
from app.domain.programme import SessionDetails
from app.models.directory import Organization
from app.models.mail import OutboxMessage
from app.queries import directory
from app.services import accounts
from app.services.directory import contacts
from app.services.events import editing, lifecycle
from app.services.invitations import invite, letters
from app.services.mail.deliver import deliver
from app.services.programme import sessions
from tests.plugins.browser import Served
from tests.plugins.directory import store_real_directory

NOW = datetime(2025, 3, 10, 2, 0, tzinfo=UTC)
"""Monday, 10 March 2025, 09:00 in Hanoi: Viet Nam has 63 localities, and will until 30 June."""
DAY = date(2025, 5, 14)
SOURCE = {
    "vi": "Xúc tiến, thúc đẩy hợp tác giữa các địa phương, doanh nghiệp Việt Nam và Liên bang Nga",
    "en": "Promoting and advancing cooperation between localities and enterprises of Viet Nam "
    "and the Russian Federation",
    "ru": "Содействие и развитие сотрудничества между регионами и предприятиями Вьетнама "
    "и Российской Федерации",
}
TITLES = {
    "vi": "Kết nối các địa phương Việt Nam với Đoàn Ngoại giao",
    "en": "Connecting Vietnamese localities and the diplomatic corps",
    "ru": "Встреча регионов Вьетнама с дипломатическим корпусом",
}
PURPOSES = {
    "vi": "Giới thiệu tiềm năng của các địa phương và nhu cầu hợp tác của các nước.",
    "en": "To present the potential of the localities and what other countries look for.",
    "ru": "Представить потенциал регионов и запросы зарубежных партнёров.",
}
SESSIONS = (
    SessionDetails(
        titles={
            "vi": "Kết nối vì phát triển",
            "en": "Connecting for development",
            "ru": "Взаимодействие ради развития",
        },
        hours=Hours(day=DAY, starts=time(14, 15), ends=time(15, 30)),
    ),
    SessionDetails(
        titles={
            "vi": "Hợp tác đầu tư và thương mại",
            "en": "Investment and trade cooperation",
            "ru": "Инвестиционное и торговое сотрудничество",
        },
        hours=Hours(day=DAY, starts=time(15, 40), ends=time(16, 45)),
    ),
)
FACTS = EventFacts(
    titles=TITLES,
    purposes=PURPOSES,
    schedule=Schedule(day=DAY, starts=time(14), ends=time(17), zone="Asia/Ho_Chi_Minh"),
    platform="Zoom",
    join_url="https://zoom.example/j/8412345678",
    organizers=("Cục Ngoại vụ",),
    contact_name="Nguyễn Thị Hà, Phòng Hợp tác địa phương",
    contact_phone="+84 24 3799 3000",
    contact_email="ha.nguyen@mofa.example",
    deadline_date=date(2025, 5, 7),
    deadline_clock=time(17),
    default_quota=5,
)
EMAIL, PASSWORD = "ha.nguyen@mofa.example", "một câu dài chỉ tôi biết"
_LANGUAGES = {"VN": "vi", "RU": "ru", "BY": "ru"}
GUESTS = "localities"


def set_scene() -> None:
    """Fill the empty site of the pushed application context: a past roundtable, and whom to invite."""
    store_real_directory(NOW)
    archive.build(now=NOW)
    for member in directory.list_members(GUESTS, on=DAY):
        _name_focal_point(member)


def send_invitation(*codes: str, quota: int = FACTS.default_quota) -> str:
    """Fill the empty site with the directory, and send_letters(); return the slug of the roundtable."""
    store_real_directory(NOW)
    return send_letters(*codes, quota=quota)


def send_letters(*codes: str, quota: int = FACTS.default_quota) -> str:
    """Invite institutions of the directory, each in its language, to a roundtable with two sessions.

    Returns the slug.
    """
    guests = [directory.get_by_code(code) for code in codes]
    for guest in guests:
        if not guest.contacts:
            _name_focal_point(guest)
    slug = editing.create(actor=SYSTEM, command=replace(FACTS, default_quota=quota), now=NOW)
    for details in SESSIONS:
        sessions.add_session(actor=SYSTEM, slug=slug, command=details, now=NOW)
    lifecycle.publish(actor=SYSTEM, slug=slug, now=NOW)
    chosen = Invite(organizations=tuple(guest.public_id for guest in guests))
    invite.invite(actor=SYSTEM, slug=slug, command=chosen, now=NOW)
    letters.prepare(actor=SYSTEM, slug=slug, now=NOW)
    letters.release(actor=SYSTEM, slug=slug, expected=len(codes), now=NOW)
    return slug


def address_of(code: str) -> str:
    """Return where an institution of the story gets its mail."""
    return f"{code.lower()}@institution.example"


def _name_focal_point(organization: Organization) -> None:
    details = ContactDetails(
        post="Protocol Office",
        email=address_of(organization.code),
        language=_LANGUAGES.get(organization.country, "en"),
        is_focal_point=True,
    )
    contacts.add_contact(actor=SYSTEM, organization=organization.public_id, details=details, now=NOW)


def open_account(
    served: Served, *, email: str = EMAIL, role: Role = Role.ORGANIZER, language: str = "vi"
) -> str:
    """Give somebody an account at the desk, as `bantron user add` does, and return the one-time link."""
    with served.app.app_context():
        return accounts.add_account(
            actor=SYSTEM,
            email=email,
            name="Nguyễn Thị Hà",
            role=role,
            language=language,
            now=clock.now(),
        )


def carry_mail(served: Served) -> None:
    """Let the courier write what is due, and carry what the outbox holds."""
    with served.app.app_context():
        deliver(clock=clock.now)


def mail_to(served: Served, address: str) -> EmailMessage:
    """Return the one letter that an address got since it was asked last: entries may travel beside it."""
    raws = [raw for to, raw in served.postman.taken if to == address]
    mine = [message_from_bytes(raw, policy=policy.default) for raw in raws]
    served.postman.taken[:] = [(to, raw) for to, raw in served.postman.taken if to != address]
    with served.app.app_context():
        alone = set(
            db.session.scalars(
                sa.select(OutboxMessage.message_id).where(OutboxMessage.kind == MessageKind.CALENDAR)
            )
        )
    letters = [mail for mail in mine if mail["Message-ID"] not in alone]
    assert len(letters) == 1, f"{len(letters)} letters to {address}"
    return letters[0]


def calendars_to(served: Served, address: str) -> list[bytes]:
    """Return the calendars in the mails that wait for an address: each session's entry comes with its own."""
    raws = [raw for to, raw in served.postman.taken if to == address]
    mails = [message_from_bytes(raw, policy=policy.default) for raw in raws]
    return [
        calendar_in(mail)
        for mail in mails
        if any(part.get_content_type() == "text/calendar" for part in mail.walk())
    ]


def text_of(mail: EmailMessage) -> str:
    """Return the plain text of a mail."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def link_in(mail: EmailMessage, purpose: str) -> str:
    """Return the secret link in a mail: purpose "i" for an institution, "d" for a delegate."""
    found = set(re.findall(rf"http://\S+/{purpose}/[^\s.]+", text_of(mail)))
    assert len(found) == 1, found
    return found.pop()


def calendar_in(mail: EmailMessage) -> bytes:
    """Return the calendar that came with a mail: the part that calendars read by themselves."""
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert len(parts) == 1, parts
    return bytes(parts[0].get_payload(decode=True))


def method_in(mail: EmailMessage) -> str:
    """Return what the calendar of a mail asks for: REQUEST, CANCEL."""
    return str(Calendar.from_ical(calendar_in(mail))["METHOD"])
