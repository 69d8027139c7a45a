"""The live roundtable: opens in three weeks, with answers in every state and a session that is full."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.demo import (
    calendar_replies,
    connection_sites,
    coverage,
    decisions,
    delegations,
    people,
    requests,
    versions,
)
from app.cli.demo.focal_points import LOST
from app.domain.event_facts import EventFacts
from app.domain.event_times import Schedule
from app.domain.events import Mode, ProtocolOrder
from app.domain.invitations import (
    Answer,
    AnswerCommand,
    AnswerSource,
    Invite,
    RecordCommand,
)
from app.domain.languages import in_language
from app.domain.local_time import Hours
from app.domain.people import PersonDetails
from app.domain.policy import SYSTEM, Actor
from app.domain.programme import (
    AgendaItemDetails,
    AgendaKind,
    AppointmentDetails,
    AppointmentRole,
    SessionDetails,
    SideDetails,
)
from app.domain.registrations import RegisterAlone, RegisterDelegate
from app.queries import directory, events, invitations
from app.services.events import editing, lifecycle
from app.services.invitations import answers, invite, letters
from app.services.programme import agenda, appointments, sessions, sides
from app.services.registrations import open_registration, register

if TYPE_CHECKING:
    from app.models.invitations import Invitation

ZONE = "Asia/Ho_Chi_Minh"
FULL_AT = 40
_ASSOCIATIONS, _MISSIONS = 10, 12
_AGENDA = ((AgendaKind.OPENING_REMARKS, 15), (AgendaKind.PRESENTATION, 40), (AgendaKind.DISCUSSION, 25))
_EMBASSIES = ("LA", "JP", "RU", "FR", "KR", "SG", "TH", "KH", "IN", "AU", "DE", "NL", "GB", "US", "CU", "BY")


def build(*, now: datetime) -> None:
    """Create, publish, invite, release, and let people answer."""
    day = _three_weeks_ahead(now.date())
    slug = editing.create(actor=SYSTEM, command=_facts(day), now=now)
    for side in _TEXTS["sides"]:
        sides.add_side(actor=SYSTEM, slug=slug, command=SideDetails(**side), now=now)
    first, second = _programme(slug, day, now)
    lifecycle.publish(actor=SYSTEM, slug=slug, now=now)
    _invite(slug, day, now)
    prepared = letters.prepare(actor=SYSTEM, slug=slug, now=now)
    letters.release(actor=SYSTEM, slug=slug, expected=prepared.letters, now=now)
    _leave_drafts(slug, day, now)
    _answer(slug, first, second, now)
    _register_alone(slug, second, now)
    delegations.build(slug, _TEXTS["table"], now=now)
    requests.build(slug, now=now)
    decisions.build(slug, now=now)
    connection_sites.build(slug, day, now=now)
    coverage.build(slug, now=now)
    calendar_replies.build(slug, now=now)
    versions.build(slug, first=first, second=second, now=now)


def _three_weeks_ahead(today: date) -> date:
    """Return the Wednesday in the week that lies three weeks ahead."""
    ahead = today + timedelta(days=21)
    return ahead + timedelta(days=2 - ahead.weekday())


_TEXTS: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "data" / "roundtable_live.json").read_text(encoding="utf-8")
)


def _facts(day: date) -> EventFacts:
    return EventFacts(
        titles=_TEXTS["titles"],
        purposes=_TEXTS["purposes"],
        schedule=Schedule(day=day, starts=time(14), ends=time(17), zone=ZONE),
        mode=Mode.ONLINE,
        platform="Zoom",
        join_url="https://zoom.demo.example/j/86420024680",
        languages=("vi", "en", "ru"),
        organizers=("MOFA-VN-DLFA",),
        sectors=("LOCAL_COOPERATION", "INVESTMENT", "TRADE"),
        deadline_date=day - timedelta(days=7),
        deadline_clock=time(17),
        admits_open_registration=True,
        capacity=300,
        default_quota=3,
        contact_name="Phòng Hợp tác quốc tế, Cục Ngoại vụ",
        contact_phone="+84 24 3000 0000",
        contact_email="toadam@demo.example",
        protocol_order=ProtocolOrder.ALPHABETICAL,
    )


def _programme(slug: str, day: date, now: datetime) -> tuple[str, str]:
    """Enter both sessions with their agenda and speakers; return their public ids."""
    first = sessions.add_session(
        actor=SYSTEM,
        slug=slug,
        command=SessionDetails(
            titles=_TEXTS["sessions"][0],
            hours=Hours(day=day, starts=time(14), ends=time(15, 20)),
            languages=("vi", "en", "ru"),
            sectors=("LOCAL_COOPERATION",),
        ),
        now=now,
    )
    second = sessions.add_session(
        actor=SYSTEM,
        slug=slug,
        command=SessionDetails(
            titles=_TEXTS["sessions"][1],
            hours=Hours(day=day, starts=time(15, 30), ends=time(17)),
            capacity=FULL_AT,
            languages=("vi", "en"),
            sectors=("INVESTMENT", "TRADE"),
        ),
        now=now,
    )
    for kind, minutes in (
        (AgendaKind.OPENING_REMARKS, 15),
        (AgendaKind.PRESENTATION, 40),
        (AgendaKind.DISCUSSION, 25),
    ):
        item = AgendaItemDetails(kind=kind, session=first, minutes=minutes)
        agenda.add_item(actor=SYSTEM, slug=slug, command=item, now=now)
    for code in ("EMB-LA-HAN", "EMB-JP-HAN", "EMB-RU-HAN", "EMB-FR-HAN", "VN-CG-CN-NNG"):
        _speaker(slug, first, code, now)
    for code in ("EUROCHAM", "VASEP"):
        _speaker(slug, second, code, now)
    chair = AppointmentDetails(role=AppointmentRole.CHAIR, organization="MOFA-VN-DLFA")
    appointments.appoint(actor=SYSTEM, slug=slug, command=chair, now=now)
    return first, second


def _speaker(slug: str, session: str, code: str, now: datetime) -> None:
    place = AppointmentDetails(role=AppointmentRole.SPEAKER, session=session, organization=code)
    appointments.appoint(actor=SYSTEM, slug=slug, command=place, now=now)


def _invite(slug: str, day: date, now: datetime) -> None:
    embassies = [f"EMB-{country}-HAN" for country in _EMBASSIES]
    chosen = [found.public_id for code in embassies if (found := directory.find_by_code(code))]
    for group, many in (("foreign_associations", _ASSOCIATIONS), ("missions_abroad", _MISSIONS)):
        chosen += [member.public_id for member in directory.list_members(group, on=day)[:many]]
    command = Invite(
        organizations=tuple(chosen),
        groups=("localities",),
        letter_number="128/GM-CNV",
        letter_date=now.date(),
    )
    invite.invite(actor=SYSTEM, slug=slug, command=command, now=now)


def _leave_drafts(slug: str, day: date, now: datetime) -> None:
    """Invite two more whose letters are not written yet."""
    more = directory.list_members("business_associations", on=day)[:2]
    command = Invite(organizations=tuple(member.public_id for member in more))
    invite.invite(actor=SYSTEM, slug=slug, command=command, now=now)


def _answer(slug: str, first: str, second: str, now: datetime) -> None:
    """Let two of three institutions answer; the first of every kind stays silent, for who tries the demo."""
    for number, invitation in enumerate(_sent(slug)):
        if invitation.organization.code in LOST:
            continue  # its mail comes back
        match number % 6:
            case 1 | 3:
                _accept(invitation, number, first, second, now)
            case 2:
                _say(slug, invitation, Answer.TENTATIVE, now, note="Đang xin ý kiến lãnh đạo.")
            case 4 if number % 4 == 0:
                _say(slug, invitation, Answer.DECLINED, now, note="Trùng lịch công tác.")


def _sent(slug: str) -> Sequence["Invitation"]:
    return invitations.list_sent(events.get(slug, SYSTEM))


def _say(slug: str, invitation: "Invitation", given: Answer, now: datetime, *, note: str) -> None:
    """Record an answer by letter for every other one, the rest came by the link."""
    command = AnswerCommand(answer=given, note=note, answered_by="Văn phòng")
    if invitation.position % 2:
        by_letter = RecordCommand(
            command, AnswerSource.LETTER, now.date(), f"{200 + invitation.position}/UBND-NV"
        )
        answers.record(actor=SYSTEM, slug=slug, invitation=invitation.public_id, command=by_letter, now=now)
    else:
        answers.answer(invitation=invitation.public_id, command=command, now=now)


def _accept(invitation: "Invitation", number: int, first: str, second: str, now: datetime) -> None:
    organization = invitation.organization
    by_link = Actor("institution", in_language(organization.names, "vi"))
    for place, invented in enumerate(people.of(organization.kind, organization.country, number)):
        command = RegisterDelegate(
            person=PersonDetails(
                full_name=invented.full_name,
                native_name=invented.native_name,
                form_of_address=invented.form_of_address,
                ranks={invitation.language: invented.rank} if invented.rank else {},
                posts={invitation.language: invented.post},
                country=organization.country,
                timezone=organization.timezone,
                language=invitation.language,
                email=f"daibieu{place + 1}.{organization.code.lower()}@demo.example",
            ),
            role=invented.role,
            sessions=tuple(_wanted(place, first, second)),
            request_key=f"demo-{place}",
        )
        register.register_delegate(actor=by_link, invitation=invitation, command=command, now=now)


def _wanted(place: int, first: str, second: str) -> Iterator[str]:
    yield first
    if place < 2:
        yield second


def _register_alone(slug: str, second: str, now: datetime) -> None:
    command = RegisterAlone(
        person=PersonDetails(
            full_name="Đỗ Thị Ánh Tuyết",
            form_of_address="bà",
            posts={"vi": "Nhà nghiên cứu độc lập"},
            organization_name="Câu lạc bộ Doanh nghiệp trẻ (hư cấu)",
            country="VN",
            email="anhtuyet@demo.example",
        ),
        sessions=(second,),
        request_key="demo-alone",
        consented=True,
    )
    open_registration.register_alone(slug=slug, command=command, now=now)
